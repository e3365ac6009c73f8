import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/**
 * Gives the focus back to a row that was moved while it had it: a browser forgets it then. Each row
 * names itself with `data-key`.
 */
export function useKeptFocus(around: RefObject<HTMLElement | null>): void {
  const key = useRef<string | null>(null);
  useEffect(() => {
    const element = around.current;
    const onFocus = ({ target }: Event) => {
      key.current = keyOf(target);
    };
    // A row that is taken out loses it to nothing; a person takes it somewhere else.
    const onBlur = ({ relatedTarget, target }: FocusEvent) => {
      if (relatedTarget !== null || (target as Element).isConnected) key.current = null;
    };
    element?.addEventListener("focusin", onFocus);
    element?.addEventListener("focusout", onBlur);
    return () => {
      element?.removeEventListener("focusin", onFocus);
      element?.removeEventListener("focusout", onBlur);
    };
  }, [around]);
  useLayoutEffect(() => {
    if (key.current === null || document.activeElement !== document.body) return;
    const row = around.current?.querySelector(`[data-key="${CSS.escape(key.current)}"]`);
    const target = row?.matches("a") ? row : row?.querySelector("a");
    if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  });
}

function keyOf(target: EventTarget | null): string | null {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-key]") : null;
  return row?.dataset.key ?? null;
}
