import type { Attention } from "./attention";
import type { Listing } from "./listing";
import { rowsIn, type Section } from "./sections";

/** A column of the board, and which tasks stand in it. */
const COLUMNS: readonly (readonly [string, string, readonly Attention[]])[] = [
  ["needs", "Needs you", ["permission", "person", "failed"]],
  ["working", "Working", ["working"]],
  ["silent", "Silent", ["silent"]],
  ["done", "Done", ["done"]],
];

/** More cards than this in a column are for the list to show. */
const CARDS_MAX = 60;

export function columnsOf({ groups, counts, asking }: Listing): readonly Section[] {
  return COLUMNS.map(([key, title, members]) => ({
    key,
    title,
    rows: members
      .flatMap((attention) => rowsIn(attention, groups[attention], asking))
      .slice(0, CARDS_MAX),
    count: members.reduce((sum, attention) => sum + counts[attention], 0),
  }));
}

/** What the list has to show to hold all of a column. */
export function statesOf(key: string): string {
  return (
    { needs: "permission,person,interrupted,failed", working: "working,background" }[key] ?? key
  );
}
