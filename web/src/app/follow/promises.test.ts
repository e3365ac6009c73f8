// A page in front of a server that does anything a server and a network may do.
// spec: L1, L2, L3, L5, L8, L14

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fits, NO_FILTER, type TaskFilter } from "../../store/filter";
import { rowsOf } from "../../store/identity";
import { byActivity } from "../../store/order";
import { INITIAL, type MonitorState } from "../../store/state";
import { Store } from "../../store/store";
import { fakeApi } from "../../testing/fakeApi";
import { fakeTimers, useFakeClock } from "../../testing/fakeTimers";
import { Model } from "../../testing/model";
import { ModelServer } from "../../testing/modelServer";
import { Random } from "../../testing/random";
import { Monitor } from "../monitor";
import { Tally } from "../tally";

beforeEach(useFakeClock);
afterEach(() => vi.useRealTimers());

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

/** Losing a frame is more than a socket does; the chain of numbers must show it all the same. */
interface Network {
  drops: number;
  repeats: number;
}

function setUp(seed: number, { drops, repeats }: Network) {
  const random = new Random(seed);
  const model = new Model(random);
  for (let count = 0; count < 30; count += 1) model.commit();
  const server = new ModelServer(model, random);
  const store = new Store<MonitorState>(INITIAL, (run) => run());
  const tally = new Tally("patch");
  const monitor = new Monitor({
    api: fakeApi(server.answers),
    store,
    timers: fakeTimers,
    tally,
    open: (query) => server.open(query),
  });
  const deliver = (reliable: boolean) => {
    const frame = server.line?.frames.shift();
    if (frame === undefined) return;
    const mayDrop = frame.type !== "resync" && frame.type !== "removed" && !reliable;
    if (mayDrop && random.chance(drops)) return;
    server.line?.socket.hear(frame);
    if (!reliable && random.chance(repeats)) server.line?.socket.hear(frame);
  };
  const answer = () => {
    const request = random.pick(server.requests);
    if (request === undefined) return;
    if (request.made === null) return request.answer();
    server.requests.splice(server.requests.indexOf(request), 1);
    return request.made();
  };
  return { random, model, server, store, tally, monitor, deliver, answer };
}

type Stage = ReturnType<typeof setUp>;

/** What one topic held after each commit: it comes from one read, so it shows any state in between. */
class History {
  readonly #moments = new Map<number, string>();

  note({ model }: Stage): void {
    this.#moments.set(model.seq, JSON.stringify(model.bookmarks));
  }

  /** The page shows the topic exactly as it was at its cursor. */
  check({ store, tally }: Stage): void {
    const place = tally.read().topics.find(({ topic }) => topic === "bookmarks");
    const { bookmarks } = store.get();
    if (bookmarks === null || place === undefined || place.cursor === null) return;
    expect(JSON.stringify(rowsOf(bookmarks))).toBe(this.#moments.get(place.cursor));
  }
}

async function act(stage: Stage, exchanges: boolean): Promise<void> {
  const { random, server, model, monitor, deliver, answer } = stage;
  const dice = random.next();
  if (dice < 0.3) server.commit();
  else if (dice < 0.6) deliver(false);
  else if (dice < 0.7) server.obey();
  else if (dice < 0.85) answer();
  else if (dice < 0.88) server.accept();
  else if (dice < 0.9) monitor.select(random.pick(model.tasks)?.id ?? null);
  else if (dice < 0.915) void monitor.loadOlderTasks().catch(() => {});
  else if (dice < 0.94) void monitor.filter(random.pick(FILTERS) ?? null).catch(() => {});
  else if (dice < 0.95) {
    const held = random.pick([...stage.store.get().details.keys()]);
    if (held !== undefined) void monitor.loadEarlier(held).catch(() => {});
  } else if (dice < 0.96) server.progress();
  else if (dice < 0.98) await settle(random.below(3_000));
  else if (dice < 0.985 || !exchanges) server.close();
  else {
    server.close();
    model.exchange();
  }
  await settle();
}

/** Everything arrives, and nothing new happens. */
async function calm({ server, deliver, answer }: Stage): Promise<void> {
  for (let round = 0; round < 60; round += 1) {
    await settle(1_000);
    server.accept();
    for (let step = 0; step < 200 && (server.line?.socket.commands.length ?? 0) > 0; step += 1) {
      server.obey();
    }
    while ((server.line?.frames.length ?? 0) > 0) deliver(true);
    for (let step = 0; step < 400 && server.requests.length > 0; step += 1) {
      answer();
      await settle();
    }
    if (round === 50) server.progress();
  }
}

const FILTERS: readonly (TaskFilter | null)[] = [
  null,
  { ...NO_FILTER, states: new Set(["person"]) },
  { ...NO_FILTER, states: new Set(["done"]) },
  { ...NO_FILTER, text: "named by" },
];

/** All that fits is there, down to the last row that was paged. */
function checkFiltered({ store, model }: Stage): void {
  const { filtered, workspaces } = store.get();
  if (filtered === null) return;
  const { filter, start, edge, byId } = filtered;
  const fitting = model.tasks.filter((task) => fits(task, filter, { workspaces, start }));
  const wanted = fitting.filter(
    (task) => byId.has(task.id) || !edge || byActivity(task, edge) <= 0,
  );
  expect(rowsOf(filtered)).toEqual(wanted);
  if (filtered.before === undefined) expect(filtered.total).toBe(fitting.length);
}

function check(stage: Stage): void {
  const { store, model } = stage;
  const state = store.get();
  const { tasks } = state;
  if (tasks === null) throw new Error("the list was never read");
  const wanted = model.tasks.filter(
    (task) => tasks.byId.has(task.id) || !tasks.edge || byActivity(task, tasks.edge) <= 0,
  );
  expect(rowsOf(tasks)).toEqual(wanted);
  const open = model.tasks.filter(({ status }) => status !== "completed");
  expect(open.every(({ id }) => tasks.byId.has(id))).toBe(true);
  checkFiltered(stage);
  expect(state.overview?.stats).toEqual(model.stats);
  expect(state.bookmarks && rowsOf(state.bookmarks)).toEqual(model.bookmarks);
  expect(new Map(state.evaluations)).toEqual(
    new Map(model.evaluations.map((row) => [row.taskId, row])),
  );
  for (const [id, detail] of state.details) {
    expect(detail.task).toEqual(model.tasks.find((task) => task.id === id));
    const all = model.eventsOf(id);
    const events = rowsOf(detail.events);
    expect(events).toEqual(all.slice(all.length - events.length));
    if (detail.before === undefined) expect(events).toHaveLength(all.length);
    expect(detail.sessions).toEqual(model.sessionsOf(id));
    expect(detail.children).toEqual(model.childrenOf(id));
  }
}

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed + 1);

async function play(seed: number, network: Network, exchanges: boolean): Promise<void> {
  const stage = setUp(seed, network);
  stage.monitor.start();
  const history = new History();
  for (let step = 0; step < 400; step += 1) {
    history.note(stage);
    await act(stage, exchanges);
    history.note(stage);
    if (!exchanges) history.check(stage);
  }
  // What was lost at the very end shows when the page asks again.
  stage.server.close();
  await calm(stage);
  check(stage);
  stage.monitor.stop();
}

test.each(SEEDS)("delays and lost connections, seed %i", (seed) =>
  play(seed, { drops: 0, repeats: 0 }, false),
);

test.each(SEEDS)("lost and repeated frames, seed %i", (seed) =>
  play(seed, { drops: 0.1, repeats: 0.1 }, false),
);

test.each(SEEDS)("exchanged files, seed %i", (seed) =>
  play(seed, { drops: 0.05, repeats: 0.1 }, true),
);
