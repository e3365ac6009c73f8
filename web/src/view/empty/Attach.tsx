import { useApp } from "../../app/context";
import { IconButton } from "../common/IconButton";
import { demoCommand, demoFromSource, hooksSnippet } from "./hooks";

/** The server answers and holds no tasks: how to get the first one onto the screen. */
export function NothingYet() {
  return (
    <main className="page attach">
      <h1>Nothing recorded yet</h1>
      <p className="lead">
        The server is running and waits for its first agent. This page fills by itself when one
        reports.
      </p>
      <HowTo />
    </main>
  );
}

/** The same, to be found again once something is recorded. */
export function AttachPage() {
  return (
    <main className="page attach">
      <h1>Attach an agent</h1>
      <p className="lead">
        An agent that is attached reports to this server, and its tasks appear in the list.
      </p>
      <HowTo />
    </main>
  );
}

function HowTo() {
  const { port } = window.location;
  return (
    <>
      <section>
        <h2>See a recorded session</h2>
        <p>Run this in a terminal to play back a recorded session of Claude Code:</p>
        <Snippet text={demoCommand(port)} what="command" />
        <p className="muted">
          Without an installed binary, <code>{demoFromSource(port)}</code> in the source folder does
          the same.
        </p>
      </section>
      <section>
        <h2>Attach Claude Code</h2>
        <p>
          With <code>agent-tracer</code> on your path, add these hooks to{" "}
          <code>~/.claude/settings.json</code>. If the file already has a <code>"hooks"</code> part,
          merge the events into it. Agent sessions that start after the change pick it up; those
          already running may not.
        </p>
        <Snippet text={hooksSnippet(port)} what="hooks" />
      </section>
    </>
  );
}

function Snippet({ text, what }: { text: string; what: string }) {
  const { actions } = useApp();
  return (
    <div className="snippet">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it */}
      <pre tabIndex={0}>{text}</pre>
      <IconButton
        icon="copy"
        label={`Copy the ${what}`}
        onClick={() => void actions.copy(text, what)}
      />
    </div>
  );
}
