import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { columnsOf } from "../../attention/columns";
import { FilterBar } from "../tasks/FilterBar";
import { NoRows } from "../tasks/NoRows";
import { useHeldSections } from "../tasks/useHeldSections";
import { useHold } from "../tasks/useHold";
import { useListing } from "../tasks/useListing";
import { BoardTabs } from "./BoardTabs";
import { Column } from "./Column";
import { useBoardKeys } from "./useBoardKeys";

/** All tasks side by side, by what they ask for. */
export function BoardPage() {
  const { listing, held: data, name, isFiltering, isRead, clear } = useListing();
  const { held, watch } = useHold();
  const current = useMemo(() => columnsOf(listing), [listing]);
  const columns = useHeldSections(current, held, name);
  // Where there is room for one column only.
  const [shown, setShown] = useState(0);
  const board = useRef<HTMLDivElement>(null);
  const move = useBoardKeys(board, shown, setShown, columns.length);
  const onKey = (event: KeyboardEvent) => {
    watch.onKeyDown();
    move(event);
  };
  const empty = columns.every(({ rows }) => rows.length === 0);
  return (
    <main className="board" aria-label="Board">
      <h1 className="visually-hidden">Board</h1>
      <FilterBar all={listing.all} counts={listing.counts} />
      {empty && (data.tasks === null || isFiltering) ? (
        <NoRows
          reading={data.tasks === null || !isRead}
          failed={false}
          isFiltering={isFiltering}
          onClear={clear}
        />
      ) : (
        <>
          <BoardTabs columns={columns} shown={shown} onShow={setShown} />
          {/* biome-ignore lint/a11y/noStaticElementInteractions: it only moves between its links */}
          <div className="board-columns" ref={board} {...watch} onKeyDown={onKey}>
            {columns.map((column, index) => (
              <Column key={column.key} column={column} shown={index === shown} />
            ))}
          </div>
        </>
      )}
    </main>
  );
}
