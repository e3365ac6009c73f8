import { useId, useRef, useState } from "react";
import { type Counts, totalOf } from "../../attention/counts";
import { counted } from "../../format/number";
import { useCommands } from "../../keys/useCommands";
import { Icon } from "../common/Icon";
import { Choice } from "./Choice";
import { MoreFilters } from "./MoreFilters";
import { SearchField } from "./SearchField";
import { StateChips } from "./StateChips";
import { useTaskFilter } from "./useTaskFilter";

interface Props {
  /** How many tasks there are of each kind. */
  all: Counts;
  /** How many of them fit. */
  counts: Counts;
  /** Whether there is something to group. */
  groups?: boolean;
  /** Before the field takes the focus. */
  onSearch?: () => void;
}

/** Which tasks are shown: words, states, and behind a button the rest. */
export function FilterBar({ all, counts, groups = false, onSearch }: Props) {
  const { filter, isFiltering, setFilter, clear, by, setBy } = useTaskFilter();
  const more = [filter.agent, filter.project, filter.since].filter((one) => one !== null).length;
  const [open, setOpen] = useState(more > 0 || by === "project");
  const panel = useId();
  const search = useRef<HTMLInputElement>(null);
  useCommands({
    search: () => {
      onSearch?.();
      search.current?.focus();
    },
  });
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
        <MoreFilters filter={filter} onChange={setFilter} />
        {groups && (
          <Choice
            label="Group by"
            all="Attention"
            value={by === "project" ? by : null}
            options={[["project", "Project"]]}
            onChange={(value) => setBy(value === "project" ? "project" : "attention")}
          />
        )}
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
