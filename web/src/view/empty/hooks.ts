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

const HOOK = {
  matcher: "",
  hooks: [{ type: "command", command: "agent-tracer hook claude-code", timeout: 5 }],
};

/** What goes into `~/.claude/settings.json`, one line an event. */
export function hooksSnippet(): string {
  const lines = EVENTS.map((event) => `    "${event}": [${JSON.stringify(HOOK)}]`);
  return `{\n  "hooks": {\n${lines.join(",\n")}\n  }\n}`;
}
