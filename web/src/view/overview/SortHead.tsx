import type { Order } from "../../overview/sorting";

interface Props {
  column: { readonly key: string; readonly title: string; explains?: string; isMinor?: boolean };
  order: Order;
  onTurn: (key: string) => void;
}

/** A heading that orders the rows by its column. */
export function SortHead({ column, order, onTurn }: Props) {
  const { key, title, explains, isMinor } = column;
  const isIt = order.by === key;
  const sort = isIt ? (order.isUp ? "ascending" : "descending") : undefined;
  return (
    <th scope="col" aria-sort={sort} data-minor={isMinor}>
      <button type="button" className="sort-head" title={explains} onClick={() => onTurn(key)}>
        {title}
        <span className="sort-mark" aria-hidden="true">
          {isIt && (order.isUp ? "↑" : "↓")}
        </span>
      </button>
    </th>
  );
}
