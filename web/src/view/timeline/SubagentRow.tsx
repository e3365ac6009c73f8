import { memo } from "react";
import { duration } from "../../format/duration";
import { plainLine } from "../../format/plain";
import { clock, fullTime, millis } from "../../format/time";
import type { SubagentRow as Subagent } from "../../timeline/row";
import { Elapsed } from "../common/Moments";
import { TaskLink } from "../common/PlaceLink";
import { Status } from "../common/Status";
import { Fold } from "./Fold";
import { LaneRail } from "./LaneRail";
import { rowId } from "./rowId";

interface Props {
  row: Subagent;
  selected: boolean;
  onPick: () => void;
  onToggle: () => void;
}

/** A subagent in one line: it opens in place, and has a page of its own. */
export const SubagentRow = memo(function SubagentRow({ row, selected, onPick, onToggle }: Props) {
  const { task, open, loading, depth } = row;
  const title = plainLine(task.displayTitle, 200);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the page's own keys move and open rows
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names the active row
    <div
      id={rowId(row.key)}
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={selected}
      aria-expanded={open}
      aria-busy={loading}
      className="event-row subagent-row"
      data-depth={depth}
      onClick={onPick}
      onDoubleClick={onToggle}
    >
      <time className="event-time" dateTime={task.createdAt} title={fullTime(task.createdAt)}>
        {clock(task.createdAt)}
      </time>
      <LaneRail lane="coordination" />
      <span className="status-icon">{loading && <span className="spinner" />}</span>
      <span className="event-kind">Subagent</span>
      <span className="event-text" dir="auto">
        <Fold open={open} label={title} onToggle={onToggle} />
        <span className="event-title">{title}</span>
      </span>
      <Status task={task} />
      <TaskLink id={task.id} className="text-button" tabIndex={-1}>
        Open
      </TaskLink>
      <span className="event-duration">
        {task.status === "running" ? (
          <Elapsed since={task.createdAt} />
        ) : (
          duration(millis(task.lastActivityAt) - millis(task.createdAt))
        )}
      </span>
    </div>
  );
});
