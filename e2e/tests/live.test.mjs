// An agent works, and a person who has the page open sees it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { feed, hook, recorded } from "../lib/hooks.mjs";
import { onStage, skip, useBrowser } from "../lib/stage.mjs";
import { until } from "../lib/until.mjs";

useBrowser();

const PROMPT = "Make a version of greet that shouts the greeting";

test("an empty dashboard shows how to attach an agent", { skip }, () =>
  onStage(async ({ screen, page }) => {
    await screen.open();
    await page
      .getByText(/agent-tracer hooks? (install|claude-code)/)
      .first()
      .waitFor();
  }),
);

test("what an agent does appears without a reload", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await screen.open();
    const [start, prompt, ...rest] = await recorded("first-edit");
    await hook(server, start);
    await hook(server, prompt);
    const task = await server.taskOf(PROMPT);
    await screen.task(task).filter({ hasText: PROMPT }).waitFor();
    await screen.openTask(task);
    for (const payload of rest) await hook(server, payload);
    const timeline = await server.timelineOf(task, 5);
    await screen.seesAll(timeline);
    await screen.assertNeverReloaded();
    assert.equal(new URL(page.url()).pathname, `/tasks/${task.id}`);
  }),
);

test("an event opens in the inspector with its details", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await feed(server, "first-edit");
    const { task, event } = await toolCall(server, "Bash");
    await screen.open(`/tasks/${task.id}`);
    await screen.event(event).click();
    await page.waitForURL(`**/tasks/${task.id}?event=${event.id}`);
    await screen.inspector
      .getByText(/git diff --stat/)
      .first()
      .waitFor();
  }),
);

test("an address with an event opens that event", { skip }, () =>
  onStage(async ({ server, screen }) => {
    await feed(server, "first-edit");
    const { task, event } = await toolCall(server, "Bash");
    await screen.open(`/tasks/${task.id}?event=${event.id}`);
    await screen.inspector
      .getByText(/git diff --stat/)
      .first()
      .waitFor();
  }),
);

test("a bookmark is saved and jumped to", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await feed(server, "first-edit");
    const { task, event } = await toolCall(server, "Bash");
    await screen.open(`/tasks/${task.id}?event=${event.id}`);
    await screen.inspector
      .getByRole("button", { name: /bookmark/i })
      .first()
      .click();
    await page
      .getByText(/bookmark saved/i)
      .first()
      .waitFor();
    await page.getByRole("link", { name: "Bookmarks" }).first().click();
    await page.waitForURL("**/bookmarks");
    await page.locator(`main a[href*="event=${event.id}"]`).first().click();
    await page.waitForURL(`**/tasks/${task.id}?event=${event.id}`);
    await screen.inspector
      .getByText(/git diff --stat/)
      .first()
      .waitFor();
    const { bookmarks } = await server.get("/api/bookmarks");
    assert.deepEqual(
      bookmarks.map(({ eventId }) => eventId),
      [event.id],
    );
  }),
);

/** The recorded task and the one event of it that a tool made. */
async function toolCall(server, toolName) {
  const task = await server.taskOf(PROMPT);
  return until(async () => {
    const timeline = await server.timelineOf(task);
    const names = ({ metadata }) => [metadata.toolName, metadata.sourceTool];
    const event = timeline.find((event) => names(event).includes(toolName));
    assert.ok(event, `no event of ${toolName}`);
    return { task, event };
  });
}
