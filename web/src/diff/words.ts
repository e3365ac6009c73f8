import { diffWordsWithSpace } from "diff";

/** A piece of a changed line; what is marked is not in its other version. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

/** Two lines that share less than this are two lines, and marks would only be noise. */
const ALIKE = 0.3;
const LONGEST = 1_000;

/** What of a line is not in its other version; null where marks would say nothing. */
export function marked(line: string, other: string, side: "added" | "removed"): Piece[] | null {
  if (line.length > LONGEST || other.length > LONGEST) return null;
  const [before, after] = side === "removed" ? [line, other] : [other, line];
  const changes = diffWordsWithSpace(before, after);
  const shared = changes
    .filter(({ added, removed }) => !added && !removed)
    .reduce((sum, { value }) => sum + value.trim().length, 0);
  if (shared < ALIKE * Math.max(line.trim().length, other.trim().length)) return null;
  return changes
    .filter((change) => (side === "added" ? !change.removed : !change.added))
    .map(({ value, added, removed }) => ({ text: value, marked: added || removed }));
}
