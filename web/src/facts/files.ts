import type { Event, EventId } from "../wire.gen";

/** A file that the agent had to do with. */
export interface TouchedFile {
  readonly path: string;
  /** How many calls named it. */
  readonly touches: number;
  /** How many of them changed it. */
  readonly changes: number;
  /** The newest event about it. */
  readonly newest: EventId;
}

const CHANGING: ReadonlySet<unknown> = new Set([
  "create_file",
  "modify_file",
  "delete_file",
  "rename_file",
  "apply_patch",
]);

/** Words about a file are no touch of it. */
const TALK: ReadonlySet<string> = new Set([
  "user.message",
  "assistant.response",
  "question.logged",
]);

/** The files of these events: changed ones first, then the most touched. */
export function touchedFiles(events: readonly Event[]): TouchedFile[] {
  const files = new Map<string, Counted>();
  for (const event of events) {
    const paths = event.metadata.filePaths;
    if (!Array.isArray(paths) || TALK.has(event.kind)) continue;
    for (const path of new Set(paths)) if (typeof path === "string") count(files, path, event);
  }
  return [...files]
    .map(([path, { touches, changes, newest }]) => ({
      path,
      touches: touches.size,
      changes: changes.size,
      newest,
    }))
    .toSorted((a, b) => b.changes - a.changes || b.touches - a.touches || order(a.path, b.path));
}

/** By the ids of the calls: a call and the change that was derived from it are one. */
interface Counted {
  readonly touches: Set<EventId>;
  readonly changes: Set<EventId>;
  newest: EventId;
}

function count(files: Map<string, Counted>, path: string, event: Event): void {
  const { sourceEventId } = event.metadata;
  const id = typeof sourceEventId === "string" ? sourceEventId : event.id;
  const held = files.get(path) ?? { touches: new Set(), changes: new Set(), newest: id };
  held.touches.add(id);
  if (isChange(event)) held.changes.add(id);
  held.newest = id;
  files.set(path, held);
}

function isChange({ kind, metadata }: Event): boolean {
  if (kind === "file.changed") return true;
  return CHANGING.has(metadata.subtypeKey) && metadata.toolStatus === "completed";
}

const order = (a: string, b: string) => (a < b ? -1 : 1);
