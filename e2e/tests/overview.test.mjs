// What was done and used, over time and by who did it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Agent } from "../lib/agents.mjs";
import { knownHistory } from "../lib/history.mjs";
import { becomes, sections } from "../lib/list.mjs";
import { onStage, skip, useBrowser } from "../lib/stage.mjs";
import { until } from "../lib/until.mjs";

useBrowser();

/** A page whose server knows what a test knows; one agent waits in a shop, another one is done. */
async function open({ server, screen, page }, path = "/") {
  await page.route("**/api/history?*", (route) => route.fulfill({ json: knownHistory() }));
  await Agent.start(server, "waits", { prompt: "Explain it", cwd: "/home/dev/shop" });
  await Agent.start(server, "ends", { prompt: "Tidy it up", cwd: "/home/dev/crate" });
  await screen.open(path);
}

const cells = (page, name) =>
  page
    .getByRole("region", { name, exact: true })
    .getByRole("row")
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent.replace(/[↑↓]/, ""))),
    );

const figure = (page, name) =>
  page
    .locator(".chart-name")
    .filter({ has: page.getByRole("heading", { name }) })
    .locator("p")
    .textContent();

/** How much of each colour a chart is drawn in. */
const inks = (page) =>
  page
    .locator(".chart canvas")
    .first()
    .evaluate((canvas) => {
      const { width, height } = canvas;
      const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
      const counts = {};
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] < 255) continue;
        const ink = data.slice(at, at + 3).join();
        counts[ink] = (counts[ink] ?? 0) + 1;
      }
      return counts;
    });

const drawn = (counts) => Object.entries(counts).sort(([, a], [, b]) => b - a)[0]?.[0];

test("the overview says what is now and what was lately", { skip }, () =>
  onStage(async (stage) => {
    const { page, screen } = stage;
    await open(stage);
    const now = page.getByRole("region", { name: "Now" });
    await now.getByRole("link", { name: "Needs you 1" }).waitFor();
    await now.getByRole("link", { name: /Waits for you.*Explain it/ }).waitFor();
    await now.getByRole("link", { name: "Done today 1" }).waitFor();
    await becomes(() => figure(page, "Tasks started"), "5+25%");
    assert.equal(await figure(page, "Active time"), "2h 00m");
    assert.equal(await figure(page, "Cost"), "≥ $3.00");
    assert.deepEqual(await cells(page, "Agents"), [
      ["Agent", "Tasks", "Active", "Calls", "Failed", "Tokens", "Cost"],
      ["claude-code", "2", "1h 30m", "20", "5", "2k", "≈ $3.00"],
      ["codex", "3", "30m 00s", "7", "0", "700", "unpriced"],
    ]);
    assert.deepEqual((await cells(page, "Tools")).slice(1), [["Edit", "20", "5", "25%"]]);
    await screen.assertOnlyPatched();
  }),
);

test("the charts are drawn in the colours of the theme", { skip }, () =>
  onStage(
    async (stage) => {
      const { page } = stage;
      await open(stage);
      const ink = () => inks(page).then(drawn);
      const light = await until(async () => (await ink()) ?? assert.fail("nothing is drawn"));
      await page.emulateMedia({ colorScheme: "dark" });
      const dark = await until(async () => {
        const now = await ink();
        assert.ok(now !== undefined && now !== light, `still ${now}`);
        return now;
      });
      assert.notEqual(dark, light);
      await page.setViewportSize({ width: 900, height: 800 });
      const place = page.locator(".chart-place").first();
      await until(async () => {
        const [there, canvas] = await Promise.all(
          [place, place.locator("canvas")].map((part) => part.boundingBox()),
        );
        assert.ok(Math.abs(there.width - canvas.width) <= 1, `${there.width}, ${canvas.width}`);
      });
    },
    { page: { colorScheme: "light" } },
  ),
);

test("a cursor goes through all charts, by keys and by the pointer", { skip }, () =>
  onStage(async (stage) => {
    const { page } = stage;
    await open(stage);
    const slider = page.getByRole("slider", { name: "Day" });
    const others = page.locator(".chart-parts div", { hasText: "others" }).locator("dd");
    await slider.focus();
    await page.keyboard.press("ArrowLeft");
    await becomes(() => others.innerText(), "7");
    const said = await slider.getAttribute("aria-valuetext");
    assert.match(said, /: Tasks started 3, Active time 30m 00s, Tool calls 7, Tokens 700,/);
    await page.keyboard.press("End");
    await becomes(() => others.innerText(), "15");
    await page.keyboard.press("Escape");
    await becomes(() => others.innerText(), "22");
    const { x, y, width } = await slider.boundingBox();
    await page.mouse.move(x + (width / 7) * 5.5, y + 40);
    await becomes(() => others.innerText(), "7");
    await page.mouse.move(x, y - 20);
    await becomes(() => others.innerText(), "22");
  }),
);

test("the period is in the address, and comes back with it", { skip }, () =>
  onStage(async (stage) => {
    const { page } = stage;
    await open(stage);
    await page.getByRole("radio", { name: "7 days" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("heading", { name: "Last 30 days" }).waitFor();
    assert.equal(new URL(page.url()).search, "?period=30d");
    await becomes(() => figure(page, "Tasks started"), "9");
    await page.reload();
    await page.getByRole("heading", { name: "Last 30 days" }).waitFor();
  }),
);

test("a row leads to its tasks in the list, and back to all", { skip }, () =>
  onStage(async (stage) => {
    const { page, screen } = stage;
    await open(stage);
    const all = [
      ["Waits for you", ["Explain it"]],
      ["Done", ["Tidy it up"]],
    ];
    await becomes(() => sections(page), all);
    const shop = page.getByRole("region", { name: "Projects" }).getByRole("link", { name: "shop" });
    await shop.click();
    await becomes(() => sections(page), [["Waits for you", ["Explain it"]]]);
    assert.match(new URL(page.url()).search, /^\?project=/);
    await shop.click();
    await becomes(() => sections(page), all);
    await page.getByRole("link", { name: "Done today 1" }).click();
    await becomes(() => sections(page), [["Done", ["Tidy it up"]]]);
    await screen.assertOnlyPatched();
  }),
);

test("figures that cannot be read say so, and the rest stays", { skip }, () =>
  onStage(
    async ({ server, screen, page }) => {
      const error = { error: "the database is busy", code: "busy" };
      await page.route("**/api/history?*", (route) => route.fulfill({ status: 503, json: error }));
      await Agent.start(server, "waits", { prompt: "Explain it" });
      await screen.open();
      await page.getByText("could not be read: the database is busy").waitFor();
      await page.getByRole("link", { name: "Needs you 1" }).waitFor();
    },
    { excuses: (complaint) => complaint.includes("status of 503") },
  ),
);
