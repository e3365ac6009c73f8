import { detailsOf, isGap, titleOf } from "../../event/details";
import { hasFailed } from "../../event/failed";
import { kindWord } from "../../event/kinds";
import { laneLabel } from "../../event/lanes";
import type { Standing } from "../../event/standing";
import { STANDING, TOOL_STATUS } from "../../event/status";
import { summaryOf } from "../../event/summary";
import { duration } from "../../format/duration";
import { counted } from "../../format/number";
import { plainLine } from "../../format/plain";
import { clock, fullTime } from "../../format/time";
import type { Sum, Turn } from "../../timeline/row";
import type { Event, ToolStatus } from "../../wire.gen";
import { Icon } from "../common/Icon";
import { Elapsed } from "../common/Moments";
import { Fold } from "./Fold";
import { LaneRail } from "./LaneRail";
import { rowId } from "./rowId";
import { StatusIcon } from "./StatusIcon";

interface Props {
  event: Event;
  depth: number;
  /** Files that it changed by itself. */
  changed: number;
  /** What a prompt led to. */
  turn: Turn | null;
  workspace: string | undefined;
  bookmarked: boolean;
  selected: boolean;
  found: boolean;
  standing: Standing | undefined;
  onPick: () => void;
  onToggle: () => void;
}

function rowClass(event: Event): string {
  if (isGap(event)) return "event-row gap";
  return hasFailed(event) ? "event-row failed" : "event-row";
}

const TOLD: ReadonlySet<ToolStatus> = new Set(["interrupted", "refused", "unfinished"]);

/** One event in one line. */
export function EventRow(props: Props) {
  const { event, depth, turn, workspace, bookmarked, selected, standing } = props;
  const { toolStatus, sourceEventId } = detailsOf(event);
  const summary = summaryOf(event, workspace);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the page's own keys move and open rows
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names the active row
    <div
      id={rowId(event.id)}
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={selected}
      aria-expanded={turn?.open}
      className={rowClass(event)}
      data-kind={event.kind}
      data-depth={depth}
      data-found={props.found}
      data-derived={event.kind === "file.changed" && sourceEventId !== undefined}
      onClick={props.onPick}
      onDoubleClick={turn === null ? undefined : props.onToggle}
    >
      <time className="event-time" dateTime={event.createdAt} title={fullTime(event.createdAt)}>
        {clock(event.createdAt)}
      </time>
      <LaneRail lane={event.lane} />
      <StatusIcon status={toolStatus} standing={standing} />
      <span className="event-kind">{plainLine(kindWord(event), 40)}</span>
      <span className="event-text" dir="auto">
        {turn && <Fold open={turn.open} label="this turn" onToggle={props.onToggle} />}
        <span className="event-title">{plainLine(titleOf(event), 200)}</span>
        {summary && (
          <span className={summary.code ? "event-summary code" : "event-summary"}>
            {summary.text}
          </span>
        )}
      </span>
      <span className="visually-hidden">{laneLabel(event.lane)} lane</span>
      {props.changed > 1 && <span className="event-note">{props.changed} files changed</span>}
      {turn && <TurnSum sum={turn.sum} />}
      <Outcome event={event} standing={standing} />
      {bookmarked && (
        <span className="event-mark" title="Bookmarked">
          <Icon name="bookmark" filled />
        </span>
      )}
      <span className="event-duration">
        {turn ? duration(turn.sum.ms) : <CallTime event={event} />}
      </span>
    </div>
  );
}

/** What a prompt led to. */
function TurnSum({ sum: { calls, failed } }: { sum: Sum }) {
  return (
    <span className="event-note">
      {calls > 0 && counted(calls, "call")}
      {failed > 0 && <span className="tone-bad"> · {failed} failed</span>}
    </span>
  );
}

/** In words: how a call ended where it did not simply end well, or what is still waited for. */
function Outcome({ event, standing }: Pick<Props, "event" | "standing">) {
  const { toolStatus, exitCode } = detailsOf(event);
  if (exitCode !== undefined && exitCode !== 0) {
    return <span className="outcome tone-bad">exit {exitCode}</span>;
  }
  const told = toolStatus !== undefined && TOLD.has(toolStatus) ? TOOL_STATUS[toolStatus] : null;
  const said = told ?? (standing ? STANDING[standing] : null);
  if (said === null) return null;
  const { label, tone } = said;
  return <span className={`outcome tone-${tone}`}>{label.toLowerCase()}</span>;
}

function CallTime({ event }: { event: Event }) {
  const { toolStatus, durationMs } = detailsOf(event);
  if (toolStatus === "running") return <Elapsed since={event.createdAt} />;
  return durationMs === undefined ? null : duration(durationMs);
}
