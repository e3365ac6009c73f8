const EVENTS = [
  "SessionStart",
  "UserPromptSubmit",
  "PreToolUse",
  "PostToolUse",
  "PostToolUseFailure",
  "PostToolBatch",
  "PermissionRequest",
  "Notification",
  "Stop",
  "StopFailure",
  "SubagentStart",
  "SubagentStop",
  "PreCompact",
  "PostCompact",
  "TaskCreated",
  "TaskCompleted",
  "SessionEnd",
] as const;

/** The port that programs take the server to be on unless they are told. */
const USUAL_PORT = "3847";

/** Plays the recorded sessions into the server at `port`. */
export function demoCommand(port: string): string {
  return `agent-tracer ${demoArguments(port)}`;
}

/** The same for those who have the source and no installed binary. */
export function demoFromSource(port: string): string {
  return `cargo run --release -- ${demoArguments(port)}`;
}

function demoArguments(port: string): string {
  return port === USUAL_PORT ? "demo" : `demo --port ${port}`;
}

/** What an agent runs to report to the server at `port`. */
function hookCommand(port: string): string {
  const hook = "agent-tracer hook claude-code";
  return port === USUAL_PORT ? hook : `MONITOR_PORT=${port} ${hook}`;
}

/** What goes into `~/.claude/settings.json`, one line an event. */
export function hooksSnippet(port: string): string {
  const hook = {
    matcher: "",
    hooks: [{ type: "command", command: hookCommand(port), timeout: 5 }],
  };
  const lines = EVENTS.map((event) => `    "${event}": [${JSON.stringify(hook)}]`);
  return `{\n  "hooks": {\n${lines.join(",\n")}\n  }\n}`;
}
