// Every screen, looked at by axe in both themes.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { feed } from "../lib/hooks.mjs";
import { onStage, skip, useBrowser } from "../lib/stage.mjs";

useBrowser();

const axe = await readFile(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

async function violations(page) {
  // Through the debugger: the page's own policy lets no foreign script in.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
  );
}

for (const colorScheme of ["light", "dark"]) {
  test(`no screen has anything to mend in the ${colorScheme} theme`, { skip }, () =>
    onStage(
      async ({ server, screen, page }) => {
        await screen.open("/");
        assert.deepEqual(await violations(page), [], "the empty page");
        for (const session of ["explore-subagent", "interactive-permission", "first-edit"]) {
          await feed(server, session);
        }
        const task = await server.taskOf("Make a version of greet");
        const [event] = (await server.timelineOf(task, 5)).slice(-2);
        for (const path of [
          "/",
          "/board",
          "/bookmarks",
          "/diagnostics",
          `/tasks/${task.id}`,
          `/tasks/${task.id}?event=${event.id}`,
          `/tasks/${task.id}?find=greet`,
        ]) {
          await screen.open(path);
          await page
            .getByRole("link", { name: /Make a version of greet/ })
            .first()
            .waitFor();
          assert.deepEqual(await violations(page), [], path);
        }
        for (const keys of ["?", "Control+k"]) {
          await page.keyboard.press("Escape");
          await page.keyboard.press(keys);
          await page.getByRole("dialog").first().waitFor();
          assert.deepEqual(await violations(page), [], keys);
          await page.keyboard.press("Escape");
        }
      },
      { page: { colorScheme } },
    ),
  );
}
