// What every test stands on: a server of its own, a page of its own, and a fair end of both.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { launch, openPage, skip } from "./browser.mjs";
import { Screen } from "./screen.mjs";
import { Server } from "./server.mjs";

export { skip };

let browser;

/** Call once at the top of a file of tests: one browser serves all of them. */
export function useBrowser() {
  before(async () => {
    if (!skip) browser = await launch();
  });
  after(() => browser?.close());
}

/**
 * Runs a test on a fresh server with a fresh page. Afterwards nothing may be left to complain
 * about: no error on the console, no request to any other host.
 */
export async function onStage(act, { page: pageOptions, excuses = () => false } = {}) {
  const server = await Server.start();
  try {
    const { page, complaints } = await openPage(browser, server, pageOptions);
    await act({ server, page, screen: new Screen(page, server) });
    assert.deepEqual(
      complaints.filter((complaint) => !excuses(complaint)),
      [],
    );
    await page.context().close();
  } finally {
    await server.stop();
  }
}
