// Pictures of the page with recorded sessions on it, for people to look at: `out/*.png`.

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { launch, openPage } from "./lib/browser.mjs";
import { feed } from "./lib/hooks.mjs";
import { Screen } from "./lib/screen.mjs";
import { Server } from "./lib/server.mjs";

const SESSIONS = [
  "explore-subagent",
  "task-list",
  "interactive-permission",
  "tool-failures",
  "first-edit",
];
const WIDTHS = [1440, 1000, 400];
const THEMES = ["light", "dark"];
const out = fileURLToPath(new URL("out/", import.meta.url));

await mkdir(out, { recursive: true });
const empty = await Server.start();
const busy = await Server.start();
const browser = await launch();
try {
  for (const session of SESSIONS) await feed(busy, session);
  const task = await busy.taskOf("Make a version of greet");
  const timeline = await busy.timelineOf(task, 5);
  const places = {
    empty: [empty, "/"],
    overview: [busy, "/"],
    task: [busy, `/tasks/${task.id}`],
    event: [busy, `/tasks/${task.id}?event=${timeline.at(-2).id}`],
    change: [busy, `/tasks/${task.id}?event=${timeline.find(({ metadata }) => metadata.diff).id}`],
    facts: [busy, `/tasks/${task.id}?pane=task`],
    lanes: [busy, `/tasks/${task.id}?view=lanes`],
    rewound: [busy, `/tasks/${task.id}?at=${encodeURIComponent(timeline.at(-4).createdAt)}`],
    board: [busy, "/board"],
    bookmarks: [busy, "/bookmarks"],
    diagnostics: [busy, "/diagnostics"],
  };
  for (const [name, [server, path]] of Object.entries(places)) await take(name, server, path);
} finally {
  await browser.close();
  await Promise.all([empty.stop(), busy.stop()]);
}

async function take(name, server, path) {
  for (const colorScheme of THEMES) {
    for (const width of WIDTHS) {
      const options = { viewport: { width, height: 1000 }, colorScheme };
      const { page } = await openPage(browser, server, options);
      await new Screen(page, server).open(path);
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: `${out}${name}-${colorScheme}-${width}.png` });
      await page.context().close();
    }
  }
  process.stdout.write(`wrote ${out}${name}-*.png\n`);
}
