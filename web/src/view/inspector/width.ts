import { useState } from "react";

const KEY = "agent-tracer.inspector";
export const NARROWEST = 320;
export const WIDEST = 960;
const USUAL = 440;

/** How wide the pane is, kept for the next visit. */
export function useWidth(): [number, (width: number) => void] {
  const [width, setWidth] = useState(stored);
  const set = (wanted: number) => {
    const next = Math.round(Math.min(WIDEST, Math.max(NARROWEST, wanted)));
    setWidth(next);
    try {
      localStorage.setItem(KEY, String(next));
    } catch {
      // A browser that keeps nothing forgets the width with the page.
    }
  };
  return [width, set];
}

function stored(): number {
  try {
    const width = Number(localStorage.getItem(KEY));
    return width >= NARROWEST && width <= WIDEST ? width : USUAL;
  } catch {
    return USUAL;
  }
}
