import { describe, expect, test } from "vitest";
import { RECORDED, recordedEvent } from "../testing/recorded";
import { anEvent, aTask } from "../testing/samples";
import type { Event } from "../wire.gen";
import { namedTasks } from "./delegation";
import { type Subject, subjectOf } from "./subject";

/** What an event is about, which must be of that kind. */
function about<K extends Subject["kind"]>(event: Event, kind: K): Extract<Subject, { kind: K }> {
  const subject = subjectOf(event);
  expect(subject.kind).toBe(kind);
  return subject as Extract<Subject, { kind: K }>;
}

test("every recorded event of every agent is shown as what it is", () => {
  const kinds = [...RECORDED].map(([name, event]) => `${name} -> ${subjectOf(event).kind}`);
  expect(kinds).toMatchSnapshot();
});

describe("a terminal", () => {
  test("shows what a command printed, failed or not", () => {
    const failed = about(recordedEvent("claude-code: Run the linter"), "terminal");
    expect(failed).toMatchObject({
      command: "python3 -m nolint greet.py",
      printed: { text: "/usr/bin/python3: No module named nolint", field: "error" },
    });
    expect(failed.error).toBeUndefined();
    expect(about(recordedEvent("opencode: Run it"), "terminal").printed).toEqual({
      text: "/usr/bin/python3: No module named nolint\n",
      field: "output",
    });
  });

  test("an error that is no output stays an error", () => {
    const metadata = { filePaths: [], command: "sleep 9", output: "(none)", error: "timed out" };
    const event = anEvent({ kind: "terminal.command", metadata });
    expect(about(event, "terminal")).toMatchObject({ error: "timed out" });
  });
});

describe("a change", () => {
  test.each([
    ["claude-code: Edit greet.py", "/home/dev/project/greet.py"],
    ["gemini-cli: Edit greet.py", "/home/dev/project/greet.py"],
    ["opencode: Edit greet.py", "/home/dev/project/greet.py"],
    ["copilot-cli: Edit greet.py", "/home/dev/project/greet.py"],
  ])("%s names its whole path", (name, path) => {
    const change = about(recordedEvent(name), "change");
    expect(change.told).toBe(true);
    expect(change.files.map((file) => file.after)).toEqual([path]);
    expect(change.files[0]).toMatchObject({ added: 1, removed: 1 });
  });

  test("of several files has each of them", () => {
    const patch = about(recordedEvent("codex: Patch greet.py and 1 more file"), "change");
    expect(patch.files.map(({ before, after }) => [before, after])).toEqual([
      ["/home/dev/project/greet.py", "/home/dev/project/greet.py"],
      [null, "/home/dev/project/CHANGES.md"],
    ]);
  });

  test("that was refused shows what was asked for, and says so", () => {
    const edit = about(recordedEvent("claude-code: Edit greet.py 2"), "change");
    expect(edit).toMatchObject({ told: false });
    expect(edit.files[0]).toMatchObject({
      added: 1,
      removed: 1,
      after: "/home/dev/project/greet.py",
    });
    const write = about(recordedEvent("claude-code: Write test_greet.py"), "change");
    expect(write.written).toMatchObject({
      path: "/home/dev/project/test_greet.py",
      field: "toolInput.content",
    });
  });
});

describe("a reading", () => {
  test.each([
    "claude-code: Read greet.py",
    "gemini-cli: Read greet.py",
    "copilot-cli: Read greet.py",
  ])("%s", (name) => {
    expect(about(recordedEvent(name), "reading")).toMatchObject({
      path: "/home/dev/project/greet.py",
      text: "def greet(name):\n    return 'Hello ' + name\n",
      first: 1,
    });
  });

  test("without the tags and numbers that OpenCode puts around it", () => {
    expect(about(recordedEvent("opencode: Read greet.py"), "reading")).toEqual({
      kind: "reading",
      path: "/home/dev/project/greet.py",
      text: "def greet(name):\n    return 'Hello ' + name",
      first: 1,
      remark: "(End of file - total 2 lines)",
    });
  });

  test("begins at the line that the agent asked for", () => {
    const some = about(recordedEvent("claude-code: Read greet.py 2"), "reading");
    expect(some).toMatchObject({ first: 40, total: 88 });
  });

  test("a file whose own lines begin with numbers is left as it is", () => {
    const read = (output: string) =>
      about(
        anEvent({ metadata: { filePaths: ["/a"], subtypeKey: "read_file", output } }),
        "reading",
      );
    expect(read("1: one\nfree text")).toMatchObject({ text: "1: one\nfree text", first: 1 });
    expect(read("3: a\n9: b")).toMatchObject({ text: "3: a\n9: b" });
    expect(read("    7→a\n    8→b")).toMatchObject({ text: "a\nb", first: 7 });
  });
});

test("the web: what was looked up, and the answer", () => {
  expect(
    about(recordedEvent('claude-code: Search the web for "python upper case"'), "web"),
  ).toMatchObject({
    query: "python upper case",
  });
  expect(
    about(recordedEvent("claude-code: Fetch https://docs.python.org/3/"), "web"),
  ).toMatchObject({
    url: "https://docs.python.org/3/",
    prompt: "What does upper do?",
  });
});

describe("questions", () => {
  test("with options say what was chosen", () => {
    const { asks, open } = about(
      recordedEvent("claude-code: How loud should it be? (and 1 more)"),
      "question",
    );
    expect(open).toBe(false);
    expect(asks[0]?.options.map(({ label, chosen }) => [label, chosen])).toEqual([
      ["Upper case", true],
      ["Exclamation marks", false],
    ]);
    expect(asks[1]).toMatchObject({ text: "Also in tests?", answer: "Yes" });
  });

  test("without an input are their own text", () => {
    const metadata = { filePaths: [], questionPhase: "asked" };
    const event = anEvent({ kind: "question.logged", title: "Which one?", metadata });
    expect(about(event, "question")).toEqual({
      kind: "question",
      asks: [{ text: "Which one?", options: [] }],
      open: true,
    });
  });
});

test("a permission says what became of it, and whether that is a guess", () => {
  const names = [...RECORDED.keys()].filter((name) => name.includes("Permission to"));
  const [granted, guessed] = names.map((name) => about(recordedEvent(name), "permission"));
  expect(granted).toMatchObject({
    tool: "Bash",
    command: "echo '- first note' > notes.md",
    answer: "granted",
    guess: false,
    open: false,
  });
  expect(guessed).toMatchObject({
    tool: "Write",
    about: ["/home/dev/project/notes2.md"],
    answer: "not granted",
    guess: true,
    because: "a new prompt came",
  });
});

test("a permission for an edit shows the edit", () => {
  const toolInput = { file_path: "/w/a.py", old_string: "one", new_string: "two" };
  const metadata = { filePaths: [], questionId: "permission:x", toolName: "Edit", toolInput };
  const { files } = about(anEvent({ kind: "question.logged", metadata }), "permission");
  expect(files).toMatchObject([{ after: "/w/a.py", added: 1, removed: 1 }]);
});

describe("to-dos", () => {
  test.each([
    "claude-code: 2 to-dos, 0 done",
    "gemini-cli: 2 to-dos, 0 done",
    "opencode: 2 to-dos, 0 done",
  ])("%s", (name) => {
    expect(about(recordedEvent(name), "todos").list).toEqual([
      { text: "Edit greet.py", state: "doing" },
      { text: "Run the tests", state: "open" },
    ]);
  });

  test("one at a time, and a look at all", () => {
    const name = "claude-code: Rename greet to hello";
    expect(about(recordedEvent(name), "todos").item).toMatchObject({ id: "1", state: "open" });
    expect(about(recordedEvent("claude-code: Look at the to-dos"), "todos").list).toHaveLength(2);
  });

  test("written as text", () => {
    const toolInput = { todos: "# Plan\n- [x] one\n- [ ] two" };
    const event = anEvent({ kind: "todo.logged", metadata: { filePaths: [], toolInput } });
    expect(about(event, "todos").list).toEqual([
      { text: "one", state: "done" },
      { text: "two", state: "open" },
    ]);
  });
});

test("a delegation finds its subagent's task by the id that the agent told", () => {
  const event = recordedEvent("claude-code: Find the greeting text");
  const child = aTask({ id: "child", backgroundTaskId: "a5b8eeb76afef3aaf" });
  const other = aTask({ id: "other", backgroundTaskId: "b000" });
  expect(namedTasks(event, [other, child])).toEqual([child]);
  expect(about(event, "delegation")).toMatchObject({ agent: "Explore" });
  const done = recordedEvent('claude-code: Agent "Find the greeting text" finished');
  expect(about(done, "delegation")).toMatchObject({
    status: "completed",
    result: { text: "greet.py:2 returns 'Hello ' + name." },
  });
});

test("a gap says how much is missing and why", () => {
  const gap = (metadata: Record<string, unknown>) =>
    about(anEvent({ metadata: { filePaths: [], ...metadata } }), "gap");
  expect(gap({ gap: { count: 3, reason: "torn", from: "x" } })).toMatchObject({
    count: 3,
    from: "x",
  });
  expect(gap({ gap: { reason: "eaten" } }).why).toBe("eaten");
  expect(gap({ droppedEvents: 2 }).why).toContain("plugin");
});

test("whatever the metadata holds, there is a view", () => {
  const strange: unknown[] = [null, 1, "x", [], [null], {}, { question: 7 }, { todos: [[]] }];
  const keys = ["toolInput", "toolResponse", "output", "diff", "gap", "filePaths", "subtypeKey"];
  const kinds = ["tool.used", "question.logged", "todo.logged", "terminal.command"] as const;
  const subtypes = ["read_file", "grep_code", "glob_files", "web_fetch", "modify_file", undefined];
  for (const kind of kinds) {
    for (const subtypeKey of subtypes) {
      for (const value of strange) {
        const odd = Object.fromEntries(keys.map((key) => [key, value]));
        const metadata = {
          ...odd,
          ...(subtypeKey ? { subtypeKey, subtypeGroup: "file_ops" } : {}),
        };
        expect(subjectOf(anEvent({ kind, metadata })).kind).toBeTruthy();
      }
    }
  }
});
