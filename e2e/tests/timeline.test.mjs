// The timeline as a list: turns, groups, subagents, finding, following the end.

import assert from "node:assert/strict";
import { test } from "node:test";
import { feed } from "../lib/hooks.mjs";
import { MadeUp } from "../lib/madeUp.mjs";
import { onStage, skip, useBrowser } from "../lib/stage.mjs";
import { until } from "../lib/until.mjs";

useBrowser();

const rows = (screen) => screen.timeline.getByRole("treeitem");
const row = (screen, text) => rows(screen).filter({ hasText: text }).first();
const open = (locator) => locator.getAttribute("aria-expanded");

/** A turn with some reading, a command and an answer. */
async function turn(agent, { reads = 0, command = "make" } = {}) {
  for (let file = 0; file < reads; file += 1) {
    await agent.call("Read", { file_path: `/home/dev/project/file-${file}.md` }, "text");
  }
  await agent.call("Bash", { command }, { stdout: "all well", stderr: "" });
}

async function task(server, screen, act) {
  const agent = new MadeUp(server, "made-up");
  await agent.start();
  await agent.prompt("Look around first");
  await act(agent);
  const made = await server.taskOf("Look around first");
  await screen.open(`/tasks/${made.id}`);
  return { agent, made };
}

test("a turn folds with its prompt, and small steps are one row", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await task(server, screen, async (agent) => {
      await turn(agent, { reads: 5, command: "make first" });
      await agent.prompt("And now the rest");
      await turn(agent, { command: "make second" });
    });
    const group = row(screen, "5 reads");
    await group.waitFor();
    assert.equal(await open(group), "false");
    await group.getByRole("button", { name: /^Open/ }).click();
    await row(screen, "file-0.md").waitFor();
    const prompt = row(screen, "Look around first");
    await prompt.click();
    await page.keyboard.press("Escape");
    await page.keyboard.press("ArrowLeft");
    // With nothing chosen the arrow has nothing to close: the prompt is chosen first.
    await prompt.click();
    await page.keyboard.press("ArrowLeft");
    await until(async () => assert.equal(await open(prompt), "false"));
    assert.equal(await row(screen, "make first").count(), 0);
    await row(screen, "make second").waitFor();
    await page.keyboard.press("ArrowRight");
    await row(screen, "make first").waitFor();
    await screen.assertOnlyPatched();
  }),
);

test("a subagent's own timeline opens under the call that started it", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await feed(server, "explore-subagent");
    const parent = await server.taskOf("Where is the greeting text built?");
    await screen.open(`/tasks/${parent.id}`);
    const subagent = row(screen, "Subagent");
    await subagent.getByRole("button", { name: /^Open/ }).click();
    const inner = row(screen, "Search for the greeting");
    await inner.waitFor();
    assert.equal(await inner.getAttribute("aria-level"), "2");
    await subagent.getByRole("link", { name: "Open" }).click();
    await page.getByRole("heading", { level: 1, name: /Explore/ }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: /Where is the greeting/ }).waitFor();
  }),
);

test("a text is found wherever it is, and gone to from hit to hit", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await task(server, screen, async (agent) => {
      await turn(agent, { reads: 5, command: "make pudding" });
      await turn(agent, { command: "eat pudding" });
    });
    await row(screen, "eat pudding").waitFor();
    await page.keyboard.press("Control+f");
    const field = page.getByRole("textbox", { name: "Find in this timeline" });
    await field.fill("file-3");
    await page.getByText("1 of 1").waitFor();
    // The hit is inside a group that was closed.
    await row(screen, "file-3.md").waitFor();
    await field.fill("pudding");
    await page.getByText("2 of 2").waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("1 of 2").waitFor();
    assert.equal(await row(screen, "make pudding").getAttribute("data-found"), "true");
    assert.match(page.url(), /find=pudding/);
    await page.keyboard.press("Control+Enter");
    await screen.inspector.getByText("make pudding").first().waitFor();
    await field.focus();
    await page.keyboard.press("Escape");
    assert.equal(await field.count(), 0);
  }),
);

test("the end is followed until one scrolls up, and a button says how many are new", { skip }, () =>
  onStage(
    async ({ server, screen, page }) => {
      const { agent } = await task(server, screen, async (made) => {
        for (let at = 0; at < 40; at += 1) await turn(made, { command: `step ${at}` });
      });
      await row(screen, "step 39").waitFor();
      await turn(agent, { command: "step 40" });
      await row(screen, "step 40").waitFor();
      await screen.timeline.hover();
      await page.mouse.wheel(0, -600);
      const jump = page.getByRole("button", { name: /Jump to latest/ });
      await jump.waitFor();
      const before = await screen.shownEvents();
      await turn(agent, { command: "step 41" });
      await turn(agent, { command: "step 42" });
      await page.getByRole("button", { name: "Jump to latest (2 new)" }).waitFor();
      assert.deepEqual(await screen.shownEvents(), before);
      await page.keyboard.press("End");
      await row(screen, "step 42").waitFor();
      await until(async () => assert.equal(await jump.count(), 0));
    },
    { page: { viewport: { width: 1200, height: 600 } } },
  ),
);
