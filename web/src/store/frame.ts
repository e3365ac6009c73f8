export type Schedule = (run: () => void) => void;

/** A hidden tab paints no frames, but its title still counts running tasks. */
const HIDDEN_TAB_MS = 1_000;

/** Runs at the next animation frame, or after a second where no frames are painted. */
export const nextFrame: Schedule = (run) => {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    cancelAnimationFrame(frame);
    clearTimeout(timeout);
    run();
  };
  const frame = requestAnimationFrame(once);
  const timeout = setTimeout(once, HIDDEN_TAB_MS);
};
