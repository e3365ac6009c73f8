// Talking to `cargo xtask bench`, a line at a time.

import { createInterface } from "node:readline";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

export function say(line) {
  console.log(line);
}

export async function heard(word) {
  const { value, done } = await lines.next();
  if (done || value !== word) throw new Error(`heard ${value} instead of ${word}`);
}

export function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}
