import { useRef } from "react";

/** Runs what is asked for unless it is running already: scrolling asks many times. */
export function useOnce(run: () => Promise<unknown>): () => void {
  const running = useRef(false);
  return () => {
    if (running.current) return;
    running.current = true;
    void run().finally(() => {
      running.current = false;
    });
  };
}
