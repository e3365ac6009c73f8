import { useId, useRef, useState } from "react";
import { type Counts, totalOf } from "../../attention/counts";
import { counted } from "../../format/number";
import { useCommands } from "../../keys/useCommands";
import { Icon } from "../common/Icon";
import { MoreFilters } from "./MoreFilters";
import { SearchField } from "./SearchField";
import { StateChips } from "./StateChips";
import { useTaskFilter } from "./useTaskFilter";

interface Props {
  /** How many tasks there are of each kind. */
  all: Counts;
  /** How many of them fit. */
  counts: Counts;
}

/** Which tasks are shown: words, states, and behind a button the rest. */
export function FilterBar({ all, counts }: Props) {
  const { filter, isFiltering, setFilter, clear, by, setBy } = useTaskFilter();
  const more = [filter.agent, filter.project, filter.since].filter((one) => one !== null).length;
  const [open, setOpen] = useState(more > 0 || by === "project");
  const panel = useId();
  const search = useRef<HTMLInputElement>(null);
  useCommands({ search: () => search.current?.focus() });
  return (
    <div className="task-filter">
      <div className="filter-line">
        <SearchField
          text={filter.text}
          fieldRef={search}
          onChange={(text) => setFilter({ ...filter, text })}
        />
        <button
          type="button"
          className="icon-button filter-more"
          aria-expanded={open}
          aria-controls={panel}
          aria-label={more > 0 ? `More filters, ${more} set` : "More filters"}
          title="More filters"
          onClick={() => setOpen(!open)}
        >
          <Icon name="filter" />
          {more > 0 && <span className="filter-set" />}
        </button>
      </div>
      <StateChips
        states={filter.states}
        counts={all}
        onChange={(states) => setFilter({ ...filter, states })}
      />
      <div id={panel} className="filter-panel" hidden={!open}>
        <MoreFilters filter={filter} by={by} onChange={setFilter} onGroup={setBy} />
      </div>
      {isFiltering && (
        <p className="filter-fit">
          {counted(totalOf(counts), "task")}
          <button type="button" className="text-button" onClick={clear}>
            Clear filter
          </button>
        </p>
      )}
    </div>
  );
}
