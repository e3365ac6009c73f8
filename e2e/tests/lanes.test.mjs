// The lanes, and going back in time.

import assert from "node:assert/strict";
import { test } from "node:test";
import { feed } from "../lib/hooks.mjs";
import { MadeUp } from "../lib/madeUp.mjs";
import { onStage, skip, useBrowser } from "../lib/stage.mjs";
import { until } from "../lib/until.mjs";

useBrowser();

const lanes = (page) => page.getByRole("region", { name: "Lanes" });
const told = (page) => lanes(page).getByRole("status");
const slider = (page) => page.getByRole("slider", { name: "Moment that is shown" });
const rows = (screen) => screen.timeline.getByRole("treeitem");

async function edited(server, screen) {
  await feed(server, "first-edit");
  const task = await server.taskOf("Make a version of greet");
  await screen.open(`/tasks/${task.id}`);
  await rows(screen).first().waitFor();
  return task;
}

/** Where the canvas is painted in the colour of a lane, in its own pixels. */
function firstPainted(page, lane) {
  return lanes(page).evaluate((region, name) => {
    const canvas = region.querySelector("canvas");
    const probe = document.createElement("span");
    probe.style.color = `var(--lane-${name})`;
    region.append(probe);
    const [r, g, b] = getComputedStyle(probe).color.match(/\d+/g).map(Number);
    probe.remove();
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    for (let at = 0; at < data.length; at += 4) {
      if (data[at] === r && data[at + 1] === g && data[at + 2] === b) {
        const ratio = width / canvas.clientWidth;
        const pixel = at / 4;
        return { x: (pixel % width) / ratio, y: Math.floor(pixel / width) / ratio };
      }
    }
    return null;
  }, lane);
}

test("the two looks are a key apart and show the same event", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await edited(server, screen);
    await page.keyboard.press("v");
    await lanes(page).waitFor();
    assert.match(page.url(), /view=lanes/);
    await page.keyboard.press("j");
    await until(async () => assert.match(await told(page).textContent(), /Session ended/));
    await page.keyboard.press("k");
    await until(async () => assert.match(await told(page).textContent(), /greet\(\) now shouts/));
    await screen.inspector.getByRole("heading", { name: /greet\(\) now shouts/ }).waitFor();
    await page.getByRole("button", { name: "List", exact: true }).click();
    const picked = screen.timeline.getByRole("treeitem", { selected: true });
    assert.match(await picked.textContent(), /greet\(\) now shouts/);
    await page.goBack();
    await lanes(page).waitFor();
    await screen.assertOnlyPatched();
  }),
);

test("a bar is pointed at, picked, and zoomed to", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await edited(server, screen);
    await page.getByRole("button", { name: "Lanes", exact: true }).click();
    await until(async () => assert.ok(await firstPainted(page, "exploration")));
    const canvas = lanes(page).locator("canvas");
    const place = await firstPainted(page, "exploration");
    const inside = { x: place.x + 1, y: place.y + 6 };
    await canvas.hover({ position: inside });
    await lanes(page).getByText("Read greet.py").first().waitFor();
    await canvas.click({ position: inside });
    await until(async () =>
      assert.match(await told(page).textContent(), /Exploration: Read greet.py/),
    );
    const before = await firstPainted(page, "implementation");
    await lanes(page).getByRole("application").focus();
    await page.keyboard.press("+");
    await page.keyboard.press("+");
    await until(async () =>
      assert.notDeepEqual(await firstPainted(page, "implementation"), before),
    );
    await page.keyboard.press("0");
    await until(async () => assert.deepEqual(await firstPainted(page, "implementation"), before));
  }),
);

test("one goes back to any moment while the agent goes on", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    const agent = new MadeUp(server, "rewound");
    await agent.start();
    await agent.prompt("Build it step by step");
    for (const step of ["one", "two", "three"]) {
      await agent.call("Bash", { command: `make ${step}` }, { stdout: "", stderr: "" });
    }
    const task = await server.taskOf("Build it step by step");
    await screen.open(`/tasks/${task.id}`);
    const row = (text) => rows(screen).filter({ hasText: text });
    await row("make three").waitFor();
    await slider(page).focus();
    await page.keyboard.press(",");
    await until(async () => assert.equal(await row("make three").count(), 1));
    await page.keyboard.press(",");
    await until(async () => assert.equal(await row("make three").count(), 0));
    await row("make two").waitFor();
    assert.match(page.url(), /at=/);
    await agent.call("Bash", { command: "make four" }, { stdout: "", stderr: "" });
    await page.getByRole("button", { name: "Back to live (2 new)" }).waitFor();
    assert.equal(await row("make four").count(), 0);
    await page.keyboard.press("v");
    await lanes(page).waitFor();
    await page.keyboard.press("v");
    await page.getByRole("button", { name: /Back to live/ }).click();
    await row("make four").waitFor();
    assert.doesNotMatch(page.url(), /at=/);
    await page.goBack();
    await until(async () => assert.equal(await row("make three").count(), 0));
    await screen.assertOnlyPatched();
  }),
);

test("a moment before what is loaded is read and shown", { skip }, () =>
  onStage(async ({ server, screen }) => {
    const { task } = await server.post("/api/task-start", { title: "A long one" });
    for (let at = 0; at < 260; at += 1) {
      await server.post("/api/thought", { taskId: task.id, title: `thought ${at}` });
    }
    await screen.open(`/tasks/${task.id}`);
    const row = (text) => rows(screen).filter({ hasText: text });
    await row("thought 259").waitFor();
    const { timeline } = await server.get(`/api/tasks/${task.id}`);
    const moment = timeline.find(({ title }) => title === "thought 20").createdAt;
    await screen.open(`/tasks/${task.id}?at=${encodeURIComponent(moment)}`);
    await screen.timeline.getByText("thought 20", { exact: true }).waitFor();
    assert.equal(await row("thought 259").count(), 0);
  }),
);
