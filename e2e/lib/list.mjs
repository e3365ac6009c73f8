// The list of tasks, the board and the tab, in a person's words.

import assert from "node:assert/strict";
import { until } from "./until.mjs";

/** What the list shows from top to bottom: `[section, [titles]]`. */
export function sections(page) {
  return page.getByRole("complementary", { name: "Tasks" }).evaluate((pane) => {
    const lines = [...pane.querySelectorAll(".task-list > li")].map((li) => ({
      top: li.getBoundingClientRect().top,
      head: li.querySelector(".section-title")?.textContent,
      title: li.querySelector(".task-title")?.textContent,
    }));
    const shown = [];
    for (const { head, title } of lines.sort((a, b) => a.top - b.top)) {
      if (head !== undefined) shown.push([head, []]);
      else shown.at(-1)?.[1].push(title);
    }
    return shown;
  });
}

/** What the board shows: the titles of each column that is there. */
export function columns(page) {
  return page
    .getByRole("main", { name: "Board" })
    .evaluate((board) =>
      Object.fromEntries(
        [...board.querySelectorAll(".board-column")]
          .filter((column) => column.getClientRects().length > 0)
          .map((column) => [
            column.getAttribute("aria-label"),
            [...column.querySelectorAll(".board-title")].map((title) => title.textContent),
          ]),
      ),
    );
}

/** Waits until something is as it should be. */
export function becomes(read, wanted) {
  return until(async () => assert.deepEqual(await read(), wanted));
}

export function row(page, title) {
  return page.getByRole("complementary", { name: "Tasks" }).getByRole("link", { name: title });
}

/** Records what the browser is asked to show; the permission is the real one. */
export async function recordNotifications(page) {
  await page.context().grantPermissions(["notifications"]);
  await page.context().addInitScript(() => {
    const { Notification: real } = window;
    window.__notifications = [];
    window.Notification = class {
      static get permission() {
        return real.permission;
      }
      static requestPermission() {
        return real.requestPermission();
      }
      constructor(title, { body }) {
        this.title = title;
        this.body = body;
        window.__notifications.push(this);
      }
      close() {}
    };
  });
}

export function notifications(page) {
  return page.evaluate(() => window.__notifications.map(({ title, body }) => `${title}: ${body}`));
}

export async function switchNotificationsOn(page) {
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("switch", { name: "Notifications" }).check();
  await page.keyboard.press("Escape");
}
