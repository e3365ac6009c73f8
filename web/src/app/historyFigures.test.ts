import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EMPTY_TABLE, toTable } from "../store/identity";
import { INITIAL, type MonitorState } from "../store/state";
import { Store } from "../store/store";
import { fakeApi } from "../testing/fakeApi";
import { fakeTimers, useFakeClock } from "../testing/fakeTimers";
import { aToolDay } from "../testing/history";
import { aTask } from "../testing/samples";
import { HistoryFigures } from "./historyFigures";

beforeEach(useFakeClock);
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const wanted = { period: "7d", from: Date.UTC(2026, 10, 12) } as const;
const EMPTY = { hours: [], usage: [], tools: [] };

function stage(history: () => Promise<typeof EMPTY> = async () => EMPTY) {
  const api = fakeApi({ history });
  const store = new Store<MonitorState>(INITIAL, (run) => run());
  const figures = new HistoryFigures(api, store, fakeTimers);
  const happen = () =>
    store.change((state) => ({
      ...state,
      tasks: { ...toTable(EMPTY_TABLE, [aTask()]), paged: 1 },
    }));
  return { api, figures, happen };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test("it reads when somebody begins to look, from where the comparison begins", async () => {
  const { api, figures } = stage();
  const stop = figures.look(wanted);
  await pass(0);
  expect(api.history).toHaveBeenCalledExactlyOnceWith("2026-11-12T00:00:00.000Z");
  expect(figures.state.get().answers.get("7d")).toMatchObject(EMPTY);
  stop();
});

test("it reads again only once something happened, and not before a while has passed", async () => {
  const { api, figures, happen } = stage();
  const stop = figures.look(wanted);
  await pass(60_000);
  expect(api.history).toHaveBeenCalledTimes(1);
  happen();
  happen();
  await pass(0);
  expect(api.history).toHaveBeenCalledTimes(2);
  happen();
  await pass(14_999);
  expect(api.history).toHaveBeenCalledTimes(2);
  await pass(1);
  expect(api.history).toHaveBeenCalledTimes(3);
  stop();
  happen();
  await pass(60_000);
  expect(api.history).toHaveBeenCalledTimes(3);
});

test("nothing is read for a page that nobody sees, until it is seen", async () => {
  const { api, figures, happen } = stage();
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  const stop = figures.look(wanted);
  happen();
  await pass(60_000);
  expect(api.history).not.toHaveBeenCalled();
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event("visibilitychange"));
  await pass(0);
  expect(api.history).toHaveBeenCalledTimes(1);
  stop();
});

test("a failed read keeps what was read last, and is tried again", async () => {
  const answer = { ...EMPTY, tools: [aToolDay()] };
  const read = vi.fn(async () => answer as unknown as typeof EMPTY);
  const { figures, happen } = stage(read);
  const stop = figures.look(wanted);
  await pass(15_000);
  read.mockRejectedValueOnce(new Error("the database is busy"));
  happen();
  await pass(0);
  const { answers, failure } = figures.state.get();
  expect(failure?.message).toBe("the database is busy");
  expect(answers.get("7d")?.tools).toHaveLength(1);
  await pass(15_000);
  expect(figures.state.get().failure).toBeNull();
  stop();
});
