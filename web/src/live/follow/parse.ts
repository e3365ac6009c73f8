import type { FollowFrame, RowChange } from "../../wire.gen";

export interface Parsed {
  readonly frame: FollowFrame;
  /** Rows that make no sense, such as those of a kind that only a newer server has. */
  readonly dropped: number;
}

type Kind = "string" | "number" | "object";

/** As pairs, because they are gone through for each row of each frame. */
type Fields = readonly (readonly [string, Kind])[];

const fields = (record: Readonly<Record<string, Kind>>): Fields => Object.entries(record);

const NONE: Fields = [];
const CHAINED = fields({ topic: "string", seq: "number", prev: "number" });
const PLACED = fields({ topic: "string", seq: "number" });

/** What a frame must hold beside its payload before anything of it is believed. */
const FRAMES: Readonly<Record<FollowFrame["type"], Fields>> = {
  changes: CHAINED,
  catchup: CHAINED,
  subscribed: CHAINED,
  removed: CHAINED,
  progress: CHAINED,
  resync: PLACED,
  figures: PLACED,
  pong: NONE,
  error: NONE,
};

const PAYLOADS: Readonly<Partial<Record<FollowFrame["type"], Fields>>> = {
  subscribed: fields({ epoch: "string" }),
  resync: fields({ reason: "string", epoch: "string" }),
  figures: fields({ observability: "object" }),
  error: fields({ code: "string", message: "string" }),
};

/** The fields that the page sorts, finds or draws a row by. */
const ROWS: Readonly<Record<RowChange["kind"], Fields>> = {
  task: fields({
    id: "string",
    status: "string",
    displayTitle: "string",
    lastActivityAt: "string",
  }),
  session: fields({ id: "string", taskId: "string", startedAt: "string" }),
  event: fields({ id: "string", taskId: "string", createdAt: "string", metadata: "object" }),
  bookmark: fields({ id: "string", taskId: "string", createdAt: "string" }),
  evaluation: fields({ taskId: "string", rating: "string" }),
};

/**
 * Reads one frame of a following socket.
 *
 * Never throws: what is no JSON, of an unknown type or of the wrong shape is `null`, for the caller
 * to count and ignore. A row that makes no sense is left out of its frame, whose number still
 * counts: without it the page would ask for the same frame for ever.
 */
export function parseFollow(data: unknown): Parsed | null {
  const frame = typeof data === "string" ? parseJson(data) : null;
  if (!isObject(frame) || !isKey(FRAMES, frame.type)) return null;
  const { type, payload } = frame;
  if (!fits(frame, FRAMES[type]) || !fits(payload, PAYLOADS[type] ?? NONE)) return null;
  if (type !== "changes" && type !== "catchup") {
    return { frame: frame as unknown as FollowFrame, dropped: 0 };
  }
  if (!isObject(payload) || !Array.isArray(payload.rows)) return null;
  const rows = payload.rows.filter(isChange);
  const taken = { ...frame, payload: { rows } } as unknown as FollowFrame;
  return { frame: taken, dropped: payload.rows.length - rows.length };
}

function isChange(change: unknown): boolean {
  if (!isObject(change) || !isKey(ROWS, change.kind)) return false;
  if (typeof change.id !== "string" || !isNumber(change.seq)) return false;
  const { kind, id, row } = change;
  if (row === undefined) return true;
  if (!fits(row, ROWS[kind])) return false;
  return (row as { id?: string; taskId?: string })[kind === "evaluation" ? "taskId" : "id"] === id;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isKey<K extends string>(table: Readonly<Record<K, unknown>>, key: unknown): key is K {
  return typeof key === "string" && Object.hasOwn(table, key);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function fits(value: unknown, wanted: Fields): boolean {
  if (!isObject(value)) return false;
  return wanted.every(([key, kind]) => {
    const field = value[key];
    if (kind === "number") return isNumber(field);
    return kind === "object" ? isObject(field) : typeof field === kind;
  });
}
