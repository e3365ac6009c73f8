import { useEffect, useMemo, useRef, useState } from "react";
import { useMonitor } from "../../app/context";
import { EMPTY_TABLE, rowsOf, type Table } from "../../store/identity";
import type { Event, TaskId } from "../../wire.gen";

/** What looks through all rows does so at most this often, however fast they come. */
const EVERY_MS = 1_000;

/** The loaded events of a task, in order; new ones may show up to a second later. */
export function useLoadedEvents(taskId: TaskId): readonly Event[] {
  const table = useMonitor((state) => state.details.get(taskId)?.events) ?? EMPTY_TABLE;
  const calm = useCalm(table, taskId);
  return useMemo(() => rowsOf(calm), [calm]);
}

/** A value that changes often, as of a moment ago; that of another task at once. */
function useCalm(value: Table<Event>, taskId: TaskId): Table<Event> {
  const [held, setHeld] = useState({ value, taskId });
  const newest = useRef(value);
  useEffect(() => {
    newest.current = value;
  });
  const isOther = held.taskId !== taskId || held.value.order.length === 0;
  const isOld = isOther || held.value !== value;
  // Not `value`: a timer that began anew with each change would never end.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `held` begins the next wait
  useEffect(() => {
    if (!isOld) return;
    const wait = isOther ? 0 : EVERY_MS;
    const timer = setTimeout(() => setHeld({ value: newest.current, taskId }), wait);
    return () => clearTimeout(timer);
  }, [isOld, isOther, taskId, held]);
  return isOther ? value : held.value;
}
