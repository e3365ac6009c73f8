import { useEffect, useMemo, useState } from "react";
import { messageOf } from "../../api/errors";
import { useApp, useMonitor } from "../../app/context";
import { detailsOf } from "../../event/details";
import { type Standing, standings } from "../../event/standing";
import { rowsOf } from "../../store/identity";
import type { MonitorState } from "../../store/state";
import type { Event, EventId, TaskId } from "../../wire.gen";
import type { Inspected } from "./inspected";

/** The event in the address: its row at once, more of its texts when they arrive. */
export function useInspectedEvent(taskId: TaskId, eventId: EventId) {
  const { monitor } = useApp();
  const row = useMonitor((state) => heldRow(state, taskId, eventId)) ?? null;
  const whole = useMonitor((state) => state.wholes.get(eventId)) ?? null;
  const [failure, setFailure] = useState<string | null>(null);
  const wanted = row === null ? whole === null : detailsOf(row).cut && whole?.row !== row;
  useEffect(() => {
    setFailure(null);
    if (wanted) monitor.loadWhole(eventId, row).catch((error) => setFailure(messageOf(error)));
  }, [monitor, eventId, row, wanted]);
  const current = row === null || whole?.row === row;
  const event = current ? (whole?.event ?? row) : row;
  const reading = wanted && failure === null;
  const inspected = useMemo<Inspected | null>(
    () => event && { event, reading, readAll: () => monitor.loadWhole(eventId, row, true) },
    [event, reading, monitor, eventId, row],
  );
  return { inspected, inTimeline: row !== null, failure };
}

/** The row of an event of the task on the page, or of a subagent that is open in it. */
function heldRow({ details }: MonitorState, taskId: TaskId, id: EventId): Event | undefined {
  const own = details.get(taskId)?.events.byId.get(id);
  if (own !== undefined) return own;
  for (const { events } of details.values()) {
    const row = events.byId.get(id);
    if (row !== undefined) return row;
  }
  return undefined;
}

/** What the event still waits for. Only a question or a running call can. */
export function useStanding(event: Event): Standing | undefined {
  const { toolStatus } = detailsOf(event);
  const isOpen =
    toolStatus === "running" ||
    (event.kind === "question.logged" && event.metadata.questionPhase === "asked");
  const events = useMonitor((state) => (isOpen ? state.details.get(event.taskId)?.events : null));
  const open = useMemo(() => events && standings(rowsOf(events)), [events]);
  return open?.get(event.id);
}
