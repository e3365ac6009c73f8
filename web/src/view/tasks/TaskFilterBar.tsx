import { type KeyboardEvent, type RefObject, useCallback } from "react";
import { TASK_STATUS } from "../../event/status";
import { whole } from "../../format/number";
import type { TaskFilter } from "../../store/filter";
import type { OverviewStats, TaskStatus } from "../../wire.gen";
import { Icon } from "../common/Icon";

interface Props {
  filter: TaskFilter;
  stats: OverviewStats | undefined;
  searchRef: RefObject<HTMLInputElement | null>;
  onChange: (filter: TaskFilter) => void;
}

const STATUSES: readonly (readonly [TaskStatus, (stats: OverviewStats) => number])[] = [
  ["running", (stats) => stats.runningTasks],
  ["waiting", (stats) => stats.waitingTasks],
  ["completed", (stats) => stats.completedTasks],
  ["errored", (stats) => stats.erroredTasks],
];

export function TaskFilterBar({ filter, stats, searchRef, onChange }: Props) {
  const toggle = (status: TaskStatus) => {
    const statuses = new Set(filter.statuses);
    if (!statuses.delete(status)) statuses.add(status);
    onChange({ ...filter, statuses });
  };
  return (
    <div className="task-filter">
      <SearchField
        text={filter.text}
        searchRef={searchRef}
        onChange={(text) => onChange({ ...filter, text })}
      />
      <fieldset className="states" aria-label="Show only">
        {STATUSES.map(([status, count]) => (
          <button
            key={status}
            type="button"
            className={`state tone-${TASK_STATUS[status].tone}`}
            aria-pressed={filter.statuses.has(status)}
            title={TASK_STATUS[status].explains}
            onClick={() => toggle(status)}
          >
            <span className="state-count" data-zero={!stats || count(stats) === 0}>
              {stats ? whole(count(stats)) : "–"}
            </span>
            <span className="state-name">{TASK_STATUS[status].label}</span>
          </button>
        ))}
      </fieldset>
    </div>
  );
}

interface SearchProps {
  text: string;
  searchRef: RefObject<HTMLInputElement | null>;
  onChange: (text: string) => void;
}

function SearchField({ text, searchRef, onChange }: SearchProps) {
  const onKey = useCallback(
    (event: KeyboardEvent<HTMLInputElement>) => {
      if (event.key !== "Escape") return;
      onChange("");
      event.currentTarget.blur();
    },
    [onChange],
  );
  return (
    <label className="search">
      <Icon name="search" />
      <input
        ref={searchRef}
        type="search"
        className="field"
        placeholder="Filter tasks"
        aria-label="Filter tasks"
        title="Words of the title, the agent or the folder"
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKey}
      />
      <kbd>/</kbd>
    </label>
  );
}
