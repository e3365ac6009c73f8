import { detailsOf } from "../event/details";
import { millis } from "../format/time";
import type { Event, Task } from "../wire.gen";

/** What a call tells only once it has ended. */
const OF_THE_END = ["output", "error", "exitCode", "diff", "durationMs", "endedBy", "failed"];

/**
 * These events as they stood at a moment: none that came later, and calls that were under way then
 * still run. Where nobody told when a call ended, it is shown as it ended.
 */
export function asOf(events: readonly Event[], moment: number): Event[] {
  const past = events.filter((event) => detailsOf(event).at <= moment);
  return past.map((event) => {
    const { at, durationMs, toolStatus } = detailsOf(event);
    const open = durationMs !== undefined && toolStatus !== undefined && at + durationMs > moment;
    return open ? asRunning(event) : event;
  });
}

const running = new WeakMap<Event, Event>();

/** The same object each time, so that a row which shows it has no reason to render. */
function asRunning(event: Event): Event {
  const known = running.get(event);
  if (known !== undefined) return known;
  const kept = Object.entries(event.metadata).filter(([name]) => !OF_THE_END.includes(name));
  const metadata = { ...Object.fromEntries(kept), toolStatus: "running" };
  const made = { ...event, metadata };
  running.set(event, made);
  return made;
}

/** These subagents as they stood at a moment: those that had begun, and what ended later still runs. */
export function agentsAsOf(children: readonly Task[], moment: number): Task[] {
  return children
    .filter(({ createdAt }) => millis(createdAt) <= moment)
    .map((child) => {
      if (millis(child.lastActivityAt) <= moment) return child;
      const { activity: _later, ...kept } = child;
      return { ...kept, status: "running" };
    });
}

/** Whether rows from `first` on tell everything of a moment. */
export function covers(events: readonly Event[], earlier: boolean, moment: number): boolean {
  if (!earlier) return true;
  const first = events[0];
  return first !== undefined && detailsOf(first).at <= moment;
}
