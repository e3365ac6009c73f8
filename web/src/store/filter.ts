import type { Params } from "../address/address";
import { stateOf } from "../event/status";
import type { ActivityState, Task, Timestamp } from "../wire.gen";
import { projectOf, type Workspaces } from "./workspace";

/** How far back activity is looked for. */
export type Since = "hour" | "day" | "week";

const HOUR_MS = 60 * 60_000;
const SINCE_MS: Readonly<Record<Since, number>> = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
};
const MINUTE_MS = 60_000;

const STATES: readonly ActivityState[] = [
  "permission",
  "person",
  "failed",
  "working",
  "background",
  "interrupted",
  "silent",
  "done",
];

/** Which tasks the list shows. What is null or empty lets all through. */
export interface TaskFilter {
  readonly text: string;
  readonly states: ReadonlySet<ActivityState>;
  /** One agent, or several between commas. */
  readonly agent: string | null;
  readonly project: string | null;
  readonly since: Since | null;
}

export const NO_FILTER: TaskFilter = {
  text: "",
  states: new Set(),
  agent: null,
  project: null,
  since: null,
};

type Get = (name: "q" | "state" | "agent" | "project" | "since") => string | null;

/** The filter that an address names; words that it does not know are none. */
export function readFilter(get: Get): TaskFilter {
  const words = wordsIn(get("state") ?? "");
  const since = get("since") ?? "";
  return {
    text: get("q") ?? "",
    states: new Set(STATES.filter((state) => words.includes(state))),
    agent: get("agent") || null,
    project: get("project") || null,
    since: Object.hasOwn(SINCE_MS, since) ? (since as Since) : null,
  };
}

/** Words between commas. */
function wordsIn(list: string): string[] {
  return list.split(",").map((word) => word.trim());
}

/** The filter as an address names it. */
export function filterParams({ text, states, agent, project, since }: TaskFilter): Params {
  const state = STATES.filter((one) => states.has(one)).join(",");
  return { q: text || null, state: state || null, agent, project, since };
}

export function isFiltering({ text, states, agent, project, since }: TaskFilter): boolean {
  return text.trim() !== "" || states.size > 0 || [agent, project, since].some((it) => it !== null);
}

/** Two filters with the same name let the same tasks through. */
export function filterName(filter: TaskFilter): string {
  return JSON.stringify([...Object.values(filterParams({ ...filter, text: filter.text.trim() }))]);
}

/** The filter as `/api/tasks` takes it. */
export function filterQuery(filter: TaskFilter, now: number): Record<string, string | undefined> {
  const { q, state, agent, project } = filterParams({ ...filter, text: filter.text.trim() });
  const from = startOf(filter, now) ?? undefined;
  return {
    q: q ?? undefined,
    state: state ?? undefined,
    agent: agent ?? undefined,
    project: project ?? undefined,
    from,
  };
}

/** Since when something must have happened; whole minutes, so that it does not change all the time. */
export function startOf({ since }: TaskFilter, now: number): Timestamp | null {
  if (since === null) return null;
  return new Date(Math.floor((now - SINCE_MS[since]) / MINUTE_MS) * MINUTE_MS).toISOString();
}

/** What a filter is held against beside the task itself. */
export interface FilterScope {
  readonly workspaces: Workspaces;
  readonly start: Timestamp | null;
}

/** Whether a task fits: the same rules as the server's, so that a list can be kept up by hand. */
export function fits(task: Task, filter: TaskFilter, { workspaces, start }: FilterScope): boolean {
  const { states, agent, project } = filter;
  return (
    (states.size === 0 || states.has(stateOf(task))) &&
    (agent === null || wordsIn(agent).includes(task.runtimeSource ?? "unknown")) &&
    (project === null || projectOf(task, workspaces) === project) &&
    (start === null || task.lastActivityAt >= start) &&
    hasWords(task, filter.text)
  );
}

/** Every word stands somewhere in what the task is called, in its folder, its agent or its id. */
function hasWords(task: Task, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const told = toldOf(task);
  return words.every((word) => told.includes(word));
}

/** A row that did not change is looked through again with every change of another one. */
const TOLD = new WeakMap<Task, string>();

function toldOf(task: Task): string {
  const known = TOLD.get(task);
  if (known !== undefined) return known;
  const { displayTitle, title, workspacePath, runtimeSource, id } = task;
  const told = [displayTitle, title, workspacePath, runtimeSource, id].join("\n").toLowerCase();
  TOLD.set(task, told);
  return told;
}
