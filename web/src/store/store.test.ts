import { expect, test, vi } from "vitest";
import { Store } from "./store";

function setUp() {
  const frames: (() => void)[] = [];
  const store = new Store({ count: 0 }, (run) => frames.push(run));
  const paint = () => {
    for (const run of frames.splice(0)) run();
  };
  return { store, frames, paint };
}

test("many changes of one frame are told once", () => {
  const { store, frames, paint } = setUp();
  const listener = vi.fn();
  store.subscribe(listener);
  for (let at = 0; at < 100; at += 1) store.change(({ count }) => ({ count: count + 1 }));
  expect(listener).not.toHaveBeenCalled();
  expect(frames).toHaveLength(1);
  paint();
  expect(listener).toHaveBeenCalledTimes(1);
  expect(store.get().count).toBe(100);
});

test("a browser's own function can be the schedule: it is called as no one's method", () => {
  const calledOn: unknown[] = [];
  const store = new Store({ count: 0 }, function (this: unknown) {
    calledOn.push(this);
  });
  store.change(() => ({ count: 1 }));
  expect(calledOn).toEqual([undefined]);
});

test("a change that changes nothing tells nobody", () => {
  const { store, frames } = setUp();
  store.change((state) => state);
  expect(frames).toHaveLength(0);
});

test("a listener that leaves while others are told is safe", () => {
  const { store, paint } = setUp();
  const late = vi.fn();
  const leave = store.subscribe(() => leave());
  store.subscribe(late);
  store.change(() => ({ count: 1 }));
  paint();
  expect(late).toHaveBeenCalledTimes(1);
});

test("a deferred change is made once, at the frame or when somebody looks", () => {
  const { store, paint } = setUp();
  const listener = vi.fn();
  const change = vi.fn(({ count }) => ({ count: count + 1 }));
  store.subscribe(listener);
  store.defer(change);
  expect(change).not.toHaveBeenCalled();
  expect(store.get().count).toBe(1);
  store.defer(change);
  paint();
  expect(change).toHaveBeenCalledTimes(2);
  expect(listener).toHaveBeenCalledTimes(1);
});

test("a deferred change comes before whatever is changed after it", () => {
  const { store } = setUp();
  store.defer(({ count }) => ({ count: count + 1 }));
  store.change(({ count }) => ({ count: count * 10 }));
  expect(store.get().count).toBe(10);
});
