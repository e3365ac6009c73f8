// On a telephone: one column, and a way there and back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { feed } from "../lib/hooks.mjs";
import { onStage, skip, useBrowser } from "../lib/stage.mjs";

useBrowser();

const PROMPT = "Make a version of greet that shouts the greeting";
const telephone = { viewport: { width: 400, height: 800 }, hasTouch: true };

test("at 400 px a person gets from the list to a timeline and back", { skip }, () =>
  onStage(
    async ({ server, screen, page }) => {
      await feed(server, "first-edit");
      const task = await server.taskOf(PROMPT);
      await screen.open();
      await screen.openTask(task);
      const timeline = await server.timelineOf(task);
      await screen.event(timeline[0]).waitFor();
      await assertNoSideways(page);
      await page
        .getByRole("link", { name: /^(back|all tasks|tasks|overview)/i })
        .first()
        .click();
      await page.waitForURL(`${server.url}/`);
      await screen.task(task).waitFor();
      await assertNoSideways(page);
      await screen.assertNeverReloaded();
    },
    { page: telephone },
  ),
);

async function assertNoSideways(page) {
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  assert.ok(scrollWidth <= clientWidth, `${scrollWidth} px of page on ${clientWidth} px of screen`);
}
