// Waiting for a condition that nothing announces.

import { setTimeout as pause } from "node:timers/promises";

const DEADLINE_MS = 15_000;
const BETWEEN_MS = 25;

/** Asks again until the answer is one, and fails with the last reason why it was none. */
export async function until(ask) {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await pause(BETWEEN_MS);
  }
}
