// The page in a person's words. Where a thing is found on it is said here and nowhere else.

import assert from "node:assert/strict";

export class Screen {
  constructor(page, server) {
    this.page = page;
    this.server = server;
  }

  async open(path = "/") {
    await this.page.goto(this.server.url + path);
    await this.page.evaluate(() => {
      window.__sameDocument = true;
    });
    await this.connection("Live");
  }

  /** Whether this is still the document that was opened: a reload would have lost the mark. */
  async assertNeverReloaded() {
    assert.equal(
      await this.page.evaluate(() => window.__sameDocument),
      true,
      "the page was reloaded",
    );
  }

  /** How the page keeps up with the server, in its own numbers. */
  diagnostics() {
    return this.page.evaluate(() => window.__agentTracer.diagnostics());
  }

  /** Nothing that was held was read again, and every frame was understood. */
  async assertOnlyPatched() {
    const { strategy, counts, resyncs } = await this.diagnostics();
    assert.equal(strategy, "patch");
    assert.deepEqual(
      { rereads: counts.rereads, unknownFrames: counts.unknownFrames, gaps: counts.gaps, resyncs },
      { rereads: 0, unknownFrames: 0, gaps: 0, resyncs: {} },
    );
  }

  /** Waits until the pill says one of the words. */
  async connection(...words) {
    const pill = this.page
      .getByRole("status")
      .filter({ hasText: new RegExp(words.join("|"), "i") });
    await pill.first().waitFor();
  }

  task(task) {
    return this.page.locator(`a[href="/tasks/${encodeURIComponent(task.id)}"]`).first();
  }

  async openTask(task) {
    await this.task(task).click();
    await this.page.waitForURL(`**/tasks/${encodeURIComponent(task.id)}*`);
  }

  /** The row of an event on the timeline, whatever else mentions it. */
  event(event) {
    return this.timeline.locator(`[id="event-${event.id}"]`);
  }

  get timeline() {
    return this.page.getByRole("region", { name: /timeline/i });
  }

  get inspector() {
    return this.page.getByRole("complementary", { name: /event|inspector|details/i });
  }

  /**
   * Waits until every one of the events has been on the screen, scrolling as a person would: a long
   * timeline keeps only the rows in view.
   */
  async seesAll(events) {
    const missing = new Map(events.filter(hasRow).map((event) => [event.id, event]));
    const deadline = Date.now() + 15_000;
    for (let down = true; missing.size > 0; down = !down) {
      assert.ok(
        Date.now() < deadline,
        `not on the page: ${[...missing.values()].map(named).join(", ")}`,
      );
      await this.#sweep(missing, down);
    }
  }

  async #sweep(missing, down) {
    await this.timeline.hover();
    for (let before = null; ; ) {
      const shown = await this.shownEvents();
      for (const id of shown) missing.delete(id);
      const now = shown.join();
      if (now === before || missing.size === 0) return;
      before = now;
      await this.page.mouse.wheel(0, down ? 300 : -300);
      await this.page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
    }
  }

  /** The ids of the event rows that exist in the document now, from top to bottom. */
  shownEvents() {
    const rows = this.timeline.getByRole("treeitem");
    return rows.evaluateAll((rows) => rows.map((row) => row.id.replace(/^event-/, "")));
  }
}

/** A change of a file is told in the row of the call that made it. */
function hasRow({ kind, metadata }, _, events) {
  return kind !== "file.changed" || !events.some(({ id }) => id === metadata.sourceEventId);
}

function named(event) {
  return `${event.kind} "${event.title}"`;
}
