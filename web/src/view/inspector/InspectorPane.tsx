import { useEffect, useMemo, useState } from "react";
import { messageOf } from "../../api/errors";
import { useApp, useMonitor } from "../../app/context";
import { notify } from "../../app/notices";
import { detailsOf } from "../../event/details";
import { type Standing, standings } from "../../event/standing";
import { useCommands } from "../../keys/useCommands";
import { bookmarkOf } from "../../store/bookmark";
import { rowsOf } from "../../store/identity";
import type { Event, EventId, TaskId } from "../../wire.gen";
import { IconButton } from "../common/IconButton";
import { Inspector } from "./Inspector";

interface Props {
  taskId: TaskId;
  eventId: EventId;
  workspace: string | undefined;
  onClose: () => void;
}

/** The inspector of the event in the address: its row at once, the whole of it when it arrives. */
export function InspectorPane({ taskId, eventId, workspace, onClose }: Props) {
  const { actions } = useApp();
  const { event, row, failure } = useWholeEvent(taskId, eventId);
  const bookmark = useMonitor((state) => bookmarkOf(state, taskId, eventId));
  const standing = useStanding(taskId, eventId);
  const toggle = () => void actions.toggleBookmark({ taskId, eventId }, bookmark);
  useCommands({ close: onClose, bookmark: toggle });
  if (event === null) return <NoEvent failure={failure} onClose={onClose} />;
  return (
    <Inspector
      // Another event begins at its top, with its texts cut and no title being edited.
      key={eventId}
      event={event}
      standing={standing}
      workspace={workspace}
      bookmarked={bookmark !== undefined}
      note={<Note taskId={taskId} event={event} inTimeline={row !== null} failure={failure} />}
      onBookmark={toggle}
      onCopyLink={() => void actions.copy(window.location.href, "link")}
      onRename={(title) => void actions.renameEvent(eventId, title)}
      onClose={onClose}
    />
  );
}

function useWholeEvent(taskId: TaskId, eventId: EventId) {
  const { monitor } = useApp();
  const row = useMonitor((state) => state.details.get(taskId)?.events.byId.get(eventId)) ?? null;
  const whole = useMonitor((state) => state.wholes.get(eventId)) ?? null;
  const [failure, setFailure] = useState<string | null>(null);
  const wanted = row === null ? whole === null : detailsOf(row).cut && whole?.row !== row;
  useEffect(() => {
    setFailure(null);
    if (wanted) monitor.loadWhole(eventId, row).catch((error) => setFailure(messageOf(error)));
  }, [monitor, eventId, row, wanted]);
  const current = row === null || whole?.row === row;
  return { row, event: current ? (whole?.event ?? row) : row, failure };
}

function useStanding(taskId: TaskId, eventId: EventId): Standing | undefined {
  const events = useMonitor((state) => state.details.get(taskId)?.events);
  const open = useMemo(() => (events ? standings(rowsOf(events)) : null), [events]);
  return open?.get(eventId);
}

interface NoteProps {
  taskId: TaskId;
  event: Event;
  inTimeline: boolean;
  failure: string | null;
}

function Note({ taskId, event, inTimeline, failure }: NoteProps) {
  if (failure !== null) return <p className="note tone-bad">{failure}</p>;
  if (detailsOf(event).cut) return <p className="note">Reading the whole event…</p>;
  if (inTimeline) return null;
  return (
    <div className="note">
      <p>This event is outside the loaded part of the timeline.</p>
      <ShowInTimeline taskId={taskId} event={event} />
    </div>
  );
}

/** Loads the timeline back to the event; the timeline itself then scrolls to what is selected. */
function ShowInTimeline({ taskId, event }: { taskId: TaskId; event: Event }) {
  const { monitor } = useApp();
  const hasEarlier = useMonitor((state) => state.details.get(taskId)?.before !== undefined);
  const [loading, setLoading] = useState(false);
  if (!hasEarlier || event.taskId !== taskId) return null;
  const load = async () => {
    setLoading(true);
    await monitor
      .loadBackTo(taskId, event.id)
      .catch((error) => notify(`Could not load earlier events: ${messageOf(error)}`, "bad"));
    setLoading(false);
  };
  return (
    <button type="button" className="button" disabled={loading} onClick={() => void load()}>
      {loading ? "Loading earlier events…" : "Show it in the timeline"}
    </button>
  );
}

function NoEvent({ failure, onClose }: { failure: string | null; onClose: () => void }) {
  return (
    <aside className="inspector" aria-label="Event">
      <div className="inspector-head">
        <div className="buttons">
          <span className="spacer" />
          <IconButton icon="close" label="Close (Esc)" onClick={onClose} />
        </div>
      </div>
      <p className="note" role="status">
        {failure ?? "Reading the event…"}
      </p>
    </aside>
  );
}
