// Chromium with everything that it does of its own accord switched off, and an ear for complaints.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** Where the browser is; `undefined` when there is none. */
export const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));

/** For `test(name, { skip })`: in CI the tests run, and fail, even without a browser. */
export const skip =
  executablePath === undefined && process.env.CI !== "true" ? "no Chromium was found" : false;

export function launch() {
  return chromium.launch({
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // Even a request that slipped through could reach nobody.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });
}

/** A page, and every complaint about it: errors on its console, requests to a foreign host. */
export async function openPage(browser, server, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, ...options });
  context.setDefaultTimeout(15_000);
  const complaints = [];
  const page = await context.newPage();
  const host = `127.0.0.1:${server.port}`;
  const heard = (url) => {
    const { protocol, host: asked } = new URL(url);
    if (!["data:", "blob:"].includes(protocol) && asked !== host) complaints.push(`asked ${url}`);
  };
  context.on("request", (request) => heard(request.url()));
  page.on("websocket", (socket) => heard(socket.url()));
  page.on("pageerror", (error) => complaints.push(`threw ${error.stack ?? error}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url}`);
  });
  return { page, complaints };
}

/** What Chromium itself says when a server is gone: true, and no fault of the page. */
export function isOutage(complaint) {
  return /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED|ERR_SOCKET_NOT_CONNECTED/.test(
    complaint,
  );
}
