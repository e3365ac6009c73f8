import { useRef } from "react";

/** So near an edge the next page is asked for, before the reader gets there. */
const NEAR_PX = 400;

/**
 * Asks for more rows when the reader scrolls near an edge. `key` names that edge, so that a page
 * which cannot be read is not asked for again and again: its button stays.
 */
export function useEdge(key: string | undefined, load: () => void): (distance: number) => void {
  const asked = useRef<string | undefined>(undefined);
  return (distance) => {
    if (key === undefined || distance > NEAR_PX || asked.current === key) return;
    asked.current = key;
    load();
  };
}
