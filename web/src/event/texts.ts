import type { Event } from "../wire.gen";

/** The text of an event at a place: `title`, `body`, or a path in its metadata. */
export function textAt(event: Event, field: string): string | undefined {
  if (field === "body") return event.body;
  if (field === "title") return event.title;
  let value: unknown = event.metadata;
  for (const key of field.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return typeof value === "string" ? value : undefined;
}

/** Whether a text of an event is only its beginning: the server cuts at a number of bytes. */
export function isBeginning(event: Event, text: string): boolean {
  const cutAt = Number(event.metadata.cutAt);
  // A character at the end may have up to four bytes, and is never halved.
  if (!(cutAt > 0) || text.length * 3 < cutAt - 3) return false;
  return new TextEncoder().encode(text).length > cutAt - 4;
}
