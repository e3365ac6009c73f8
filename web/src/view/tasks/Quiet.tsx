import { useClock } from "../../app/ticker";
import { age } from "../../format/duration";
import { millis } from "../../format/time";
import type { Task } from "../../wire.gen";

/** The server's own measure of a running task that has gone quiet. */
const STALE_MS = 30 * 60_000;

/** Of an agent without hooks nobody says that it is silent; the page can tell how long it is. */
export function Quiet({ task }: { task: Task }) {
  const quiet = useClock((now) => {
    const silence = now - millis(task.lastActivityAt);
    return silence >= STALE_MS ? age(silence) : "";
  });
  if (task.status !== "running" || task.activity !== undefined || quiet === "") return null;
  return <span className="quiet-note">quiet {quiet}</span>;
}
