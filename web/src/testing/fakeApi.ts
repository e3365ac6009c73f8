import { vi } from "vitest";
import type { Api } from "../api/api";
import { OBSERVABILITY, STATS } from "./samples";

/** An API that holds nothing; a test gives it the answers it needs. */
export function fakeApi(over: Partial<Api> = {}): Api {
  const refuse = () => Promise.reject(new Error("this test did not expect that request"));
  return {
    health: vi.fn(async () => ({ ok: true })),
    overview: vi.fn(async () => ({ stats: STATS, observability: OBSERVABILITY })),
    tasks: vi.fn(async () => ({ tasks: [] })),
    waitingTasks: vi.fn(async () => ({ tasks: [] })),
    bookmarks: vi.fn(async () => ({ bookmarks: [] })),
    observability: vi.fn(async () => ({ observability: null as never })),
    timeline: refuse,
    event: refuse,
    saveBookmark: refuse,
    deleteBookmark: refuse,
    changeTask: refuse,
    deleteTask: refuse,
    deleteFinished: refuse,
    renameEvent: refuse,
    ...over,
  };
}
