import { plainLine } from "../../format/plain";

/** Nothing could be read yet. Once anything was, it stays on the screen instead. */
export function Unreachable({ failure }: { failure: string }) {
  return (
    <main className="message">
      <h1>Could not reach the server</h1>
      <p>{plainLine(failure)}</p>
      <p className="muted">
        This page tries again by itself. Check that the server at {window.location.host} is running.
      </p>
    </main>
  );
}
