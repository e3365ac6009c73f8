import { type RefObject, useLayoutEffect, useRef } from "react";

/** Keeps what is in view where it is when rows are put in front: all rows have the same height. */
export function useKeptPlace(
  scroller: RefObject<HTMLElement | null>,
  keys: readonly string[],
  rowPx: number,
): void {
  const first = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    // Row 0 may be the button that loads earlier rows: it stays in front of them all.
    const key = keys[0] === "earlier" ? keys[1] : keys[0];
    const moved =
      first.current === undefined ? 0 : keys.indexOf(first.current) - keys.indexOf(key ?? "");
    if (moved > 0 && scroller.current !== null) scroller.current.scrollTop += moved * rowPx;
    first.current = key;
  }, [keys, rowPx, scroller]);
}
