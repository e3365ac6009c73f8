// Every test ends by asking for complaints: this one shows that they would be heard.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { launch, openPage, skip } from "../lib/browser.mjs";

const PAGE = `<!doctype html><link rel="icon" href="data:,"><script>
  console.error("an error on the console");
  new Image().src = "http://elsewhere.test/picture";
  Promise.reject(new Error("nobody caught this"));
</script>`;

test("errors, foreign requests and uncaught rejections are heard", { skip }, async () => {
  const http = createServer((_, answer) => answer.end(PAGE)).listen(0, "127.0.0.1");
  await once(http, "listening");
  const { port } = http.address();
  const browser = await launch();
  try {
    const { page, complaints } = await openPage(browser, { port });
    const refused = page.context().waitForEvent("requestfailed");
    await page.goto(`http://127.0.0.1:${port}/`);
    await refused;
    const text = complaints.join("\n");
    assert.match(text, /an error on the console/);
    assert.match(text, /asked http:\/\/elsewhere\.test\/picture/);
    assert.match(text, /nobody caught this/);
  } finally {
    await browser.close();
    http.close();
  }
});
