import { type RefObject, useCallback, useLayoutEffect, useRef } from "react";

/** As many rows from the top of the view are remembered: one of them will still be there. */
const REMEMBERED = 60;

/**
 * Keeps what is in view where it is when rows come, go or fold in front of it: all rows have the
 * same height. To be told of each scrolling; while the end is followed the place is the end's.
 */
export function useKeptPlace(
  scroller: RefObject<HTMLElement | null>,
  keys: readonly string[],
  { rowPx, following }: { rowPx: number; following: boolean },
): () => void {
  const place = useRef<{ keys: readonly string[]; offset: number }>({ keys: [], offset: 0 });
  const remember = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const first = Math.floor(element.scrollTop / rowPx);
    // The row that loads earlier ones stays in front of them: it is no place to hold on to.
    const shown = keys.slice(first, first + REMEMBERED).map((key) => (isEdge(key) ? "" : key));
    place.current = { keys: shown, offset: element.scrollTop - first * rowPx };
  }, [scroller, keys, rowPx]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element !== null && !following) {
      const { keys: shown, offset } = place.current;
      const index = shown.findIndex((key) => key !== "" && keys.includes(key));
      const at = index < 0 ? -1 : keys.indexOf(shown[index] as string);
      const top = (at - index) * rowPx + offset;
      if (at >= 0 && Math.abs(top - element.scrollTop) >= 1) element.scrollTop = top;
    }
    remember();
  }, [scroller, keys, rowPx, following, remember]);
  return remember;
}

function isEdge(key: string): boolean {
  return key.startsWith("earlier");
}
