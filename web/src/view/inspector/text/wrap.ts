import { useSyncExternalStore } from "react";
import { Store } from "../../../store/store";

const KEY = "agent-tracer.wrap";

/** Whether long lines are broken: one choice for every text, kept for the next visit. */
const wrap = new Store<boolean>(stored(), queueMicrotask);

export function useWrap(): [boolean, () => void] {
  const on = useSyncExternalStore(wrap.subscribe, wrap.get);
  return [on, toggle];
}

function toggle(): void {
  wrap.change((on) => !on);
  try {
    localStorage.setItem(KEY, String(wrap.get()));
  } catch {
    // A browser that keeps nothing forgets the choice with the page.
  }
}

function stored(): boolean {
  try {
    return localStorage.getItem(KEY) !== "false";
  } catch {
    return true;
  }
}
