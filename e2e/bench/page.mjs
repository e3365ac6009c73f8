// What a page costs, in a real browser: `cargo xtask bench live` starts this and talks to it over
// its standard input and output, a line at a time.
//
//   page.mjs watch URL    opens a task, says "ready"; measures from "start" to "stop"
//   page.mjs first URL    measures from opening the page until its list of tasks is shown

import { createInterface } from "node:readline";
import { launch, openPage } from "../lib/browser.mjs";
import { Meter } from "./meter.mjs";

const OPEN_MS = 60_000;
/** What a page still asks for after it has shown its list. */
const AFTERMATH_MS = 1_500;

const [mode, url] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

const browser = await launch();
try {
  const { page } = await openPage(browser, { port: Number(new URL(url).port) });
  page.setDefaultTimeout(OPEN_MS);
  const meter = await Meter.on(page);
  await (mode === "first" ? first(page, meter) : watch(page, meter));
} finally {
  await browser.close();
}

async function watch(page, meter) {
  await page.goto(url);
  await page
    .getByRole("region", { name: /timeline/i })
    .getByRole("treeitem")
    .first()
    .waitFor();
  await quiet(meter);
  say("ready");
  await heard("start");
  const before = await meter.read();
  say("started");
  await heard("stop");
  await quiet(meter);
  const after = await meter.read();
  say(
    JSON.stringify(
      Object.fromEntries(Object.keys(after).map((name) => [name, after[name] - before[name]])),
    ),
  );
}

async function first(page, meter) {
  const before = performance.now();
  await page.goto(url, { waitUntil: "commit" });
  const list = page.getByRole("complementary", { name: /tasks/i });
  await list.locator('a[href^="/tasks/"]').first().waitFor();
  const ms = performance.now() - before;
  const shown = await meter.read();
  await pause(AFTERMATH_MS);
  await quiet(meter);
  const settled = await meter.read();
  say(JSON.stringify({ ms, ...shown, settledBytes: settled.httpBytes + settled.socketBytes }));
}

/** Waits until nothing more arrives: a page that reads again does so a moment after a change. */
async function quiet(meter) {
  for (let last = -1; last !== meter.bytes; ) {
    last = meter.bytes;
    await pause(1_000);
  }
}

function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

function say(line) {
  console.log(line);
}

async function heard(word) {
  const { value, done } = await lines.next();
  if (done || value !== word) throw new Error(`heard ${value} instead of ${word}`);
}
