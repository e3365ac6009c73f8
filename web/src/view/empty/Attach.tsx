import { useApp } from "../../app/context";
import { IconButton } from "../common/IconButton";
import { ATTACH_COMMANDS, demoCommand, demoFromSource } from "./commands";
import { History } from "./History";

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
      <History />
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
        <h2>Attach your agents</h2>
        <p>
          Claude Code, Codex CLI, Gemini CLI, OpenCode and GitHub Copilot CLI are attached by hooks
          in their settings. The first command shows what it would write and asks; the second proves
          that what they report arrives here.
        </p>
        <Snippet text={ATTACH_COMMANDS} what="commands" />
        <p className="muted">
          Sessions that start afterwards appear; those already running may not. Codex asks you in
          its terminal whether you trust the hooks, and runs none before.
        </p>
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
