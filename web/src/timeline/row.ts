import type { Event, EventId, Task } from "../wire.gen";

/** What a collapsed stretch of a timeline comes to. */
export interface Sum {
  /** Rows that it holds. */
  readonly rows: number;
  readonly calls: number;
  readonly failed: number;
  readonly running: boolean;
  /** From its first moment to its last. */
  readonly ms: number;
}

/** A prompt begins a turn, which lasts until the next one and can be folded away. */
export interface Turn {
  readonly open: boolean;
  readonly sum: Sum;
}

interface Placed {
  /** Names the row among all others, and stays the same while it is the same row. */
  readonly key: string;
  /** How many subagents deep. */
  readonly depth: number;
}

export interface EventRow extends Placed {
  readonly kind: "event";
  readonly event: Event;
  /** Files that it changed by itself: events of their own, told in its row. */
  readonly changed: number;
  readonly turn: Turn | null;
}

/** Many small steps of the same sort in one row. */
export interface GroupRow extends Placed {
  readonly kind: "group";
  readonly open: boolean;
  readonly label: string;
  readonly first: Event;
  readonly last: Event;
  readonly sum: Sum;
}

/** A subagent, whose own timeline opens under it. */
export interface SubagentRow extends Placed {
  readonly kind: "subagent";
  readonly open: boolean;
  readonly task: Task;
  /** Its events are on their way. */
  readonly loading: boolean;
}

/** A row of the timeline: every row has the same height. */
export type Row =
  | EventRow
  | GroupRow
  | SubagentRow
  | (Placed & { readonly kind: "earlier" })
  | (Placed & { readonly kind: "day"; readonly label: string });

/** What opens and closes, by the row's key: only what a person chose. */
export type Folds = ReadonlyMap<string, boolean>;

/** The key of the row of an event. */
export const eventKey = (id: EventId): string => id;

export const groupKey = (first: Event): string => `group ${first.id}`;
export const subagentKey = (task: Task): string => `task ${task.id}`;

/** Whether a row can be opened and closed. */
export function isFoldable(row: Row): boolean {
  if (row.kind === "event") return row.turn !== null;
  return row.kind === "group" || row.kind === "subagent";
}

export function isOpen(row: Row): boolean {
  if (row.kind === "event") return row.turn?.open ?? false;
  return (row.kind === "group" || row.kind === "subagent") && row.open;
}
