import { EMPTY_TABLE, toTable } from "../store/identity";
import type { TaskDetail } from "../store/state";
import type { Bookmark, Event, OverviewObservability, OverviewStats, Task } from "../wire.gen";

const AT = "2026-11-23T12:00:00.000Z";

export function aTask(over: Partial<Task> = {}): Task {
  return {
    id: "task",
    title: "Fix the greeting",
    slug: "fix-the-greeting",
    status: "running",
    taskKind: "primary",
    createdAt: AT,
    updatedAt: AT,
    lastActivityAt: AT,
    displayTitle: over.title ?? "Fix the greeting",
    ...over,
  };
}

export function anEvent(over: Partial<Event> = {}): Event {
  return {
    id: "event",
    taskId: "task",
    kind: "tool.used",
    lane: "exploration",
    title: "Read greet.py",
    metadata: { filePaths: [] },
    classification: { lane: "exploration", tags: [], matches: [] },
    createdAt: AT,
    ...over,
  };
}

export function aBookmark(over: Partial<Bookmark> = {}): Bookmark {
  return {
    id: "bookmark",
    kind: "task",
    taskId: "task",
    title: "Fix the greeting",
    metadata: {},
    createdAt: AT,
    updatedAt: AT,
    ...over,
  };
}

/** The detail of a task with these events, in this order. */
export function detailWith(ids: readonly string[]): TaskDetail {
  const events = toTable(
    EMPTY_TABLE,
    ids.map((id) => anEvent({ id })),
  );
  return { task: aTask(), events, sessions: [], children: [], observability: null };
}

export const STATS: OverviewStats = {
  totalTasks: 4,
  runningTasks: 1,
  waitingTasks: 1,
  completedTasks: 2,
  erroredTasks: 0,
  totalEvents: 40,
};

export const OBSERVABILITY: OverviewObservability = {
  generatedAt: AT,
  totalTasks: 4,
  runningTasks: 1,
  staleRunningTasks: 0,
  avgDurationMs: 61_000,
  avgEventsPerTask: 10,
  promptCaptureRate: 0.5,
  traceLinkedTaskRate: 0.25,
  tasksWithQuestions: 1,
  tasksWithTodos: 2,
  tasksWithCoordination: 3,
  tasksWithBackground: 4,
  runtimeSources: [],
};
