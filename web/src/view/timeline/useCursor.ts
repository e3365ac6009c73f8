import { useState } from "react";
import { useCommands } from "../../keys/useCommands";
import { isFoldable, isOpen, type Row } from "../../timeline/row";
import type { EventId } from "../../wire.gen";

interface Options {
  readonly rows: readonly Row[];
  readonly selected: EventId | null;
  readonly onSelect: (id: EventId | null) => void;
  readonly onFold: (key: string, open: boolean) => void;
}

/**
 * The row that keys act on: the selected event's, or a group or subagent, which are no events and so
 * are not in the address.
 */
export function useCursor({ rows, selected, onSelect, onFold }: Options) {
  const [resting, setResting] = useState<string | null>(null);
  const key = selected ?? resting;
  const at = key === null ? -1 : rows.findIndex((row) => row.key === key);

  const go = (row: Row | undefined) => {
    if (row === undefined) return;
    if (row.kind === "event") {
      setResting(null);
      onSelect(row.event.id);
    } else {
      setResting(row.key);
      if (selected !== null) onSelect(null);
    }
  };
  const row = rows[at];
  const fold = (open: boolean) => {
    if (row === undefined) return;
    if (isFoldable(row) && isOpen(row) !== open) onFold(row.key, open);
    else if (!open) go(parentOf(rows, at));
  };
  useCommands({
    "next-event": () => go(step(rows, at, 1)),
    "previous-event": () => go(step(rows, at, -1)),
    "next-prompt": () => go(step(rows, at, 1, isTurn)),
    "previous-prompt": () => go(step(rows, at, -1, isTurn)),
    open: () => fold(true),
    shut: () => fold(false),
    toggle: () => row !== undefined && isFoldable(row) && onFold(row.key, !isOpen(row)),
  });
  return { key, at, go };
}

const isStop = (row: Row): boolean => row.kind !== "day" && row.kind !== "earlier";
const isTurn = (row: Row): boolean => row.kind === "event" && row.event.kind === "user.message";

/** The nearest row that way; from nowhere, the last one. */
function step(rows: readonly Row[], at: number, by: 1 | -1, fits = isStop): Row | undefined {
  if (at < 0) return rows.findLast(fits);
  for (let index = at + by; index >= 0 && index < rows.length; index += by) {
    const row = rows[index];
    if (row !== undefined && fits(row)) return row;
  }
  return undefined;
}

/** What holds the row: its group, its subagent or its prompt. */
function parentOf(rows: readonly Row[], at: number): Row | undefined {
  const row = rows[at];
  if (row === undefined) return undefined;
  return rows
    .slice(0, at)
    .findLast((other) => isFoldable(other) && isOpen(other) && other.depth <= row.depth);
}
