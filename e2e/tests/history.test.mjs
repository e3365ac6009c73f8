// A history on the disk: offered while nothing is recorded, brought in by a press of a button.

import assert from "node:assert/strict";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { onStage, skip, useBrowser } from "../lib/stage.mjs";
import { until } from "../lib/until.mjs";

useBrowser();

const RECORDED = "../../fixtures/claude-code/explore-subagent.transcripts";

/** Puts a recorded session where Claude Code keeps it. */
async function keep(server) {
  const projects = join(server.home, ".claude", "projects");
  await mkdir(projects, { recursive: true });
  await cp(fileURLToPath(new URL(RECORDED, import.meta.url)), projects, { recursive: true });
}

test("the first screen can be the person's own history", { skip }, () =>
  onStage(async ({ server, page, screen }) => {
    await keep(server);
    await screen.open();
    await page.getByText("1 session of Claude Code is on this disk").waitFor();
    await page.getByRole("button", { name: "Import 1 session" }).click();
    await page.getByText("Imported 1 session.").waitFor();
    await page.getByRole("link", { name: /Where is the greeting text built\?/ }).waitFor();
    await screen.assertNeverReloaded();
    const tasks = await until(async () => (await server.get("/api/tasks")).tasks);
    assert.deepEqual(tasks.map((task) => task.status).sort(), ["completed", "completed"]);
    await page.goto(`${server.url}/attach`);
    await page.getByRole("heading", { name: "Attach an agent" }).waitFor();
    assert.equal(await page.getByRole("button", { name: /^Import/ }).count(), 0);
  }),
);
