import { useEffect, useRef, useState } from "react";

/** As often as the server tells figures. */
const FIGURES_MS = 250;

/**
 * A value that follows another at most once in so many milliseconds, and ends as it is. For what
 * nobody reads at the pace of a busy agent: counts, and a picture of the whole.
 */
export function usePaced<T>(value: T, everyMs = FIGURES_MS): T {
  const [shown, setShown] = useState(value);
  const newest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    newest.current = value;
    if (Object.is(value, shown) || timer.current !== null) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      setShown(newest.current);
    }, everyMs);
  }, [value, shown, everyMs]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  return shown;
}
