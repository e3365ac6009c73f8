// A server that asks for a token: a person logs in, and then all is as without it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { onStage, skip, useBrowser } from "../lib/stage.mjs";

useBrowser();

const TOKEN = "a token nobody guesses";
// The browser itself writes refused requests on the console.
const excuses = (complaint) => /401/.test(complaint);

test("a person logs in with the token, and the page is live", { skip }, () =>
  onStage(
    async ({ server, page, screen }) => {
      await page.goto(server.url);
      await page.getByLabel(/token/i).fill("not the token, by far");
      await page.getByRole("button", { name: "Log in" }).click();
      await page.getByText("That is not the token of this server.").waitFor();
      await page.getByLabel(/token/i).fill(TOKEN);
      await page.getByRole("button", { name: "Log in" }).click();
      await page.getByText("Nothing recorded yet").waitFor();
      await screen.connection("Live");
      assert.equal((await fetch(`${server.url}/api/tasks`)).status, 401);
    },
    { server: { token: TOKEN }, excuses },
  ),
);
