import type { Message } from "../wire.gen";

type Shape = Readonly<Record<string, "string" | "array" | "object">>;

/** What a payload must hold before anything of it is believed: only the fields the page acts on. */
const SHAPES: Readonly<Record<Message["type"], Shape>> = {
  snapshot: { stats: "object", tasks: "array" },
  "task.started": { id: "string" },
  "task.completed": { id: "string" },
  "task.updated": { id: "string" },
  "task.deleted": { taskId: "string" },
  "session.started": { id: "string", taskId: "string" },
  "session.ended": { id: "string", taskId: "string" },
  "event.logged": { id: "string", taskId: "string" },
  "event.updated": { id: "string", taskId: "string" },
  "bookmark.saved": { id: "string", taskId: "string" },
  "bookmark.deleted": { bookmarkId: "string" },
  "tasks.purged": { taskIds: "array" },
};

/**
 * Reads one frame of the socket.
 *
 * Never throws: a frame that is no JSON, of an unknown type or of the wrong shape is `null`, for
 * the caller to count and ignore, because a newer server may say things this page does not know.
 */
export function parseFrame(data: unknown): Message | null {
  const frame = typeof data === "string" ? parseJson(data) : null;
  if (!isObject(frame) || !isType(frame.type)) return null;
  return fits(frame.payload, SHAPES[frame.type]) ? (frame as unknown as Message) : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isType(type: unknown): type is Message["type"] {
  return typeof type === "string" && Object.hasOwn(SHAPES, type);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fits(payload: unknown, shape: Shape): boolean {
  if (!isObject(payload)) return false;
  return Object.entries(shape).every(([key, kind]) => {
    const value = payload[key];
    if (kind === "array") return Array.isArray(value);
    return kind === "object" ? isObject(value) : typeof value === kind;
  });
}
