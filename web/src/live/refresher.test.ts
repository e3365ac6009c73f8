import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fakeTimers, useFakeClock } from "../testing/fakeTimers";
import { CLEAN, EVERYTHING, type Marks } from "./dirty";
import { Refresher } from "./refresher";

const OVERVIEW: Marks = { ...CLEAN, overview: true };
const TASK: Marks = { ...CLEAN, task: true };
const BOOKMARKS: Marks = { ...CLEAN, bookmarks: true };

beforeEach(useFakeClock);
afterEach(() => vi.useRealTimers());

/** A reader that notes what it was asked, and answers when told to. */
function slowReader() {
  const asked: Marks[] = [];
  const answers: ((unread: Marks) => void)[] = [];
  const read = (marks: Marks) => {
    asked.push(marks);
    return new Promise<Marks>((resolve) => answers.push(resolve));
  };
  const answer = async (unread: Marks = CLEAN) => {
    answers.shift()?.(unread);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { asked, read, answer };
}

test("marks of one window are merged: an early one is not lost to a later one", async () => {
  const { asked, read } = slowReader();
  const refresher = new Refresher(read, fakeTimers);
  refresher.mark(OVERVIEW);
  refresher.mark(TASK);
  refresher.mark(BOOKMARKS);
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toEqual([EVERYTHING]);
});

test("a busy agent does not put the read off: it starts 500 ms after the first mark", async () => {
  const { asked, read } = slowReader();
  const refresher = new Refresher(read, fakeTimers);
  for (let at = 0; at < 500; at += 50) {
    refresher.mark(TASK);
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(asked).toHaveLength(1);
});

test("one read at a time: marks made meanwhile wait for the next", async () => {
  const { asked, read, answer } = slowReader();
  const refresher = new Refresher(read, fakeTimers);
  refresher.mark(TASK);
  await vi.advanceTimersByTimeAsync(500);
  refresher.mark(BOOKMARKS);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toEqual([TASK]);
  await answer();
  expect(asked).toEqual([TASK, BOOKMARKS]);
});

test("a mark made late in a read still waits no longer than its window", async () => {
  const { asked, read, answer } = slowReader();
  const refresher = new Refresher(read, fakeTimers);
  refresher.markNow(TASK);
  await vi.advanceTimersByTimeAsync(300);
  refresher.mark(OVERVIEW);
  await vi.advanceTimersByTimeAsync(100);
  await answer();
  await vi.advanceTimersByTimeAsync(399);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toEqual([TASK, OVERVIEW]);
});

test("what could not be read stays marked and is tried again with growing pauses", async () => {
  const { asked, read, answer } = slowReader();
  const refresher = new Refresher(read, fakeTimers);
  refresher.markNow(EVERYTHING);
  await answer(TASK);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toEqual([EVERYTHING, TASK]);
  await answer(TASK);
  await vi.advanceTimersByTimeAsync(1_999);
  expect(asked).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  await answer();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(3);
});

test("a reader that throws loses no marks", async () => {
  const read = vi.fn().mockRejectedValueOnce(new Error("no")).mockResolvedValue(CLEAN);
  const refresher = new Refresher(read, fakeTimers);
  refresher.markNow(BOOKMARKS);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(read.mock.calls).toEqual([[BOOKMARKS], [BOOKMARKS]]);
});

test("a snapshot does not wait out the pause of a failed read", async () => {
  const { asked, read, answer } = slowReader();
  const refresher = new Refresher(read, fakeTimers);
  refresher.markNow(TASK);
  await answer(TASK);
  refresher.markNow(EVERYTHING);
  expect(asked).toEqual([TASK, EVERYTHING]);
});

test("after stop nothing is read", async () => {
  const { asked, read } = slowReader();
  const refresher = new Refresher(read, fakeTimers);
  refresher.mark(TASK);
  refresher.stop();
  refresher.markNow(TASK);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toEqual([]);
});
