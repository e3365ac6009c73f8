import type { OverviewStats } from "../wire.gen";
import { ATTENTIONS, type Attention } from "./attention";
import type { Groups } from "./sections";

export type Counts = Readonly<Record<Attention, number>>;

const NONE: Counts = { permission: 0, person: 0, failed: 0, working: 0, silent: 0, done: 0 };

/**
 * How many tasks there are of each kind. Every open task is held, so these are counted by hand and
 * change in the same moment as the rows do; of what is done only the server knows how many.
 * `readAtMost` is how many tasks of a status are read at once: beyond that its figures help out.
 */
export function countsOf(
  groups: Groups,
  stats: OverviewStats | undefined,
  readAtMost: number,
): Counts {
  const counts = lengths(groups);
  if (stats === undefined) return counts;
  const { open, finished } = byStatus(groups);
  const done = stats.completedTasks + stats.erroredTasks + open.done - finished;
  // The figures come a little later than the rows, so they may speak only where rows are missing.
  const unread = (all: number, held: number) => (held >= readAtMost ? Math.max(0, all - held) : 0);
  return {
    ...counts,
    done: Math.max(counts.done, done),
    working: counts.working + unread(stats.runningTasks, open.running),
    person: counts.person + unread(stats.waitingTasks, open.waiting),
  };
}

/** The same for what fits a filter: of that the server says how many there are in all. */
export function countsWithin(groups: Groups, total: number | undefined): Counts {
  const counts = lengths(groups);
  const others = ATTENTIONS.reduce((sum, one) => sum + (one === "done" ? 0 : counts[one]), 0);
  return { ...counts, done: Math.max(counts.done, (total ?? 0) - others) };
}

export function totalOf(counts: Counts): number {
  return ATTENTIONS.reduce((sum, one) => sum + counts[one], 0);
}

function lengths(groups: Groups): Counts {
  const counts = { ...NONE } as Record<Attention, number>;
  for (const attention of ATTENTIONS) counts[attention] = groups[attention].length;
  return counts;
}

/** The held tasks by status: open ones (those shown as done apart), and finished ones shown as more. */
function byStatus(groups: Groups) {
  const open = { running: 0, waiting: 0, done: 0 };
  let finished = 0;
  for (const attention of ATTENTIONS) {
    for (const { status } of groups[attention]) {
      if (status === "running" || status === "waiting") {
        open[status] += 1;
        if (attention === "done") open.done += 1;
      } else if (attention !== "done") finished += 1;
    }
  }
  return { open, finished };
}
