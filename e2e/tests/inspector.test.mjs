// A person reads what an agent did: by mouse and by keys, in whatever form it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { COLOURFUL, MadeUp } from "../lib/madeUp.mjs";
import { play, RECORDINGS } from "../lib/recordings.mjs";
import { onStage, skip, useBrowser } from "../lib/stage.mjs";
import { until } from "../lib/until.mjs";

useBrowser();

const PATH = "/home/dev/project/greet.py";

/** A session with one call, its event open in the inspector. */
async function withCall({ server, screen }, tool, input, response) {
  const session = new MadeUp(server, "made-up");
  await session.start();
  await session.prompt("Make the greeting louder");
  await session.call(tool, input, response);
  const task = await server.taskOf("Make the greeting louder");
  const timeline = await server.timelineOf(task, 3);
  const event = timeline.find(({ metadata }) => metadata.toolName === tool);
  await screen.open(`/tasks/${task.id}?event=${event.id}`);
  return { session, task, event };
}

async function clipboard(page) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  return { read: () => page.evaluate(() => navigator.clipboard.readText()) };
}

test(
  "a terminal shows its colours, its last line of progress, and is copied by keys",
  { skip },
  () =>
    onStage(async (stage) => {
      const { page, screen } = stage;
      const command = "pytest -q \\\n  --color=yes";
      const response = { stdout: COLOURFUL, stderr: "", interrupted: false };
      await withCall(stage, "Bash", { command, description: "Run the tests" }, response);
      const output = screen.inspector.getByRole("group", { name: "Output" });
      const failed = output.getByText("FAILED", { exact: true });
      await failed.waitFor();
      const look = (name) =>
        failed.evaluate((element, name) => getComputedStyle(element)[name], name);
      assert.equal(await look("fontWeight"), "700");
      const usual = await output.evaluate((element) => getComputedStyle(element).color);
      assert.notEqual(await look("color"), usual);
      const text = await output.innerText();
      assert.match(text, /^collecting 100%$/m);
      for (const gone of ["45%", "\u001b", "a title that is no text"])
        assert.ok(!text.includes(gone), gone);
      const copied = await clipboard(page);
      await screen.inspector.getByRole("button", { name: "Copy the command" }).focus();
      await page.keyboard.press("Enter");
      await until(async () => assert.equal(await copied.read(), command));
    }),
);

test(
  "a diff folds what did not change, marks the words that did, and breaks lines or not",
  { skip },
  () =>
    onStage(async (stage) => {
      const { page, screen } = stage;
      const same = (text) => ` ${text}`;
      const lines = [
        ...Array.from({ length: 20 }, (_, i) => same(`before ${i}`)),
        "-    print(greet('Ann'))",
        "+    print(greet('Ben'))",
        same("return 0"),
      ];
      const hunk = { oldStart: 10, oldLines: 22, newStart: 10, newLines: 22, lines };
      const input = { file_path: PATH, old_string: "Ann", new_string: "Ben" };
      const response = { filePath: PATH, structuredPatch: [hunk] };
      await withCall(stage, "Edit", input, response);
      const diff = screen.inspector.getByRole("group", { name: `Changes of ${PATH}` });
      await diff.getByText("Ben", { exact: true }).waitFor();
      assert.deepEqual(await diff.locator("mark").allInnerTexts(), ["Ann", "Ben"]);
      assert.equal(await diff.getByText("before 3", { exact: true }).count(), 0);
      await diff.getByRole("button", { name: "17 unchanged lines" }).focus();
      await page.keyboard.press("Enter");
      await diff.getByText("before 3", { exact: true }).waitFor();
      const wraps = () => diff.getAttribute("data-wrap");
      assert.equal(await wraps(), "true");
      await screen.inspector.getByRole("button", { name: "Break long lines" }).click();
      await until(async () => assert.equal(await wraps(), "false"));
    }),
);

test("a file is shown with the numbers that its lines have, and in colours", { skip }, () =>
  onStage(async (stage) => {
    const { screen } = stage;
    const content = "def greet(name):\n    return 'Hello ' + name\n";
    const file = { filePath: PATH, content, startLine: 40, numLines: 2, totalLines: 88 };
    await withCall(stage, "Read", { file_path: PATH, offset: 40 }, { type: "text", file });
    const code = screen.inspector.getByRole("group", { name: "file" });
    await code.locator('[data-token="keyword"]', { hasText: "def" }).waitFor();
    const numbers = code.locator("[data-no]");
    assert.deepEqual(await numbers.evaluateAll((lines) => lines.map((line) => line.dataset.no)), [
      "40",
      "41",
    ]);
    await screen.inspector.getByText("lines 40–41 of 88").waitFor();
  }),
);

test("a search is shown by file, with what was looked for marked", { skip }, () =>
  onStage(async (stage) => {
    const { screen } = stage;
    const content = "greet.py:2:    return 'Hello ' + name\ntest_greet.py:7: 'Hello Ann')";
    const input = { pattern: "Hello", output_mode: "content", "-n": true };
    await withCall(stage, "Grep", input, { mode: "content", filenames: [], content });
    await screen.inspector.getByText("2 lines in 2 files").waitFor();
    assert.deepEqual(await screen.inspector.locator("mark").allInnerTexts(), ["Hello", "Hello"]);
  }),
);

test("questions, to-dos and a permission say how they stand", { skip }, () =>
  onStage(async (stage) => {
    const { server, page, screen } = stage;
    const options = [{ label: "Upper case", description: "HELLO" }, { label: "Two marks" }];
    const questions = [{ question: "How loud?", header: "Volume", options }];
    const answers = { "How loud?": "Upper case" };
    const { session, task } = await withCall(
      stage,
      "AskUserQuestion",
      { questions },
      { questions, answers },
    );
    const chosen = screen.inspector.getByRole("listitem").filter({ hasText: "Chosen:" });
    assert.match(await chosen.innerText(), /Upper case/);
    const todos = (status) => ({ todos: [{ content: "Run the tests", status, activeForm: "x" }] });
    await session.call("TodoWrite", todos("pending"), {});
    await session.call("TodoWrite", todos("completed"), {});
    const clean = { command: "rm -rf build" };
    await session.begin("Bash", clean);
    await session.send("PermissionRequest", { tool_name: "Bash", tool_input: clean });
    const timeline = await server.timelineOf(task, 7);
    const select = (event) => page.locator(`[id="event-${event.id}"]`).click();
    await select(timeline.findLast(({ kind }) => kind === "todo.logged"));
    await screen.inspector.getByText("was open").waitFor();
    await select(timeline.at(-1));
    await screen.inspector.getByText(/waits for an answer/).waitFor();
    await screen.inspector.getByRole("link", { name: /Asked for/ }).click();
    await screen.inspector.getByText("Waits for permission").waitFor();
  }),
);

test("megabytes of output are shown in part, and all of it when asked for", { skip }, () =>
  onStage(async (stage) => {
    const { server, page, screen } = stage;
    const line = (number) => `\u001b[2m${number}\u001b[0m building module_${number}.o`;
    const stdout = Array.from({ length: 120_000 }, (_, i) => line(i)).join("\n");
    assert.ok(stdout.length > 3_000_000);
    const { event } = await withCall(stage, "Bash", { command: "make" }, { stdout, stderr: "" });
    const output = screen.inspector.getByRole("group", { name: "Output" });
    await output.getByText("building module_0.o").waitFor();
    const elements = () => page.evaluate(() => document.getElementsByTagName("*").length);
    assert.ok((await elements()) < 6_000, `${await elements()} elements`);
    const all = screen.inspector.getByRole("link", { name: "Open all as text" });
    assert.equal(await all.getAttribute("href"), `/api/events/${event.id}/text?field=output`);
    assert.equal(await output.getByText("building module_500.o").count(), 0);
    const more = screen.inspector.getByRole("button", { name: /Show more|Read all of it/ });
    await more.click();
    await output.getByText("building module_500.o").waitFor();
    const whole = await server.get(`/api/events/${event.id}`);
    assert.equal(whole.event.metadata.output.length, stdout.length);
    const copied = await clipboard(page);
    await screen.inspector.getByRole("button", { name: "Copy the output" }).click();
    await until(async () => assert.equal((await copied.read()).length, stdout.length));
  }),
);

test("hostile output stays text, whatever view it is in", { skip }, () =>
  onStage(async (stage) => {
    const { page, screen } = stage;
    const hostile =
      "# <img src=x onerror=window.__pwned=1>\n[x](javascript:window.__pwned=1)\u202e";
    const input = { url: "javascript:window.__pwned=1", prompt: hostile };
    await withCall(stage, "WebFetch", input, { result: hostile });
    await screen.inspector.getByRole("heading", { name: "<img src=x" }).waitFor();
    await screen.inspector.getByText("javascript:window.__pwned=1", { exact: true }).click();
    const found = await page.evaluate(() => ({
      pwned: window.__pwned,
      images: document.querySelectorAll('img[src="x"]').length,
      links: [...document.links].filter(({ protocol }) => !/^https?:$/.test(protocol)).length,
      turned: document.querySelector(".inspector").innerText.includes("\u202e"),
    }));
    assert.deepEqual(found, { pwned: undefined, images: 0, links: 0, turned: false });
  }),
);

test("the facts of a task: by key, to a file's newest event, and back", { skip }, () =>
  onStage(async (stage) => {
    const { server, page, screen } = stage;
    await play(server, "codex", "first-edit");
    const task = await server.taskOf("Make a version of greet");
    await screen.open(`/tasks/${task.id}`);
    await screen.event((await server.timelineOf(task))[0]).waitFor();
    await page.keyboard.press("i");
    await page.waitForURL("**pane=task");
    const facts = screen.inspector;
    for (const name of ["Files", "What it did", "Tools", "Tokens and cost", "Health of the trace"])
      await facts.getByRole("heading", { name, exact: true }).waitFor();
    await facts.getByText(/^codex resume [\w-]+$/).waitFor();
    await facts.getByText("Commands of which no exit code is told").waitFor();
    await facts.getByRole("button", { name: /^Changed/ }).click();
    await facts.getByRole("link", { name: /greet\.py/ }).focus();
    await page.keyboard.press("Enter");
    await facts.getByRole("heading", { name: "Changes", exact: true }).waitFor();
    await page.keyboard.press("i");
    await facts.getByRole("heading", { name: "Files", exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await facts.waitFor({ state: "detached" });
    assert.equal(new URL(page.url()).search, "");
  }),
);

test("what an event was made of is there when it is opened", { skip }, () =>
  onStage(async (stage) => {
    const { page, screen } = stage;
    await withCall(stage, "Bash", { command: "ls" }, { stdout: "greet.py", stderr: "" });
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await screen.inspector.getByText("What the hook sent").click();
    await screen.inspector.getByText("PostToolUse", { exact: true }).first().waitFor();
    assert.equal(asked.filter((path) => path.endsWith("/raw")).length, 1);
    await screen.inspector.getByText("Raw event").click();
    const copied = await clipboard(page);
    await screen.inspector.getByRole("button", { name: "Copy the path event.kind" }).focus();
    await page.keyboard.press("Enter");
    await until(async () => assert.equal(await copied.read(), "event.kind"));
  }),
);

test("the pane grows by keys and by the mouse, and stays so", { skip }, () =>
  onStage(async (stage) => {
    const { page, screen } = stage;
    await withCall(stage, "Bash", { command: "ls" }, { stdout: "greet.py", stderr: "" });
    const width = async () => (await screen.inspector.boundingBox()).width;
    const edge = screen.inspector.getByRole("separator", { name: "Width of the pane" });
    const before = await width();
    await edge.focus();
    await page.keyboard.press("ArrowLeft");
    await until(async () => assert.equal(await width(), before + 32));
    const { x, y, height } = await edge.boundingBox();
    await page.mouse.move(x + 4, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x - 96, y + height / 2);
    await page.mouse.up();
    await until(async () => assert.equal(await width(), before + 132));
    await page.reload();
    await screen.inspector.waitFor();
    assert.equal(await width(), before + 132);
  }),
);

for (const [agent, name] of RECORDINGS) {
  test(`every event of ${agent} has a view`, { skip }, () =>
    onStage(async ({ server, screen }) => {
      await play(server, agent, name);
      const { tasks } = await server.get("/api/tasks");
      const timeline = await server.timelineOf(tasks[0], 3);
      const title = screen.inspector.getByRole("heading", { level: 2 });
      for (const event of timeline) {
        await screen.open(`/tasks/${tasks[0].id}?event=${event.id}`);
        await title.filter({ hasText: event.title.split("\n")[0].slice(0, 20).trim() }).waitFor();
        await screen.inspector.getByRole("heading", { name: "Details" }).waitFor();
      }
    }),
  );
}
