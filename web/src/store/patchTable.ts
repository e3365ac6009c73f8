import { keep, type Table } from "./identity";
import type { Compare } from "./order";

/** Rows by id as they are now; null where the row is gone. In the order in which they came. */
export type Patch<T> = ReadonlyMap<string, T | null>;

/**
 * The table with the patch in it, each changed row at its place. Rows and parts that the patch
 * leaves as they are keep their identity.
 */
export function patchTable<T>(table: Table<T>, patch: Patch<T>, compare: Compare<T>): Table<T> {
  const byId = new Map(table.byId);
  const leaving = new Set<string>();
  const placing = new Map<string, T>();
  for (const [id, given] of patch) {
    const old = table.byId.get(id);
    const row = given === null ? null : keep(old, given);
    if (row === old || (row === null && old === undefined)) continue;
    if (row === null) byId.delete(id);
    else byId.set(id, row);
    if (old !== undefined && row !== null && compare(old, row) === 0) continue;
    if (old !== undefined) leaving.add(id);
    if (row !== null) placing.set(id, row);
  }
  const order = moved(table.order, leaving, placing, (id) => byId.get(id) as T, compare);
  const changed = byId.size !== table.byId.size || [...patch.keys()].some(differs);
  return changed ? { byId, order } : table;

  function differs(id: string): boolean {
    return byId.get(id) !== table.byId.get(id);
  }
}

function moved<T>(
  order: readonly string[],
  leaving: ReadonlySet<string>,
  placing: ReadonlyMap<string, T>,
  rowOf: (id: string) => T,
  compare: Compare<T>,
): readonly string[] {
  if (leaving.size === 0 && placing.size === 0) return order;
  const next = leaving.size === 0 ? [...order] : order.filter((id) => !leaving.has(id));
  for (const [id, row] of placing) next.splice(placeOf(next, row, rowOf, compare), 0, id);
  return next;
}

/** Where a row belongs: behind all that do not come after it. */
function placeOf<T>(
  order: readonly string[],
  row: T,
  rowOf: (id: string) => T,
  compare: Compare<T>,
): number {
  let [low, high] = [0, order.length];
  // The usual place is an end: a new event is the last one, an active task the first.
  const last = order.at(-1);
  if (last === undefined || compare(rowOf(last), row) <= 0) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(rowOf(order[middle] as string), row) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same for a list that is short. */
export function patchList<T extends { id: string }>(
  list: readonly T[],
  patch: Patch<T>,
  compare: Compare<T>,
): readonly T[] {
  const table = {
    byId: new Map(list.map((row) => [row.id, row])),
    order: list.map(({ id }) => id),
  };
  const next = patchTable(table, patch, compare);
  return next === table ? list : next.order.flatMap((id) => next.byId.get(id) ?? []);
}
