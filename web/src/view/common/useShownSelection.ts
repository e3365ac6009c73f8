import { useEffect, useRef } from "react";

/**
 * Scrolls to a newly selected row once it is there: rows that move afterwards leave the reader alone.
 * `at` is where the row is, or -1 while it is not among the rows.
 */
export function useShownSelection(
  at: number,
  selected: string | null,
  show: (index: number, align: "auto" | "center") => void,
): void {
  const shown = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    if (shown.current === selected || (selected !== null && at < 0)) return;
    // The first one came with the address: nobody has seen where it is yet.
    const align = shown.current === undefined ? "center" : "auto";
    shown.current = selected;
    if (selected !== null) show(at, align);
  });
}
