import { useMemo } from "react";
import { OPEN_READ } from "../../app/sync";
import { countsOf } from "../../attention/counts";
import { groupsOf } from "../../attention/sections";
import { whole } from "../../format/number";
import { doneToday } from "../../overview/doneToday";
import { rowsOf } from "../../store/identity";
import type { TaskList } from "../../store/state";
import type { OverviewStats } from "../../wire.gen";
import { FilterLink } from "./FilterLink";
import { NeedsYou } from "./NeedsYou";

interface Props {
  tasks: TaskList;
  stats: OverviewStats;
  now: number;
}

/** What is going on, as the server tells it; the same numbers as the list has without a filter. */
export function Now({ tasks, stats, now }: Props) {
  const groups = useMemo(() => groupsOf(rowsOf(tasks), now), [tasks, now]);
  const done = useMemo(() => doneToday(tasks, now), [tasks, now]);
  const { permission, person, failed, working, silent } = countsOf(groups, stats, OPEN_READ);
  const needing = permission + person + failed;
  return (
    <section aria-label="Now" className="now-part">
      <div className="now">
        <Tile
          name="Needs you"
          tone="waiting"
          count={needing}
          states="permission,person,failed,interrupted"
          explains="Agents that wait for a permission or an answer, and what failed within a day."
        />
        <Tile name="Working" tone="active" count={working} states="working,background" />
        <Tile
          name="Silent"
          tone="quiet"
          count={silent}
          states="silent"
          explains="They should be at work, and nothing was heard of them for long."
        />
        <Tile
          name="Done today"
          tone="good"
          count={done.count}
          isAtLeast={done.partial}
          states="done"
        />
      </div>
      <NeedsYou groups={groups} total={needing} atWork={working} />
    </section>
  );
}

interface TileProps {
  name: string;
  tone: string;
  count: number;
  isAtLeast?: boolean;
  states: string;
  explains?: string;
}

function Tile({ name, tone, count, isAtLeast = false, states, explains }: TileProps) {
  return (
    <FilterLink filter={{ state: states }} className={`now-tile tone-${tone}`} title={explains}>
      <span className="now-name">
        <span className="dot" aria-hidden="true" />
        {name}
      </span>
      <span className="now-count" data-zero={count === 0}>
        {isAtLeast && "≥ "}
        {whole(count)}
      </span>
    </FilterLink>
  );
}
