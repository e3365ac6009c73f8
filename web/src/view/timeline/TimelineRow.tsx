import { memo } from "react";
import type { Standing } from "../../event/standing";
import type { Row } from "../../timeline/row";
import type { EventId } from "../../wire.gen";
import { EventRow } from "./EventRow";
import { GroupRow } from "./GroupRow";
import { SubagentRow } from "./SubagentRow";

export interface RowActions {
  readonly onPick: (row: Row) => void;
  readonly onFold: (key: string, open: boolean) => void;
  readonly onEarlier: () => void;
}

interface Props {
  row: Row;
  actions: RowActions;
  workspace: string | undefined;
  selected: boolean;
  /** A search looks at it. */
  found: boolean;
  bookmarked: ReadonlySet<EventId>;
  standing: ReadonlyMap<EventId, Standing>;
}

/** The one line that a row is. */
export const TimelineRow = memo(function TimelineRow(props: Props) {
  const { row, actions, selected, workspace, bookmarked, standing } = props;
  const pick = () => actions.onPick(row);
  if (row.kind === "day") return <div className="day-row">{row.label}</div>;
  if (row.kind === "earlier") return <EarlierRow depth={row.depth} onEarlier={actions.onEarlier} />;
  if (row.kind === "event") {
    return (
      <EventRow
        event={row.event}
        depth={row.depth}
        changed={row.changed}
        turn={row.turn}
        workspace={workspace}
        bookmarked={bookmarked.has(row.key)}
        standing={standing.get(row.key)}
        selected={selected}
        found={props.found}
        onPick={pick}
        onToggle={() => actions.onFold(row.key, !row.turn?.open)}
      />
    );
  }
  const toggle = () => actions.onFold(row.key, !row.open);
  const shared = { selected, onPick: pick, onToggle: toggle };
  if (row.kind === "group") return <GroupRow row={row} {...shared} />;
  return <SubagentRow row={row} {...shared} />;
}, isSame);

/** Rows are made anew with each change of the timeline: what they show is what counts. */
function isSame(old: Props, next: Props): boolean {
  const { row } = next;
  if (old.actions !== next.actions || old.selected !== next.selected) return false;
  if (old.found !== next.found) return false;
  if (old.workspace !== next.workspace || row.key !== old.row.key) return false;
  if (row.kind !== "event" || old.row.kind !== "event") return row === old.row;
  return (
    row.event === old.row.event &&
    row.changed === old.row.changed &&
    row.turn === null &&
    old.row.turn === null &&
    old.bookmarked.has(row.key) === next.bookmarked.has(row.key) &&
    old.standing.get(row.key) === next.standing.get(row.key)
  );
}

/** Of a subagent the earlier events are on its own page. */
function EarlierRow({ depth, onEarlier }: { depth: number; onEarlier: () => void }) {
  return (
    <div className="day-row">
      {depth === 0 ? (
        <button type="button" className="text-button" onClick={onEarlier}>
          Load earlier events
        </button>
      ) : (
        "Earlier events are on the subagent’s own page"
      )}
    </div>
  );
}
