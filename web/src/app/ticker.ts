import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

/** One clock for all ages on the page. It stands still while nobody listens. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

function tick(): void {
  if (document.hidden) return;
  for (const listener of [...listeners]) listener();
}

/** A text or flag that depends on the time: renders again only when it turns into another one. */
export function useClock<T extends string | number | boolean>(at: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => at(Date.now()));
}
