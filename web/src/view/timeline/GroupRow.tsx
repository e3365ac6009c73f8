import { memo } from "react";
import { titleOf } from "../../event/details";
import { duration } from "../../format/duration";
import { counted } from "../../format/number";
import { plainLine } from "../../format/plain";
import { clock, fullTime } from "../../format/time";
import type { GroupRow as Group } from "../../timeline/row";
import { Fold } from "./Fold";
import { LaneRail } from "./LaneRail";
import { rowId } from "./rowId";
import { StatusIcon } from "./StatusIcon";

interface Props {
  row: Group;
  selected: boolean;
  onPick: () => void;
  onToggle: () => void;
}

/** Many small steps in one line, with the newest of them named. */
export const GroupRow = memo(function GroupRow({ row, selected, onPick, onToggle }: Props) {
  const { first, last, label, open, sum, depth } = row;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the page's own keys move and open rows
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names the active row
    <div
      id={rowId(row.key)}
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={selected}
      aria-expanded={open}
      className="event-row group-row"
      data-depth={depth}
      onClick={onPick}
      onDoubleClick={onToggle}
    >
      <time className="event-time" dateTime={first.createdAt} title={fullTime(first.createdAt)}>
        {clock(first.createdAt)}
      </time>
      <LaneRail lane={first.lane} />
      <StatusIcon status={sum.running ? "running" : undefined} />
      <span className="event-kind">{counted(sum.rows, "step")}</span>
      <span className="event-text">
        <Fold open={open} label={label} onToggle={onToggle} />
        <span className="event-title">{label}</span>
        {!open && (
          <span className="event-summary" dir="auto">
            … {plainLine(titleOf(last), 120)}
          </span>
        )}
      </span>
      <span className="event-duration">{duration(sum.ms)}</span>
    </div>
  );
});
