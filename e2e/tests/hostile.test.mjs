// Text that an agent or a file brought along is shown, never obeyed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hook, recorded } from "../lib/hooks.mjs";
import { onStage, skip, useBrowser } from "../lib/stage.mjs";

useBrowser();

const MARKUP = "<img src=x onerror=window.__pwned=1>";
const HOSTILE = `${MARKUP} \u001b[31mred\u001b[0m \u202egnol\u202c one\u2028two`;

test("a hostile prompt is shown as text", { skip }, () =>
  onStage(async ({ server, screen, page }) => {
    await screen.open();
    const [start, prompt] = await recorded("first-edit");
    await hook(server, start);
    await hook(server, { ...prompt, prompt: HOSTILE });
    const task = await server.taskOf(MARKUP);
    await screen.task(task).filter({ hasText: MARKUP }).waitFor();
    await screen.openTask(task);
    const timeline = await server.timelineOf(task);
    const event = timeline.find(({ kind }) => kind === "user.message");
    assert.ok(event, "the prompt became no event");
    assert.ok(`${event.title} ${event.body}`.includes(MARKUP), "the server changed the text");
    await screen.event(event).click();
    await screen.inspector.getByText(MARKUP).first().waitFor();
    await assertHarmless(page);
  }),
);

/** The markup made no element and ran nothing, and no bidi control can turn the text around it. */
async function assertHarmless(page) {
  const found = await page.evaluate(() => ({
    pwned: window.__pwned,
    images: document.querySelectorAll('img[src="x"]').length,
    escapes: document.body.innerText.includes("\u001b"),
    overrides: document.title.includes("\u202e"),
  }));
  assert.deepEqual(found, { pwned: undefined, images: 0, escapes: false, overrides: false });
}
