import type { Event } from "../wire.gen";
import { fieldsOf, known, numberOf, textOf } from "./read";

/** Hook calls or events that were lost, told where they are missing. */
export interface Gap {
  readonly count?: number;
  readonly from?: string;
  readonly to?: string;
  readonly why: string;
}

const REASONS: Readonly<Record<string, string>> = {
  full: "Too many calls waited for the server already, as many as may wait.",
  unwritable: "They could not be written down: the disk was full, or the folder is not writable.",
  tooLarge: "Their payload was above 16 MiB.",
  torn: "They were written by half when their process was killed or the power went.",
};

const DROPPED = "The agent's plugin could not hand them over.";

export function gapOf({ metadata }: Event): Gap | null {
  const dropped = numberOf(metadata, "droppedEvents");
  if (dropped !== undefined) return { count: dropped, why: DROPPED };
  if (typeof metadata.gap !== "object" || metadata.gap === null) return null;
  const gap = fieldsOf(metadata.gap);
  const reason = textOf(gap, "reason");
  return known<Gap>({
    count: numberOf(gap, "count"),
    from: textOf(gap, "from"),
    to: textOf(gap, "to"),
    why: reason === undefined ? "Why is not known." : (REASONS[reason] ?? reason),
  });
}
