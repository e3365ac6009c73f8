import { attentionOf, stateSince } from "../attention/attention";
import { millis } from "../format/time";
import { rowsOf } from "../store/identity";
import type { TaskList } from "../store/state";

/** What ended today, of the tasks that are held. */
export interface DoneToday {
  readonly count: number;
  /** Older rows were not read, and some of them may be of today too. */
  readonly partial: boolean;
}

export function doneToday(tasks: TaskList, now: number): DoneToday {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const isToday = (at: string) => millis(at) >= midnight;
  const done = rowsOf(tasks).filter(
    (task) => attentionOf(task, now) === "done" && isToday(stateSince(task)),
  );
  // The list is in the order of activity: what is not read did nothing since its end.
  const partial = tasks.before !== undefined && isToday(tasks.edge?.lastActivityAt ?? "");
  return { count: done.length, partial };
}
