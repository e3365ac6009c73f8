import { plainLine } from "../../format/plain";
import type { Failure } from "../../store/state";

/** Nothing could be read yet. Once anything was, it stays on the screen instead. */
export function Unreachable({ failure }: { failure: Failure }) {
  return (
    <main className="message">
      <h1>{failure.reached ? "The server could not answer" : "Could not reach the server"}</h1>
      <p>{plainLine(failure.message)}</p>
      <p className="muted">
        This page tries again by itself.
        {!failure.reached && ` Check that the server at ${window.location.host} is running.`}
      </p>
    </main>
  );
}
