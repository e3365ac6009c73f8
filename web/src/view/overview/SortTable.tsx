import { useMemo, useState } from "react";
import type { ListParam } from "../../address/address";
import { whole } from "../../format/number";
import { plainLine } from "../../format/plain";
import { type Column, type Order, sorted, turned } from "../../overview/sorting";
import { FilterLink } from "./FilterLink";
import { SortHead } from "./SortHead";

const SHOWN = 8;

type Named = { readonly key: string; readonly name: string };

interface Props<R extends Named> {
  title: string;
  note?: string | undefined;
  /** What a row is. */
  what: string;
  rows: readonly R[];
  columns: readonly Column<R>[];
  /** The column that it is ordered by at first. */
  by: string;
  /** Which of the list's tasks a row is about. */
  filterOf?: (row: R) => Partial<Record<ListParam, string>> | null;
}

export function SortTable<R extends Named>(props: Props<R>) {
  const { title, note, what, rows, columns, by, filterOf } = props;
  const [order, setOrder] = useState<Order>({ by, isUp: false });
  const [isWhole, setWhole] = useState(false);
  const all = useMemo(() => sorted(rows, columns, order), [rows, columns, order]);
  const shown = isWhole ? all : all.slice(0, SHOWN);
  if (rows.length === 0) return null;
  const turn = (key: string) => setOrder((held) => turned(held, key));
  return (
    <section aria-label={title} className="breakdown">
      <h3>
        {title}
        {note && <span className="breakdown-note">{note}</span>}
      </h3>
      <table>
        <thead>
          <tr>
            <SortHead column={{ key: "name", title: what }} order={order} onTurn={turn} />
            {columns.map((column) => (
              <SortHead key={column.key} column={column} order={order} onTurn={turn} />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <Name row={row} filter={filterOf?.(row) ?? null} />
              </th>
              {columns.map((column) => (
                <Cell key={column.key} row={row} column={column} rows={rows} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {all.length > SHOWN && (
        <button type="button" className="text-button" onClick={() => setWhole(!isWhole)}>
          {isWhole ? "Show fewer" : `Show all ${whole(all.length)}`}
        </button>
      )}
    </section>
  );
}

interface NameProps {
  row: Named;
  filter: Partial<Record<ListParam, string>> | null;
}

function Name({ row, filter }: NameProps) {
  const name = plainLine(row.name, 60);
  if (filter === null) return <span title={plainLine(row.key, 200) || undefined}>{name}</span>;
  return (
    <FilterLink filter={filter} title={`Show the tasks of ${plainLine(row.key, 200)}`}>
      {name}
    </FilterLink>
  );
}

interface CellProps<R> {
  row: R;
  column: Column<R>;
  rows: readonly R[];
}

function Cell<R>({ row, column, rows }: CellProps<R>) {
  const { text, details, value, hasBar, isMinor, isBad } = column;
  const greatest = hasBar ? Math.max(1, ...rows.map(value)) : 1;
  return (
    <td data-minor={isMinor} data-bad={isBad?.(row)} data-bar={hasBar} title={details?.(row)}>
      {hasBar && (
        <span className="cell-bar" aria-hidden="true">
          <span style={{ width: `${(value(row) / greatest) * 100}%` }} />
        </span>
      )}
      <span className="cell-text">{text(row)}</span>
    </td>
  );
}
