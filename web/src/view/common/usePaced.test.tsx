import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { usePaced } from "./usePaced";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("many values in a row are one change, and the last one is shown in the end", () => {
  let renders = 0;
  const hook = renderHook(
    ({ value }) => {
      renders += 1;
      return usePaced(value, 250);
    },
    { initialProps: { value: 0 } },
  );
  expect(hook.result.current).toBe(0);
  for (let value = 1; value <= 9; value += 1) hook.rerender({ value });
  expect(hook.result.current).toBe(0);
  const before = renders;
  act(() => void vi.advanceTimersByTime(250));
  expect(hook.result.current).toBe(9);
  expect(renders).toBe(before + 1);
});

test("a value that changes while one waits is not lost", () => {
  const hook = renderHook(({ value }) => usePaced(value, 250), { initialProps: { value: "a" } });
  hook.rerender({ value: "b" });
  act(() => void vi.advanceTimersByTime(249));
  hook.rerender({ value: "c" });
  act(() => void vi.advanceTimersByTime(1));
  expect(hook.result.current).toBe("c");
});
