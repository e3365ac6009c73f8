// An agent's session that nobody recorded: calls with the inputs and answers that a test needs.

const FOLDER = "/home/dev/project";

/** A session that calls tools one after the other, as Claude Code would report it. */
export class MadeUp {
  #server;
  #made = 0;
  #prompt = "";
  id;

  constructor(server, id) {
    this.#server = server;
    this.id = id;
  }

  start() {
    return this.send("SessionStart", { source: "startup" });
  }

  prompt(text) {
    this.#made += 1;
    this.#prompt = `${this.id}-prompt-${this.#made}`;
    return this.send("UserPromptSubmit", { prompt: text });
  }

  answer(text) {
    return this.send("Stop", { last_assistant_message: text, stop_hook_active: false });
  }

  /** A whole call; `response` is what the tool gave back. */
  async call(tool, input, response) {
    const id = await this.begin(tool, input);
    await this.send("PostToolUse", {
      ...of(tool, input, id),
      tool_response: response,
      duration_ms: 42,
    });
    return id;
  }

  async begin(tool, input) {
    this.#made += 1;
    const id = `toolu_${this.id}_${this.#made}`;
    await this.send("PreToolUse", of(tool, input, id));
    return id;
  }

  fail(tool, input, id, error) {
    return this.send("PostToolUseFailure", { ...of(tool, input, id), error, is_interrupt: false });
  }

  send(event, fields) {
    // Straight to the server: no hook process could hand over megabytes in the time it has.
    return this.#server.post("/hooks/claude-code", {
      session_id: this.id,
      cwd: FOLDER,
      permission_mode: "default",
      hook_event_name: event,
      prompt_id: this.#prompt,
      ...fields,
    });
  }
}

function of(tool, input, id) {
  return { tool_name: tool, tool_input: input, tool_use_id: id };
}

/** What a terminal prints that loves colours: some of everything, and a progress bar. */
export const COLOURFUL = [
  "\u001b[1m==> Running tests\u001b[0m",
  "\u001b[2mplatform linux -- Python 3.12.3\u001b[22m",
  ...[10, 45, 80].map((part) => `collecting ${part}%\r`),
  "collecting \u001b[32m100%\u001b[0m\n",
  "test_greet.py::\u001b[36mtest_shout\u001b[0m \u001b[32mPASSED\u001b[0m",
  "test_greet.py::\u001b[36mtest_name\u001b[0m \u001b[1;31mFAILED\u001b[0m",
  "\u001b[38;5;208mwarning\u001b[0m: \u001b[4mgreet.py\u001b[24m uses \u001b[7m print \u001b[27m",
  "\u001b[38;2;120;80;220mtrue colour\u001b[0m and \u001b[41;97m on red \u001b[0m",
  "\u001b]0;a title that is no text\u0007\u001b[?25hdone",
]
  .join("\n")
  .replaceAll("\r\n", "\r");
