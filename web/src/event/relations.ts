import { sameJson } from "../store/identity";
import type { Event, EventId } from "../wire.gen";
import { detailsOf } from "./details";

/** Another event that this one has to do with. */
export interface Relation {
  readonly word: string;
  readonly id: EventId;
  /** Absent where it is not among the loaded ones. */
  readonly event?: Event;
}

const NAMED_MAX = 20;
const LED_TO_MAX = 20;

/** What an event has to do with others of its task, which are in order. */
export function relationsOf(event: Event, events: readonly Event[]): Relation[] {
  const byId = new Map(events.map((other) => [other.id, other]));
  const at = (word: string) => (id: EventId) => {
    const other = byId.get(id);
    return { word, id, ...(other === undefined ? {} : { event: other }) };
  };
  const is = (word: string, other: Event | undefined) =>
    other === undefined ? [] : [{ word, id: other.id, event: other }];
  const { parentEventId, sourceEventId, relatedEventIds } = event.metadata;
  const ledTo = events.filter(({ metadata }) => metadata.sourceEventId === event.id);
  const found = [
    ...texts(parentEventId).map(at("Part of")),
    ...texts(sourceEventId).map(at("Caused by")),
    ...is("Prompt", promptOf(event, events)),
    ...is("Permission", permissionFor(event, events)),
    ...is("Asked for", callOf(event, events)),
    ...ledTo.slice(0, LED_TO_MAX).flatMap((other) => is("Led to", other)),
    ...texts(relatedEventIds).slice(0, NAMED_MAX).map(at("Related")),
  ];
  return found.filter(
    ({ id }, index) => id !== event.id && found.findIndex((other) => other.id === id) === index,
  );
}

/** The prompt that an event names, or else the last one before it in its session. */
function promptOf(event: Event, events: readonly Event[]): Event | undefined {
  if (event.kind === "user.message") return undefined;
  const { promptId } = event.metadata;
  const prompts = events.filter(({ kind }) => kind === "user.message");
  if (typeof promptId === "string") {
    return prompts.find(({ metadata }) => metadata.promptId === promptId);
  }
  const place = events.indexOf(event);
  if (place < 0) return undefined;
  const before = events.slice(0, place).findLast(({ kind }) => kind === "user.message");
  return before?.sessionId === event.sessionId ? before : undefined;
}

/** The question whether this call may run. */
function permissionFor(call: Event, events: readonly Event[]): Event | undefined {
  if (isPermission(call) || call.metadata.toolName === undefined) return undefined;
  return nearest(
    call,
    events.filter((other) => isPermission(other) && isAbout(other, call)),
  );
}

/** The call that a permission is about. */
function callOf(permission: Event, events: readonly Event[]): Event | undefined {
  if (!isPermission(permission)) return undefined;
  return nearest(
    permission,
    events.filter((other) => !isPermission(other) && isAbout(permission, other)),
  );
}

function isPermission({ kind, metadata }: Event): boolean {
  const { questionId } = metadata;
  return (
    kind === "question.logged" &&
    typeof questionId === "string" &&
    questionId.startsWith("permission:")
  );
}

function isAbout(permission: Event, call: Event): boolean {
  const asked = permission.metadata;
  const { toolName, toolUseId, toolInput } = call.metadata;
  if (toolName === undefined) return false;
  if (asked.toolUseId !== undefined) return asked.toolUseId === toolUseId;
  return (
    asked.toolName === toolName &&
    asked.toolInput !== undefined &&
    sameJson(asked.toolInput, toolInput)
  );
}

function nearest(event: Event, others: readonly Event[]): Event | undefined {
  const distance = ({ createdAt }: Event) =>
    Math.abs(Date.parse(createdAt) - Date.parse(event.createdAt));
  return others.toSorted((a, b) => distance(a) - distance(b))[0];
}

/** Other events about one of the files of this one, the newest first. */
export interface SameFile {
  readonly path: string;
  readonly events: readonly Event[];
}

export function sameFiles(event: Event, events: readonly Event[]): SameFile[] {
  const paths = [...new Set(detailsOf(event).filePaths)];
  return paths.flatMap((path) => {
    const others = events.filter(
      (other) =>
        other.id !== event.id &&
        Array.isArray(other.metadata.filePaths) &&
        other.metadata.filePaths.includes(path) &&
        // A change that was derived from a call repeats it.
        other.metadata.sourceEventId === undefined,
    );
    return others.length === 0 ? [] : [{ path, events: others.toReversed() }];
  });
}

function texts(value: unknown): string[] {
  return [value].flat().filter((item): item is string => typeof item === "string" && item !== "");
}
