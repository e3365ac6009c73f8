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
        return {
          x: (pixel % width) / ratio,
          y: Math.floor(pixel / width) / ratio,
        };
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

test("a subagent stands below its call, and opens", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await feed(server, "explore-subagent");
    const task = await server.taskOf("Where is the greeting text built?");
    await screen.open(`/tasks/${task.id}?view=lanes`);
    await until(async () => assert.ok(await firstPainted(page, "coordination")));
    const call = await firstPainted(page, "coordination");
    const canvas = lanes(page).locator("canvas");
    const card = lanes(page).getByText("Explore: Find the greeting text");
    // It begins some time after the call.
    const below = { x: call.x, y: call.y + 30 };
    await until(async () => {
      below.x += 10;
      await canvas.hover({ position: below });
      assert.equal(await card.count(), 1);
    });
    await canvas.click({ position: below });
    await page.waitForURL((url) => !url.pathname.includes(task.id));
    await page.getByRole("heading", { name: /Explore: Find the greeting text/ }).waitFor();
    await page.goBack();
    await page.waitForURL((url) => url.pathname.includes(task.id));
  }),
);

test("the mouse draws, moves and zooms what is in view", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await edited(server, screen);
    await page.keyboard.press("v");
    await lanes(page).waitFor();
    const bar = await page.locator(".time-window").boundingBox();
    const x = (share) => bar.x + bar.width * share;
    const y = bar.y + bar.height / 2;
    const part = async () => {
      const box = await page.locator(".time-window-part").boundingBox();
      return [box.x, box.x + box.width].map((edge) =>
        Math.round(((edge - bar.x) / bar.width) * 100),
      );
    };
    const drag = async (from, to, height = y) => {
      await page.mouse.move(from, height);
      await page.mouse.down();
      await page.mouse.move((from + to) / 2, height);
      await page.mouse.move(to, height);
      await page.mouse.up();
    };
    assert.deepEqual(await part(), [0, 100]);
    await drag(x(0.4), x(0.6));
    await until(async () => assert.deepEqual(await part(), [40, 60]));
    await drag(x(0.5), x(0.6));
    await until(async () => assert.deepEqual(await part(), [50, 70]));
    await drag(x(0.7), x(0.8));
    await until(async () => assert.deepEqual(await part(), [50, 80]));
    const canvas = await lanes(page).locator("canvas").boundingBox();
    const middle = canvas.y + canvas.height - 10;
    await drag(canvas.x + 100, canvas.x + 100 + canvas.width / 3, middle);
    await until(async () => assert.deepEqual(await part(), [40, 70]));
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -200);
    await page.keyboard.up("Control");
    await until(async () => {
      const [from, to] = await part();
      assert.ok(from >= 40 && to <= 70 && to - from < 25);
    });
    await page.getByRole("button", { name: "All", exact: true }).click();
    await until(async () => assert.deepEqual(await part(), [0, 100]));
  }),
);

test("dragging passes moments and settles at one", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await edited(server, screen);
    const all = await rows(screen).count();
    const { x, y, width, height } = await slider(page).boundingBox();
    const middle = y + height / 2;
    await page.mouse.move(x + width * 0.9, middle);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.5, middle, { steps: 5 });
    await page.getByText(/^At \d\d:\d\d:\d\d/).waitFor();
    await until(async () => assert.ok((await rows(screen).count()) < all));
    assert.doesNotMatch(page.url(), /at=/);
    await page.mouse.up();
    await page.waitForURL(/at=/);
    await page.mouse.down();
    await page.mouse.move(x + width - 2, middle, { steps: 3 });
    await page.mouse.up();
    await until(async () => assert.equal(await rows(screen).count(), all));
    assert.doesNotMatch(page.url(), /at=/);
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
    const { task } = await server.post("/api/task-start", {
      title: "A long one",
    });
    for (let at = 0; at < 260; at += 1) {
      await server.post("/api/thought", {
        taskId: task.id,
        title: `thought ${at}`,
      });
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
