import { millis } from "../format/time";
import type { Event, EventId, ToolStatus } from "../wire.gen";

/** What the metadata of an event says about a tool call, each field only when it has its type. */
export interface Details {
  /** When it happened, in milliseconds since 1970. */
  readonly at: number;
  readonly toolName?: string;
  readonly toolStatus?: ToolStatus;
  readonly durationMs?: number;
  readonly command?: string;
  readonly output?: string;
  readonly error?: string;
  readonly exitCode?: number;
  /** The agent tells of a command that it ended, not how. */
  readonly exitCodeUnknown: boolean;
  /** What changed in files, as a unified diff. */
  readonly diff?: string;
  readonly filePaths: readonly string[];
  readonly toolInput?: unknown;
  readonly hookEvent?: string;
  readonly endedBy?: string;
  readonly subtypeLabel?: string;
  readonly sourceEventId?: string;
  readonly cut: boolean;
}

const STATUSES: readonly string[] = [
  "running",
  "completed",
  "failed",
  "interrupted",
  "refused",
  "unfinished",
];

/** Rows are never changed in place, so what was found out about one holds as long as it lives. */
const known = new WeakMap<Event, Details>();

export function detailsOf(event: Event): Details {
  const found = known.get(event) ?? read(event);
  known.set(event, found);
  return found;
}

function read({ metadata, createdAt }: Event): Details {
  return {
    at: millis(createdAt),
    ...texts(metadata, ["toolName", "command", "output", "error", "hookEvent", "subtypeLabel"]),
    ...texts(metadata, ["endedBy", "sourceEventId", "diff"]),
    ...numbers(metadata, ["durationMs", "exitCode"]),
    ...(isStatus(metadata.toolStatus) ? { toolStatus: metadata.toolStatus } : {}),
    ...(metadata.toolInput === undefined ? {} : { toolInput: metadata.toolInput }),
    exitCodeUnknown: metadata.exitCodeUnknown === true,
    filePaths: strings(metadata.filePaths),
    cut: metadata.cutAt !== undefined && metadata.cutAt !== false,
  };
}

/** Whether the event stands where others are missing: hook calls that were lost. */
export function isGap({ metadata }: Event): boolean {
  return typeof metadata.gap === "object" && metadata.gap !== null;
}

/** The title a person gave, else the one it was logged with. */
export function titleOf(event: Event): string {
  const given = event.metadata.displayTitle;
  return typeof given === "string" && given !== "" ? given : event.title;
}

/** An event that another one names, and what it is to it. */
export interface EventLink {
  readonly word: string;
  readonly id: EventId;
}

const LINKS_SHOWN = 20;

export function linksOf({ metadata }: Event): EventLink[] {
  const { parentEventId, sourceEventId, relatedEventIds } = metadata;
  const related = strings(relatedEventIds).map((id) => ({ word: "Related to", id }));
  const links: EventLink[] = [...related];
  if (typeof sourceEventId === "string") links.unshift({ word: "Caused by", id: sourceEventId });
  if (typeof parentEventId === "string") links.unshift({ word: "Part of", id: parentEventId });
  return links.slice(0, LINKS_SHOWN);
}

function isStatus(value: unknown): value is ToolStatus {
  return typeof value === "string" && STATUSES.includes(value);
}

function texts<K extends string>(from: Record<string, unknown>, keys: readonly K[]) {
  return typed<K, string>(from, keys, (value) => typeof value === "string" && value !== "");
}

function numbers<K extends string>(from: Record<string, unknown>, keys: readonly K[]) {
  return typed<K, number>(from, keys, (value) => Number.isFinite(value));
}

function typed<K extends string, T>(
  from: Record<string, unknown>,
  keys: readonly K[],
  fits: (value: unknown) => boolean,
): Partial<Record<K, T>> {
  return Object.fromEntries(
    keys.filter((key) => fits(from[key])).map((key) => [key, from[key]]),
  ) as Partial<Record<K, T>>;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
