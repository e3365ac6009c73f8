// The page takes rows from the frames themselves, and reads nothing that it holds already.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isOutage } from "../lib/browser.mjs";
import { feed, hook, recorded } from "../lib/hooks.mjs";
import { onStage, skip, useBrowser } from "../lib/stage.mjs";
import { until } from "../lib/until.mjs";

useBrowser();

const FIRST = "Make a version of greet that shouts the greeting";
const SECOND = "Please run the linter on greet.py";

test("what an agent does appears without any reading again", { skip }, () =>
  onStage(async ({ server, screen }) => {
    await screen.open();
    const [start, prompt, ...rest] = await recorded("first-edit");
    await hook(server, start);
    await hook(server, prompt);
    const task = await server.taskOf(FIRST);
    await screen.openTask(task);
    for (const payload of rest) await hook(server, payload);
    await feed(server, "tool-failures");
    const other = await server.taskOf(SECOND);
    await screen.task(other).waitFor();
    await screen.seesAll(await server.timelineOf(task, 5));
    await screen.openTask(other);
    await screen.seesAll(await server.timelineOf(other, 6));
    await screen.openTask(task);
    await screen.assertOnlyPatched();
    const { counts, topics } = await screen.diagnostics();
    assert.ok(counts.rowsApplied > 0, "no row was applied");
    assert.deepEqual(
      topics.map(({ phase }) => phase),
      topics.map(() => "live"),
    );
  }),
);

test("the overview counts along", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await feed(server, "first-edit");
    await screen.open();
    await feed(server, "tool-failures");
    const { stats } = await server.get("/api/overview");
    const kept = page.getByRole("region", { name: "All tasks kept" });
    const events = kept.locator("dt", { hasText: /^Events$/ }).locator("+ dd");
    await until(async () => assert.equal(await events.innerText(), String(stats.totalEvents)));
    await screen.assertOnlyPatched();
  }),
);

test("after kill -9 and a restart the page catches up without reading again", { skip }, () =>
  onStage(
    async ({ server, screen }) => {
      await feed(server, "first-edit");
      const task = await server.taskOf(FIRST);
      await screen.open(`/tasks/${task.id}`);
      await screen.seesAll(await server.timelineOf(task, 5));
      await server.kill();
      await screen.connection("Reconnecting", "Offline");
      await server.start();
      // Posted before the page can know that the server is back.
      await server.post("/api/save-context", { taskId: task.id, title: "Said in between" });
      await feed(server, "tool-failures");
      await screen.connection("Live");
      await screen.seesAll(await server.timelineOf(task, 6));
      await screen.task(await server.taskOf(SECOND)).waitFor();
      await screen.assertOnlyPatched();
      await screen.assertNeverReloaded();
    },
    { excuses: isOutage },
  ),
);

test("a deleted task leaves the list and the screen", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await feed(server, "first-edit");
    const task = await server.taskOf(FIRST);
    await screen.open(`/tasks/${task.id}`);
    await screen.task(task).waitFor();
    await fetch(`${server.url}/api/tasks/${task.id}`, { method: "DELETE" });
    await page.getByRole("heading", { name: "This task is not here" }).waitFor();
    await screen.task(task).waitFor({ state: "detached" });
    await screen.assertOnlyPatched();
  }),
);

test("a rating is shown once the server has it", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await feed(server, "first-edit");
    const task = await server.taskOf(FIRST);
    await screen.open(`/tasks/${task.id}`);
    await page.getByRole("button", { name: "Good" }).click();
    await page.getByRole("button", { name: "Good", pressed: true }).waitFor();
    await screen.assertOnlyPatched();
  }),
);

test("the diagnostics are reached from the help", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await feed(server, "first-edit");
    await screen.open();
    await page.getByRole("button", { name: "Keys and lanes" }).click();
    await page.getByRole("link", { name: "Diagnostics" }).click();
    await page.waitForURL("**/diagnostics");
    await page.getByRole("heading", { name: "Diagnostics" }).waitFor();
    await page.getByRole("row", { name: /overview\s+Live/ }).waitFor();
  }),
);

test("?sync=reread keeps the page up by reading again", { skip }, () =>
  onStage(async ({ server, screen }) => {
    await screen.open("/?sync=reread");
    const [start, prompt, ...rest] = await recorded("first-edit");
    await hook(server, start);
    await hook(server, prompt);
    const task = await server.taskOf(FIRST);
    await screen.openTask(task);
    for (const payload of rest) await hook(server, payload);
    await screen.seesAll(await server.timelineOf(task, 5));
    const { strategy, counts } = await screen.diagnostics();
    assert.equal(strategy, "reread");
    assert.ok(counts.rereads > 0, "nothing was read again");
  }),
);
