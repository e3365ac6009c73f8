import { vi } from "vitest";
import type { Api, At } from "../api/api";
import { OBSERVABILITY, STATS } from "./samples";

type Optional<T> = T extends At ? Omit<T, keyof At | "evaluations"> & Partial<T> : T;

/** Answers as a test gives them: of which moment they are matters only where it says so. */
export type Answers = {
  [K in keyof Api]: (...args: Parameters<Api[K]>) => Promise<Optional<Awaited<ReturnType<Api[K]>>>>;
};

const NOWHERE = { epoch: "epoch", seq: 1, evaluations: [] };

/** An API that holds nothing; a test gives it the answers it needs. */
export function fakeApi(over: Partial<Answers> = {}): Api {
  const refuse = () => Promise.reject(new Error("this test did not expect that request"));
  const answers: Answers = {
    health: async () => ({ ok: true }),
    overview: async () => ({ stats: STATS, observability: OBSERVABILITY }),
    tasks: async () => ({ tasks: [] }),
    tasksIn: async () => ({ tasks: [] }),
    failedSince: async () => ({ tasks: [] }),
    workspaces: async () => ({ workspaces: [] }),
    history: async () => ({ hours: [], usage: [], tools: [] }),
    bookmarks: async () => ({ bookmarks: [] }),
    observability: async () => ({ observability: null as never }),
    timeline: refuse,
    timelineUntil: refuse,
    event: refuse,
    payloads: async () => ({ payloads: [] }),
    usage: refuse,
    saveBookmark: refuse,
    deleteBookmark: refuse,
    changeTask: refuse,
    rateTask: refuse,
    deleteTask: refuse,
    deleteFinished: refuse,
    restoreTasks: refuse,
    finishedTasks: refuse,
    findTasks: async () => ({ tasks: [] }),
    renameEvent: refuse,
    importStatus: refuse,
    startImport: refuse,
    ...over,
  };
  const placed = Object.entries(answers).map(([name, answer]) => {
    const give = answer as (...args: unknown[]) => Promise<object>;
    return [name, vi.fn(async (...args: unknown[]) => ({ ...NOWHERE, ...(await give(...args)) }))];
  });
  return Object.fromEntries(placed) as unknown as Api;
}
