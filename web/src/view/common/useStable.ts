import { useCallback, useLayoutEffect, useRef } from "react";

/** A function that stays the same from one rendering to the next and does what the newest one does. */
export function useStable<A extends unknown[], R>(run: (...args: A) => R): (...args: A) => R {
  const newest = useRef(run);
  useLayoutEffect(() => {
    newest.current = run;
  });
  return useCallback((...args: A) => newest.current(...args), []);
}
