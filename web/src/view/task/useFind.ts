import { useMemo, useState } from "react";
import { useCommands } from "../../keys/useCommands";
import { findIn, nextHit } from "../../timeline/find";
import type { Event, EventId } from "../../wire.gen";
import { usePlace } from "../place";

export interface Find {
  /** What is looked for; null while the box is closed. */
  readonly query: string | null;
  readonly hits: readonly EventId[];
  /** The hit that is looked at. */
  readonly found: EventId | null;
  readonly ask: (query: string | null) => void;
  readonly go: (by: 1 | -1) => void;
}

/** Looks for a text in the loaded events: a list that shows only what is in view defeats the browser's own search. */
export function useFind(events: readonly Event[]): Find {
  const { get, set } = usePlace();
  const query = get("find");
  const [open, setOpen] = useState(query !== null);
  const [at, setAt] = useState<EventId | null>(null);
  const hits = useMemo(() => findIn(events, query ?? ""), [events, query]);
  const found = at !== null && hits.includes(at) ? at : (hits.at(-1) ?? null);
  const ask = (next: string | null) => {
    setOpen(next !== null);
    setAt(null);
    set({ find: next }, { replace: true });
  };
  useCommands({ find: () => setOpen(true), ...(open ? { close: () => ask(null) } : {}) });
  return {
    query: open ? (query ?? "") : null,
    hits,
    found: open ? found : null,
    ask,
    go: (by) => setAt(nextHit(hits, found, by)),
  };
}
