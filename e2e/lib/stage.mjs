// What every test stands on: a server of its own, a page of its own, and a fair end of both.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { launch, openPage, skip } from "./browser.mjs";
import { Screen } from "./screen.mjs";
import { Server } from "./server.mjs";

export { skip };

const out = fileURLToPath(new URL("../out/", import.meta.url));
let browser;
let failures = 0;

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
export async function onStage(
  act,
  { page: pageOptions, server: serverOptions, excuses = () => false } = {},
) {
  const server = await Server.start(serverOptions);
  const { page, complaints } = await openPage(browser, server, pageOptions);
  try {
    await act({ server, page, screen: new Screen(page, server) });
    assert.deepEqual(
      complaints.filter((complaint) => !excuses(complaint)),
      [],
    );
  } catch (error) {
    await leaveEvidence(server, page, complaints);
    throw error;
  } finally {
    await page.context().close();
    await server.stop();
  }
}

/** What one needs to understand a failure without making it happen again. */
async function leaveEvidence(server, page, complaints) {
  failures += 1;
  const picture = `${out}failed-${process.pid}-${failures}.png`;
  await page.screenshot({ path: picture });
  const lines = [`the page: ${picture}`, ...complaints, `the server: ${server.log}`];
  process.stderr.write(`${lines.join("\n")}\n`);
}
