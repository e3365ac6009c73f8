// Which of the agents needs a person, and why.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Agent } from "../lib/agents.mjs";
import {
  becomes,
  columns,
  notifications,
  recordNotifications,
  row,
  sections,
  switchNotificationsOn,
} from "../lib/list.mjs";
import { Screen } from "../lib/screen.mjs";
import { onStage, skip, useBrowser } from "../lib/stage.mjs";
import { until } from "../lib/until.mjs";

useBrowser();

const telephone = { viewport: { width: 360, height: 740 }, hasTouch: true };

/** One agent of each kind, and one that is done. */
async function agents(server) {
  await Agent.start(server, "ends", { prompt: "Tidy it up" });
  const asks = await Agent.start(server, "asks", { prompt: "Publish it", cwd: "/home/dev/crate" });
  const works = await Agent.start(server, "works", { prompt: "Test it", cwd: "/home/dev/shop" });
  const waits = await Agent.start(server, "waits", { prompt: "Explain it", cwd: "/home/dev/shop" });
  const fails = await Agent.start(server, "works", { prompt: "Upgrade it", cwd: "/home/dev/shop" });
  await fails.fail("529 overloaded");
  return { asks, works, waits, fails };
}

const ALL = [
  ["Needs permission", ["Publish it"]],
  ["Waits for you", ["Explain it"]],
  ["Failed", ["Upgrade it"]],
  ["Working", ["Test it"]],
  ["Done", ["Tidy it up"]],
];

const choice = (page, name) => page.getByRole("combobox", { name });

test("the list says who needs a person, why and since when, in that order", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    const { asks } = await agents(server);
    await screen.open();
    await becomes(() => sections(page), ALL);
    await row(page, "Publish it").getByText("echo '- first note' > notes.md").waitFor();
    await row(page, "Upgrade it").getByText("529 overloaded").waitFor();
    assert.match(await row(page, "Publish it").locator("time").textContent(), /^(now|\d+ s)$/);
    assert.match(await row(page, "Publish it").textContent(), /claude-code · crate/);
    await asks.prompt("Never mind");
    await becomes(
      async () => (await sections(page)).map(([head]) => head),
      ["Waits for you", "Failed", "Working", "Done"],
    );
    await screen.assertOnlyPatched();
  }),
);

test("a subagent stands under its parent, and the parent says what it asks for", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    const parent = await Agent.start(server, "delegates", { prompt: "Look around" });
    await screen.open();
    await becomes(
      () => sections(page),
      [["Working", ["Look around", "Explore: Find the greeting text"]]],
    );
    const about = { tool_name: "Bash", tool_input: { command: "rm -r build" } };
    const agent = { agent_id: "a5b8eeb76afef3aaf", agent_type: "Explore" };
    await parent.tell("PermissionRequest", { ...about, ...agent });
    await row(page, "Look around").getByText("a subagent needs permission").waitFor();
    await becomes(
      () => sections(page),
      [
        ["Needs permission", ["Explore: Find the greeting text"]],
        ["Working", ["Look around"]],
      ],
    );
  }),
);

test("nothing moves under the pointer, and all is in order once it is away", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    const { works } = await agents(server);
    await screen.open();
    await row(page, "Test it").hover();
    const before = await row(page, "Test it").boundingBox();
    await works.ask("npm publish");
    await row(page, "Test it").getByText("npm publish").waitFor();
    assert.equal((await row(page, "Test it").boundingBox()).y, before.y);
    await page.mouse.move(900, 600);
    await becomes(
      async () => (await sections(page))[0],
      ["Needs permission", ["Publish it", "Test it"]],
    );
  }),
);

test("sections are shut and stay shut; ] goes through what is visible", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await agents(server);
    await screen.open();
    await page.getByRole("button", { name: /^Waits for you/, expanded: true }).click();
    await becomes(async () => (await sections(page))[1], ["Waits for you", []]);
    await page.mouse.move(900, 600);
    await page.keyboard.press("]");
    await page.getByRole("heading", { name: "Publish it", level: 1 }).waitFor();
    await page.keyboard.press("]");
    await page.getByRole("heading", { name: "Upgrade it", level: 1 }).waitFor();
    await page.keyboard.press("[");
    await page.getByRole("heading", { name: "Publish it", level: 1 }).waitFor();
    await screen.open();
    await becomes(async () => (await sections(page))[1], ["Waits for you", []]);
  }),
);

test("the list is grouped by project, which says how many need a person", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await agents(server);
    await screen.open();
    await page.getByRole("button", { name: "More filters" }).click();
    await choice(page, "Group by").selectOption("project");
    await page.waitForURL("**/?group=project");
    await becomes(
      async () => (await sections(page)).map(([head, titles]) => [head, titles.length]),
      [
        ["crate", 1],
        ["project", 1],
        ["shop", 3],
      ],
    );
    await page.getByRole("button", { name: /shop.*2 need you.*3/ }).waitFor();
  }),
);

test("the filter is in the address: links, back and forward, and the keyboard", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    const { asks } = await agents(server);
    await screen.open("/?state=permission,failed");
    await becomes(() => sections(page), [ALL[0], ALL[2]]);
    await page.getByText("2 tasks").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("upgrade");
    await page.waitForURL((url) => url.searchParams.get("q") === "upgrade");
    assert.equal(new URL(page.url()).searchParams.get("state"), "permission,failed");
    await becomes(() => sections(page), [ALL[2]]);
    await page.keyboard.press("Escape");
    await page.waitForURL((url) => !url.searchParams.has("q"));
    await becomes(() => sections(page), [ALL[0], ALL[2]]);
    await page.goBack();
    await becomes(() => sections(page), [ALL[2]]);
    await page.goForward();
    await becomes(() => sections(page), [ALL[0], ALL[2]]);
    // It stays live: who no longer fits goes, who comes to fit comes.
    await asks.prompt("Go on");
    await becomes(() => sections(page), [ALL[2]]);
    await asks.ask("cargo publish");
    await becomes(() => sections(page), [ALL[0], ALL[2]]);
    await page.getByRole("button", { name: "Clear filter" }).click();
    await becomes(() => sections(page), ALL);
  }),
);

test("a filter that hides all says so, and agent, project and time filter too", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await agents(server);
    await screen.open("/?q=nothing+like+it");
    await page.getByText("No task fits the filter.").waitFor();
    await page.getByRole("button", { name: "Clear the filter" }).click();
    await becomes(() => sections(page), ALL);
    await screen.open("/?agent=claude-code&since=hour&project=%2Fhome%2Fdev%2Fcrate");
    await becomes(() => sections(page), [ALL[0]]);
    assert.equal(await choice(page, "Active").inputValue(), "hour");
    await choice(page, "Project").selectOption("");
    await becomes(() => sections(page), ALL);
    await choice(page, "Agent").selectOption("");
    assert.equal(new URL(page.url()).search, "?since=hour");
  }),
);

test("the board shows the same by state, by mouse and by keyboard", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await agents(server);
    await screen.open();
    await page.keyboard.press("g");
    await page.keyboard.press("k");
    await page.waitForURL("**/board");
    await becomes(() => columns(page), {
      "Needs you": ["Publish it", "Explain it", "Upgrade it"],
      Working: ["Test it"],
      Silent: [],
      Done: ["Tidy it up"],
    });
    const focused = () =>
      page.evaluate(() => document.activeElement?.querySelector(".board-title")?.textContent);
    const steps = [
      ["ArrowDown", "Publish it"],
      ["ArrowDown", "Explain it"],
      ["ArrowUp", "Publish it"],
      ["ArrowRight", "Test it"],
      ["ArrowLeft", "Publish it"],
    ];
    for (const [key, title] of steps) {
      await page.keyboard.press(key);
      assert.equal(await focused(), title, key);
    }
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Publish it", level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole("link", { name: /Test it/ }).click();
    await page.getByRole("heading", { name: "Test it", level: 1 }).waitFor();
  }),
);

test("on a telephone the board shows one column at a time", { skip }, () =>
  onStage(
    async ({ server, screen, page }) => {
      await agents(server);
      await screen.open("/board");
      await becomes(async () => Object.keys(await columns(page)), ["Needs you"]);
      await page.getByRole("tab", { name: /Working 1/ }).tap();
      await becomes(() => columns(page), { Working: ["Test it"] });
      await page.keyboard.press("ArrowLeft");
      await becomes(async () => Object.keys(await columns(page)), ["Needs you"]);
      const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
      assert.ok(!(scrollWidth > clientWidth));
    },
    { page: telephone },
  ),
);

test("the tab says how many need a person, in its title and its picture", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    const { asks } = await agents(server);
    await screen.open();
    await becomes(() => page.title(), "(3) Agent Tracer");
    const picture = () =>
      page.evaluate(() => {
        const href = document.querySelector('link[rel="icon"]').href;
        return decodeURIComponent(href).match(/>(\d\+?)<\/text>/)?.[1];
      });
    assert.equal(await picture(), "3");
    await row(page, "Test it").click();
    await becomes(() => page.title(), "(3) Test it – Agent Tracer");
    await asks.prompt("Go on");
    await becomes(() => page.title(), "(2) Test it – Agent Tracer");
    assert.equal(await picture(), "2");
    const { stats } = await server.get("/api/overview");
    const chips = await page
      .getByRole("complementary", { name: "Tasks" })
      .getByRole("group", { name: "Show only" })
      .getByRole("button")
      .evaluateAll((all) => all.map((one) => Number(one.textContent.match(/\d+$/))));
    assert.equal(
      chips.reduce((sum, one) => sum + one),
      stats.totalTasks,
    );
  }),
);

test("what happened since a task was looked at is marked as new", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await screen.open();
    const agent = await Agent.start(server, "waits", { prompt: "Explain it" });
    const mark = row(page, "Explain it").getByRole("img", { name: "New" });
    await mark.waitFor();
    await row(page, "Explain it").click();
    await mark.waitFor({ state: "detached" });
    await page.keyboard.press("g");
    await page.keyboard.press("o");
    await agent.prompt("Once more");
    await agent.stop();
    await mark.waitFor();
  }),
);

test("a person who wants it is called, but not for what they look at", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await recordNotifications(page);
    const before = await Agent.start(server, "asks", { prompt: "Publish it" });
    await screen.open();
    const works = await Agent.start(server, "works", { prompt: "Test it" });
    await row(page, "Test it").waitFor();
    // Nobody asked for it yet.
    await works.ask("npm test");
    await becomes(() => page.title(), "(2) Agent Tracer");
    await works.prompt("Go on");
    await switchNotificationsOn(page);
    await row(page, "Publish it").click();
    await before.prompt("Try it first");
    await before.ask("cargo publish --dry-run");
    await page.getByText("cargo publish --dry-run").first().waitFor();
    await works.ask("npm publish");
    await becomes(() => notifications(page), ["Test it: Needs permission: npm publish"]);
    await page.evaluate(() => window.__notifications[0].onclick());
    await page.getByRole("heading", { name: "Test it", level: 1 }).waitFor();
    await screen.assertNeverReloaded();
  }),
);

test("of two tabs one calls, and it knows what the other one shows", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await recordNotifications(page);
    const shown = await Agent.start(server, "works", { prompt: "Test it" });
    const other = await Agent.start(server, "works", { prompt: "Build it" });
    await screen.open();
    await switchNotificationsOn(page);
    const second = await page.context().newPage();
    await new Screen(second, server).open();
    await row(second, "Test it").click();
    await second.getByRole("heading", { name: "Test it", level: 1 }).waitFor();
    await shown.ask("npm test");
    await other.ask("npm publish");
    const both = async () => [await notifications(page), await notifications(second)].flat();
    await becomes(both, ["Build it: Needs permission: npm publish"]);
    // The one that called goes: now the other one does.
    await page.close();
    await other.prompt("Go on");
    await other.ask("npm pack");
    await becomes(() => notifications(second), ["Build it: Needs permission: npm pack"]);
  }),
);

test("many that stop together are told of as one", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await recordNotifications(page);
    const prompts = ["One", "Two", "Three", "Four"];
    const all = await Promise.all(
      prompts.map((prompt) => Agent.start(server, "works", { prompt })),
    );
    await screen.open();
    await switchNotificationsOn(page);
    await Promise.all(all.map((agent) => agent.stop()));
    await until(async () => {
      const told = (await notifications(page)).join("\n");
      for (const prompt of prompts) assert.ok(told.includes(prompt), told);
    });
    assert.ok((await notifications(page)).length <= 2);
  }),
);

test("a server that was updated offers a reload, and never reloads by itself", { skip }, () =>
  onStage(async ({ screen, page }) => {
    let name = "one";
    await page.route("**/health", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), page: name } });
    });
    await screen.open();
    const offer = page.getByText("Agent Tracer was updated.");
    assert.equal(await offer.count(), 0);
    name = "two";
    // A network that comes back makes the page ask at once.
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await offer.waitFor();
    await screen.assertNeverReloaded();
    await page.getByRole("button", { name: "Reload" }).click();
    await page.waitForFunction(() => window.__sameDocument === undefined);
    await screen.connection("Live");
    assert.equal(await offer.count(), 0);
  }),
);

test("a browser that is too old is told so in words", { skip }, () =>
  onStage(async ({ server, page }) => {
    await page.addInitScript(() => {
      delete Array.prototype.toReversed;
    });
    await page.goto(server.url);
    await page.getByText("This browser is too old for Agent Tracer's page.").waitFor();
  }),
);
