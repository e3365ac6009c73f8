// How smooth the page is: `cargo xtask bench web` starts this and talks to it over its standard
// input and output, a line at a time.
//
//   web.mjs open ORIGIN ROUNDS    opens the list and a long task, and goes from task to task
//   web.mjs watch ORIGIN          opens a task, says "ready"; watches from "start" to "stop", then
//                                 answers "heap"

import { launch, openPage } from "../lib/browser.mjs";
import { heard, pause, say } from "./lines.mjs";
import { scriptBytes } from "./script.mjs";
import { workOf } from "./trace.mjs";

const OPEN_MS = 60_000;
const SHORT = ["short-0", "short-1", "short-2", "short-3"];
const LIVE = "live";
const ROW = "[role=treeitem]";
const LINK = 'a[href^="/tasks/"]';
/** Rows of the end of a timeline that are compared. */
const COMPARED = 15;
/** So many reads in a row are one row. */
const GROUPED = 4;
const REST_MS = 3_000;

const [mode, origin, rounds = "1"] = process.argv.slice(2);
const port = Number(new URL(origin).port);
const browser = await launch();
try {
  await (mode === "open" ? open(Number(rounds)) : watch());
} finally {
  await browser.close();
}

async function open(times) {
  const opened = { floorMs: [], listMs: [], bigMs: [], switchMs: [] };
  for (let round = 0; round < times; round += 1) {
    opened.floorMs.push(await painted("/health", "body"));
    opened.listMs.push(await painted("/", LINK));
    opened.bigMs.push(await painted("/tasks/big", ROW));
    opened.switchMs.push(...(await switches()));
  }
  say(JSON.stringify({ ...opened, scriptKb: (await scriptBytes(origin)) / 1e3 }));
}

/** How long after the navigation began something was on the screen, in a browser that is new to it. */
async function painted(path, selector) {
  const { page } = await fresh();
  await page.addInitScript((wanted) => {
    const look = () => {
      if (document.querySelector(wanted) === null) return requestAnimationFrame(look);
      // After the frame in which it appeared was painted.
      requestAnimationFrame(() => setTimeout(() => (window.paintedAt = performance.now())));
    };
    requestAnimationFrame(look);
  }, selector);
  await page.goto(`${origin}${path}`, { waitUntil: "commit" });
  const at = await page.waitForFunction(() => window.paintedAt);
  const ms = await at.jsonValue();
  await page.context().close();
  return ms;
}

/** From a click on a task that was not open yet until its rows were painted. */
async function switches() {
  const { page } = await fresh();
  await page.goto(`${origin}/tasks/live`);
  await page.getByRole("searchbox").fill("short-");
  const found = [];
  for (const id of SHORT) {
    const link = page.locator(`a[href^="/tasks/${id}"]`).first();
    await link.waitFor();
    await page.evaluate(watchSwitch, { id, row: ROW });
    await link.click();
    const switched = await page.waitForFunction(() => window.switchedMs);
    found.push(await switched.jsonValue());
  }
  await page.context().close();
  return found;
}

/** In the page. */
function watchSwitch({ id, row }) {
  window.switchedMs = undefined;
  const onClick = ({ timeStamp }) => {
    const look = () => {
      const title = document.querySelector("main h1")?.textContent ?? "";
      const shown = title.includes(id) && document.querySelectorAll(row).length > 10;
      if (!shown) return requestAnimationFrame(look);
      requestAnimationFrame(() =>
        setTimeout(() => (window.switchedMs = performance.now() - timeStamp)),
      );
    };
    look();
  };
  window.addEventListener("click", onClick, { capture: true, once: true });
}

async function watch() {
  const { page } = await fresh();
  await page.goto(`${origin}/tasks/${LIVE}`);
  await page.locator(ROW).first().waitFor();
  say("ready");
  await heard("start");
  await page.evaluate(watchFrames);
  await pause(REST_MS);
  const rest = await page.evaluate(() => window.takeFrames());
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline"] });
  say("started");
  await heard("stop");
  const busy = await page.evaluate(() => window.takeFrames());
  const work = workOf(JSON.parse((await browser.stopTracing()).toString()));
  say(
    JSON.stringify({
      frames: busy.length,
      workP95Ms: work.p95,
      workMaxMs: work.longest,
      latePercent: late(busy),
      idleLatePercent: late(rest),
      rowsEqual: await rowsEqual(page),
    }),
  );
  await heard("heap");
  const equal = await rowsEqual(page);
  const cdp = await page.context().newCDPSession(page);
  for (let times = 0; times < 2; times += 1) await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  say(JSON.stringify({ megabytes: usedSize / 1e6, rowsEqual: equal }));
}

/** In the page: keeps how far apart its frames are. */
function watchFrames() {
  let intervals = [];
  let last = performance.now();
  const next = (now) => {
    intervals.push(now - last);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
  window.takeFrames = () => {
    const taken = intervals;
    intervals = [];
    return taken;
  };
}

function late(intervals) {
  return (100 * intervals.filter((ms) => ms > 33.4).length) / Math.max(1, intervals.length);
}

/** Whether the last rows on the screen are the last of the server, once all is quiet. */
async function rowsEqual(page) {
  const { timeline } = await (await fetch(`${origin}/api/tasks/${LIVE}?limit=200`)).json();
  const wanted = withRows(timeline).map(({ id }) => `event-${id}`);
  const last = wanted.at(-1);
  await page.waitForFunction((id) => document.getElementById(id) !== null, last).catch(() => null);
  const shown = await page.locator(ROW).evaluateAll((rows) => rows.map(({ id }) => id));
  const seen = shown.filter((id) => wanted.includes(id)).slice(-COMPARED);
  return seen.length === COMPARED && seen.join() === wanted.slice(-COMPARED).join();
}

/** The events that have rows: changes of files are told by their calls, and reads in a row by one. */
function withRows(timeline) {
  const events = timeline.filter(({ kind }) => kind !== "file.changed");
  const isRead = (at) => events[at]?.lane === "exploration";
  return events.filter((_, at) => {
    if (!isRead(at)) return true;
    let [from, to] = [at, at];
    while (isRead(from - 1)) from -= 1;
    while (isRead(to + 1)) to += 1;
    return to - from + 1 < GROUPED;
  });
}

async function fresh() {
  const opened = await openPage(browser, { port });
  opened.page.setDefaultTimeout(OPEN_MS);
  return opened;
}
