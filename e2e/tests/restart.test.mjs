// The server dies and comes back; the page keeps what it had and misses nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isOutage } from "../lib/browser.mjs";
import { feed } from "../lib/hooks.mjs";
import { onStage, skip, useBrowser } from "../lib/stage.mjs";

useBrowser();

const BEFORE = "Make a version of greet that shouts the greeting";
const AFTER = "Please run the linter on greet.py";

test("after a kill the page keeps its data, says so, and catches up", { skip }, () =>
  onStage(
    async ({ server, screen }) => {
      await screen.open();
      await feed(server, "first-edit");
      const before = await server.taskOf(BEFORE);
      const held = await server.timelineOf(before);
      await screen.openTask(before);
      await screen.seesAll(held);

      await server.kill();
      await screen.connection("Reconnecting", "Offline");
      await screen.seesAll(held);
      await screen.task(before).waitFor();

      await server.start();
      await feed(server, "tool-failures");
      await screen.connection("Live");
      const after = await server.taskOf(AFTER);
      await screen.openTask(after);
      const missed = await server.timelineOf(after, 6);
      await screen.seesAll(missed);

      await screen.openTask(before);
      const kept = await server.timelineOf(before, held.length);
      const lost = held.filter((event) => !kept.some(({ id }) => id === event.id));
      assert.deepEqual(lost, [], "the kill lost events");
      await screen.seesAll(kept);
      await screen.assertNeverReloaded();
    },
    { excuses: isOutage },
  ),
);

test("what happens while the page has no server is there when it has one again", { skip }, () =>
  onStage(
    async ({ server, screen }) => {
      await feed(server, "first-edit");
      const task = await server.taskOf(BEFORE);
      await screen.open(`/tasks/${task.id}`);
      await server.kill();
      await screen.connection("Reconnecting", "Offline");
      await server.start();
      // Posted before the page can know that the server is back.
      await server.post("/api/save-context", { taskId: task.id, title: "Said in between" });
      const timeline = await server.timelineOf(task);
      await screen.seesAll(timeline);
      await screen.connection("Live");
      await screen.assertNeverReloaded();
    },
    { excuses: isOutage },
  ),
);
