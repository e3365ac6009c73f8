import type { EventId, TaskId, Timestamp } from "../wire.gen";

/** What stands behind the `?`, by name. */
export type Params = Readonly<Record<string, string | null>>;

/** Which tasks the list shows and how: goes along wherever the person goes. */
const OF_LIST = ["q", "state", "agent", "project", "since", "group"] as const;

/** How a task is looked at: goes along from one task to the next. */
const OF_LOOK = ["view", "pane"] as const;

/** Names a part of one task: left behind with it. */
const OF_TASK = ["event", "at", "lanes", "find"] as const;

/** How much time the overview shows: left behind with it. */
const OF_OVERVIEW = ["period"] as const;

export type ListParam = (typeof OF_LIST)[number];
export type Param =
  | ListParam
  | (typeof OF_LOOK)[number]
  | (typeof OF_TASK)[number]
  | (typeof OF_OVERVIEW)[number];

/** The two looks at a timeline. */
export type View = "list" | "lanes";

/** Everything that a link must bring back. */
export interface Address {
  readonly path: string;
  readonly taskId: TaskId | null;
  readonly eventId: EventId | null;
  readonly view: View;
  /** Whether the facts of the task are shown where no event is selected. */
  readonly facts: boolean;
  /** The moment that is looked at; null is now. */
  readonly at: Timestamp | null;
  readonly get: (name: Param) => string | null;
}

export function readAddress(path: string, search: string): Address {
  const params = new URLSearchParams(search);
  const get = (name: Param) => params.get(name) || null;
  const at = get("at");
  return {
    path,
    taskId: taskIdIn(path),
    eventId: get("event"),
    view: get("view") === "lanes" ? "lanes" : "list",
    facts: get("pane") === "task",
    at: at === null || Number.isNaN(Date.parse(at)) ? null : at,
    get,
  };
}

/** The task that a path names; a segment with a broken escape is taken as it is. */
export function taskIdIn(path: string): TaskId | null {
  const segment = /^\/tasks\/([^/]+)\/?$/.exec(path)?.[1];
  if (segment === undefined) return null;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The same place with some parameters changed; null takes one away. */
export function withParams(address: Address, search: string, change: Params): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === "") params.delete(name);
    else params.set(name, value);
  }
  return join(address.path, params);
}

/** A task as the person looks at tasks, at its newest moment. */
export function taskAddress(id: TaskId, search: string, more: Params = {}): string {
  return to(`/tasks/${encodeURIComponent(id)}`, search, [...OF_LIST, ...OF_LOOK], more);
}

/** Another page, with the list as it is. */
export function pageAddress(path: string, search: string, more: Params = {}): string {
  return to(path, search, OF_LIST, more);
}

function to(path: string, search: string, names: readonly string[], more: Params): string {
  const old = new URLSearchParams(search);
  const kept = names.flatMap((name) => {
    const value = old.get(name);
    return value ? [[name, value] as [string, string]] : [];
  });
  const added = Object.entries(more).filter((pair): pair is [string, string] => pair[1] !== null);
  return join(path, new URLSearchParams([...kept, ...added]));
}

function join(path: string, params: URLSearchParams): string {
  const search = params.toString();
  return search === "" ? path : `${path}?${search}`;
}
