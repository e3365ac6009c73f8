/** A column of a table: how its cells read, and by what rows are ordered. */
export interface Column<R> {
  readonly key: string;
  readonly title: string;
  readonly explains?: string;
  readonly value: (row: R) => number;
  readonly text: (row: R) => string;
  readonly details?: (row: R) => string;
  /** Its cells have bars: shares of the greatest. */
  readonly hasBar?: boolean;
  /** The first to go where there is little room. */
  readonly isMinor?: boolean;
  readonly isBad?: (row: R) => boolean;
}

/** `name` or the key of a column. */
export interface Order {
  readonly by: string;
  readonly isUp: boolean;
}

type Named = { readonly key: string; readonly name: string };

/** Rows in an order; those that are equal in it by name, so that none jumps without a reason. */
export function sorted<R extends Named>(
  rows: readonly R[],
  columns: readonly Column<R>[],
  { by, isUp }: Order,
): R[] {
  const column = columns.find(({ key }) => key === by);
  const sign = isUp ? 1 : -1;
  const byName = (a: R, b: R) => a.name.localeCompare(b.name) || a.key.localeCompare(b.key);
  if (column === undefined) return [...rows].sort((a, b) => sign * byName(a, b));
  return [...rows].sort((a, b) => sign * (column.value(a) - column.value(b)) || byName(a, b));
}

/** What a press on a heading does: numbers begin with the greatest, names with the first. */
export function turned(order: Order, by: string): Order {
  return order.by === by ? { by, isUp: !order.isUp } : { by, isUp: by === "name" };
}
