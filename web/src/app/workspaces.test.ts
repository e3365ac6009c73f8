import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../api/errors";
import { applyTasks } from "../store/apply";
import { INITIAL, type MonitorState } from "../store/state";
import { Store } from "../store/store";
import { fakeApi } from "../testing/fakeApi";
import { fakeTimers, useFakeClock } from "../testing/fakeTimers";
import { aTask } from "../testing/samples";
import { WorkspaceReader } from "./workspaces";

beforeEach(useFakeClock);
afterEach(() => vi.useRealTimers());

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const known = (path: string) => ({ path, project: path, name: "App", tasks: 1 });

function setUp(workspaces: () => Promise<{ workspaces: ReturnType<typeof known>[] }>) {
  const api = fakeApi({ workspaces });
  const store = new Store<MonitorState>(INITIAL, (run) => run());
  new WorkspaceReader(api, store, fakeTimers).start();
  const show = (...paths: string[]) => {
    const tasks = paths.map((workspacePath) => aTask({ id: workspacePath, workspacePath }));
    store.change((state) => applyTasks(state, { tasks }));
  };
  return { api, store, show };
}

test("an unknown folder is asked for once, and again only after a while", async () => {
  const { api, store, show } = setUp(async () => ({ workspaces: [known("/a")] }));
  show("/a");
  await settle();
  expect(store.get().workspaces.get("/a")?.name).toBe("App");
  show("/a", "/b");
  show("/a", "/b", "/c");
  await settle(4_999);
  expect(api.workspaces).toHaveBeenCalledTimes(1);
  await settle(1);
  expect(api.workspaces).toHaveBeenCalledTimes(2);
});

test("known folders are not asked for", async () => {
  const { api, show } = setUp(async () => ({ workspaces: [known("/a")] }));
  show("/a");
  await settle(5_000);
  show("/a");
  await settle(60_000);
  expect(api.workspaces).toHaveBeenCalledTimes(1);
});

test("a server that cannot tell is not asked again, one that did not answer is", async () => {
  const missing = setUp(() => Promise.reject(new ApiError("no", 404, "not_found")));
  missing.show("/a");
  await settle(60_000);
  expect(missing.api.workspaces).toHaveBeenCalledTimes(1);
  const away = setUp(() => Promise.reject(new ApiError("no answer", 0, "unreachable")));
  away.show("/a");
  await settle(5_000);
  away.show("/a", "/b");
  await settle(5_000);
  expect(away.api.workspaces).toHaveBeenCalledTimes(2);
});
