// What a person does: the palette, renaming, statuses, bookmarks with notes, deleting with undo.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { feed } from "../lib/hooks.mjs";
import { onStage, skip, useBrowser } from "../lib/stage.mjs";
import { until } from "../lib/until.mjs";

useBrowser();

async function edited(server, screen) {
  await feed(server, "first-edit");
  const task = await server.taskOf("Make a version of greet");
  await screen.open(`/tasks/${task.id}`);
  await screen.timeline.getByRole("treeitem").first().waitFor();
  return task;
}

const heading = (page, name) => page.getByRole("heading", { level: 1, name });
const palette = (page) => page.getByRole("combobox", { name: "Command or task" });

test("the palette finds commands and tasks", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await feed(server, "tool-failures");
    await edited(server, screen);
    await page.keyboard.press("Control+k");
    await palette(page).fill("linter");
    await page.getByRole("option", { name: /run the linter/ }).waitFor();
    await page.keyboard.press("Enter");
    await heading(page, /run the linter/).waitFor();
    await page.keyboard.press("Control+k");
    await palette(page).fill("bookm go");
    await page.keyboard.press("Enter");
    await heading(page, "Bookmarks").waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys and lanes" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await page.keyboard.press("o");
    await heading(page, "Overview").waitFor();
  }),
);

test("a task is renamed and its status set, by keys and by mouse", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    const task = await edited(server, screen);
    await page.keyboard.press("r");
    await page.getByRole("textbox", { name: "Title of the task" }).fill("Louder greetings");
    await page.keyboard.press("Enter");
    await heading(page, "Louder greetings").waitFor();
    await page.getByRole("button", { name: "More to do with this task" }).click();
    await page.getByRole("menuitemradio", { name: "Status: errored" }).click();
    await until(async () => {
      const { task: stored } = await server.get(`/api/tasks/${task.id}`);
      assert.deepEqual([stored.title, stored.status], ["Louder greetings", "errored"]);
    });
    await screen.assertOnlyPatched();
  }),
);

test("a bookmark takes a note, and comes back when its removal is undone", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await edited(server, screen);
    await page.keyboard.press("s");
    await page.getByRole("button", { name: "Add a note" }).click();
    await page.getByRole("textbox", { name: "Note" }).fill("Show this one");
    await page.keyboard.press("Control+Enter");
    // Until it is closed the keys are the dialog's.
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("g");
    await page.keyboard.press("b");
    await heading(page, "Bookmarks").waitFor();
    await page.getByRole("main").getByText("Show this one").waitFor();
    await page.getByRole("button", { name: "Remove this bookmark" }).click();
    await page.getByText("No bookmarks yet").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Show this one").waitFor();
    await screen.assertOnlyPatched();
  }),
);

test("a deleted task comes back with everything when it is undone", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    const task = await edited(server, screen);
    const before = await server.timelineOf(task);
    await page.getByRole("button", { name: "More to do with this task" }).click();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await until(async () => assert.equal((await server.get("/api/tasks")).tasks.length, 0));
    await page.getByRole("button", { name: "Undo" }).click();
    await heading(page, /Make a version of greet/).waitFor();
    await screen.seesAll(before);
    assert.deepEqual(await server.timelineOf(task), before);
  }),
);

test("a clean-up shows what it deletes, and can be undone", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await feed(server, "explore-subagent");
    await edited(server, screen);
    await page.keyboard.press("Control+k");
    await palette(page).fill("clean");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Clean up" });
    await dialog.getByText("Where is the greeting text built?").waitFor();
    await dialog.getByRole("button", { name: "Older than a week" }).click();
    await dialog.getByText("No finished task fits.").waitFor();
    await dialog.getByRole("button", { name: "All finished" }).click();
    await dialog.getByRole("button", { name: "Delete 3 tasks" }).click();
    await page.getByText("3 tasks deleted.").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await until(async () => assert.equal((await server.get("/api/tasks")).tasks.length, 3));
    await screen.assertOnlyPatched();
  }),
);

test("a task is exported as the server has it", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    const task = await edited(server, screen);
    const started = page.waitForEvent("download");
    await page.keyboard.press("e");
    const download = await started;
    const { timeline } = JSON.parse(await readFile(await download.path(), "utf8"));
    assert.deepEqual(timeline, await server.timelineOf(task));
  }),
);
