/** Whether two JSON values say the same. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(b, key) &&
      sameJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

/** The old value where nothing changed, so that a row which shows it has no reason to render. */
export function keep<T>(old: T | undefined | null, next: T): T {
  return old !== undefined && old !== null && sameJson(old, next) ? old : next;
}

/** A list of rows by id, in order. Both parts keep their identity while nothing of them changes. */
export interface Table<T> {
  readonly byId: ReadonlyMap<string, T>;
  readonly order: readonly string[];
}

export const EMPTY_TABLE: Table<never> = { byId: new Map<string, never>(), order: [] };

interface Row {
  readonly id: string;
}

/** The table that holds `rows` in their order, with every unchanged row and part taken from `old`. */
export function toTable<T extends Row>(old: Table<T>, rows: readonly T[]): Table<T> {
  const byId = new Map(rows.map((row) => [row.id, keep(old.byId.get(row.id), row)]));
  const order = keep(old.order, [...byId.keys()]);
  const sameRows =
    byId.size === old.byId.size && [...byId].every(([id, row]) => old.byId.get(id) === row);
  if (!sameRows) return { byId, order };
  return order === old.order ? old : { byId: old.byId, order };
}

export function without<T>(table: Table<T>, ids: ReadonlySet<string>): Table<T> {
  if (!table.order.some((id) => ids.has(id))) return table;
  const order = table.order.filter((id) => !ids.has(id));
  return { order, byId: new Map([...table.byId].filter(([id]) => !ids.has(id))) };
}

export function rowsOf<T>(table: Table<T>): T[] {
  return table.order.flatMap((id) => table.byId.get(id) ?? []);
}
