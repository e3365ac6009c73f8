import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useRef } from "react";
import type { Nested } from "../../store/family";
import { isFiltering, NO_FILTER, type TaskFilter } from "../../store/filter";
import type { Failure } from "../../store/state";
import type { OverviewStats, TaskId } from "../../wire.gen";
import { useEdge } from "../common/useEdge";
import { useShownSelection } from "../common/useShownSelection";
import { TaskFilterBar } from "./TaskFilterBar";
import { TaskRow } from "./TaskRow";

interface Props {
  /** The rows to show; null until the first read. */
  rows: readonly Nested[] | null;
  total: number;
  hasOlder: boolean;
  selected: TaskId | null;
  filter: TaskFilter;
  stats: OverviewStats | undefined;
  failure: Failure | undefined;
  searchRef: RefObject<HTMLInputElement | null>;
  onFilter: (filter: TaskFilter) => void;
  onOlder: () => void;
}

const ROW_PX = 72;

export function TaskPane(props: Props) {
  const { rows, filter, stats, searchRef, onFilter } = props;
  return (
    <aside className="task-pane" aria-label="Tasks">
      <TaskFilterBar filter={filter} stats={stats} searchRef={searchRef} onChange={onFilter} />
      {rows !== null && rows.length > 0 ? (
        <TaskList {...props} rows={rows} />
      ) : (
        <NoRows {...props} />
      )}
    </aside>
  );
}

function TaskList(props: Props & { rows: readonly Nested[] }) {
  const { rows, selected, hasOlder, onOlder } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.task.id ?? index,
    getScrollElement: () => scroller.current,
    overscan: 8,
    useFlushSync: false,
  });
  const at = rows.findIndex(({ task }) => task.id === selected);
  useShownSelection(at, selected, (index, align) => virtual.scrollToIndex(index, { align }));
  const nearEnd = useEdge(hasOlder ? rows.at(-1)?.task.id : undefined, onOlder);
  const onScroll = () => {
    const element = scroller.current;
    if (element === null) return;
    nearEnd(element.scrollHeight - element.clientHeight - element.scrollTop);
  };
  return (
    <div className="task-scroller" ref={scroller} onScroll={onScroll}>
      <ul className="task-list" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const row = rows[index];
          return (
            row && (
              <li key={key} style={{ transform: `translateY(${start}px)` }}>
                <TaskRow {...row} selected={row.task.id === selected} />
              </li>
            )
          );
        })}
      </ul>
      {hasOlder && (
        <button type="button" className="button more" onClick={onOlder}>
          Load older tasks
        </button>
      )}
    </div>
  );
}

/** Why there are no rows: still reading, no server, nothing recorded, or the filter hides all. */
function NoRows({ rows, total, hasOlder, filter, failure, onFilter, onOlder }: Props) {
  if (rows === null && failure === undefined) return <SkeletonRows />;
  if (rows === null) return <p className="pane-note">The task list could not be read.</p>;
  if (!isFiltering(filter)) return <p className="pane-note">No tasks yet.</p>;
  return (
    <div className="pane-note">
      <p>
        None of the {total} tasks {hasOlder ? "loaded so far fits" : "fits"} the filter.
      </p>
      <button type="button" className="button" onClick={() => onFilter(NO_FILTER)}>
        Clear the filter
      </button>
      {hasOlder && (
        <button type="button" className="button" onClick={onOlder}>
          Load older tasks
        </button>
      )}
    </div>
  );
}

function SkeletonRows() {
  return (
    <div className="skeleton-rows" role="status" aria-label="Reading the task list">
      {["a", "b", "c", "d", "e"].map((key) => (
        <div key={key} className="skeleton skeleton-row" />
      ))}
    </div>
  );
}
