import { useMemo } from "react";
import { useMonitor } from "../../app/context";
import { rowsOf } from "../../store/identity";
import type { TaskDetail } from "../../store/state";
import type { Folds, Row } from "../../timeline/row";
import { type Part, timelineRows } from "../../timeline/rows";
import type { Event, EventId, Lane, Task, TaskId } from "../../wire.gen";
import { useOpenSubagents } from "../timeline/useFolds";

interface Shown {
  readonly children: readonly Task[];
  readonly events: readonly Event[];
  readonly earlier: boolean;
  readonly only: ReadonlySet<Lane>;
  readonly folds: Folds;
  readonly selected: EventId | null;
}

/** The rows of a task's timeline, with what its opened subagents did. */
export function useTimeline({ children, events, earlier, only, folds, selected }: Shown): Row[] {
  const open = useOpenSubagents(folds);
  const details = useMonitor((state) => (open.length === 0 ? null : state.details));
  const inside = useMemo(
    () => (id: TaskId) => {
      const held = details?.get(id);
      return held === undefined ? null : partOf(held);
    },
    [details],
  );
  return useMemo(
    () => timelineRows({ events, children, earlier }, { only, folds, selected, inside }),
    [events, children, earlier, only, folds, selected, inside],
  );
}

function partOf({ events, children, before }: TaskDetail): Part {
  return { events: rowsOf(events), children, earlier: before !== undefined };
}
