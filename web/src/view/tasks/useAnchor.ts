import { type RefObject, useLayoutEffect, useRef } from "react";
import { type ListItem, topOf } from "../../attention/items";

/** Keeps the line under the pointer, or with the keyboard's focus, where it is on the screen. */
export function useAnchor(
  scroller: RefObject<HTMLElement | null>,
  items: readonly ListItem[],
  held: boolean,
): void {
  const before = useRef(items);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = items;
    const element = scroller.current;
    if (!held || old === items || element === null) return;
    const line = element.querySelector<HTMLElement>("li:hover, li:focus-within")?.dataset.key;
    const [from, to] = [topOf(old, line ?? ""), topOf(items, line ?? "")];
    if (from !== null && to !== null && from !== to) element.scrollTop += to - from;
  }, [scroller, items, held]);
}
