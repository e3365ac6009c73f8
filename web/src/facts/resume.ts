import { fieldsOf, textOf } from "../subject/read";

/** How each agent takes up a session, by its own id. */
const COMMANDS: Readonly<Record<string, string>> = {
  "claude-code": "claude --resume",
  codex: "codex resume",
  "gemini-cli": "gemini --resume",
  opencode: "opencode --session",
  "copilot-cli": "copilot --resume",
};

/** The agent's own id of the session that a payload came from. */
export function agentSessionId(payload: unknown): string | undefined {
  const fields = fieldsOf(payload);
  const event = fieldsOf(fieldsOf(fields.event).properties);
  const places = [
    fields,
    fieldsOf(fields.input),
    event,
    fieldsOf(event.info),
    fieldsOf(event.part),
  ];
  return places
    .map((place) => textOf(place, "session_id", "sessionId", "sessionID"))
    .find((id) => id !== undefined);
}

/** The command that resumes a session; null where the agent has none, or the id is no plain word. */
export function resumeCommand(agent: string | undefined, sessionId: string): string | null {
  const command = COMMANDS[agent ?? ""];
  // It is pasted into a shell.
  if (command === undefined || !/^[\w][\w.-]{3,127}$/.test(sessionId)) return null;
  return `${command} ${sessionId}`;
}
