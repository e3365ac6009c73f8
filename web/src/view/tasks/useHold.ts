import { type FocusEvent, useEffect, useMemo, useRef, useState } from "react";

/** So long after the last move of a hand the list may be put in order again. */
const HOLD_MS = 4_000;

/**
 * Whether somebody points at something, or moves through it by keyboard. A pointer that lies still
 * points at nothing: who comes to need a person must not stay far down for as long as it lies there.
 */
export function useHold() {
  const [held, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const watch = useMemo(() => {
    const release = () => {
      clearTimeout(timer.current);
      setHeld(false);
    };
    const hold = () => {
      clearTimeout(timer.current);
      timer.current = setTimeout(release, HOLD_MS);
      setHeld(true);
    };
    const onFocus = ({ target }: FocusEvent) => {
      if (target.matches(":focus-visible")) hold();
    };
    const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!currentTarget.contains(relatedTarget as Node | null)) release();
    };
    return {
      onPointerMove: hold,
      onPointerDown: hold,
      onPointerLeave: release,
      onKeyDown: hold,
      onFocus,
      onBlur,
    };
  }, []);
  return { held, watch };
}
