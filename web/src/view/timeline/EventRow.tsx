import { memo } from "react";
import { detailsOf, isGap, titleOf } from "../../event/details";
import { kindWord } from "../../event/kinds";
import { laneLabel } from "../../event/lanes";
import type { Standing } from "../../event/standing";
import { STANDING, TOOL_STATUS } from "../../event/status";
import { summaryOf } from "../../event/summary";
import { duration } from "../../format/duration";
import { plainLine } from "../../format/plain";
import { clock, fullTime } from "../../format/time";
import type { Event, EventId, ToolStatus } from "../../wire.gen";
import { Icon } from "../common/Icon";
import { Elapsed } from "../common/Moments";
import { LaneRail } from "./LaneRail";
import { StatusIcon } from "./StatusIcon";

interface Props {
  event: Event;
  workspace: string | undefined;
  bookmarked: boolean;
  selected: boolean;
  standing: Standing | undefined;
  onSelect: (id: EventId) => void;
}

function rowClass(event: Event): string {
  if (isGap(event)) return "event-row gap";
  const failed = detailsOf(event).toolStatus === "failed" || event.kind === "task.error";
  return failed ? "event-row failed" : "event-row";
}

const TOLD: ReadonlySet<ToolStatus> = new Set(["interrupted", "refused", "unfinished"]);

/** One event in one line. It renders again only when its own event changes. */
export const EventRow = memo(function EventRow(props: Props) {
  const { event, workspace, bookmarked, selected, standing, onSelect } = props;
  const { toolStatus, sourceEventId } = detailsOf(event);
  const summary = summaryOf(event, workspace);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the page's own keys move and open rows
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names the active row
    <div
      id={rowId(event.id)}
      role="option"
      aria-selected={selected}
      className={rowClass(event)}
      data-kind={event.kind}
      data-derived={event.kind === "file.changed" && sourceEventId !== undefined}
      onClick={() => onSelect(event.id)}
    >
      <time className="event-time" dateTime={event.createdAt} title={fullTime(event.createdAt)}>
        {clock(event.createdAt)}
      </time>
      <LaneRail lane={event.lane} />
      <StatusIcon status={toolStatus} standing={standing} />
      <span className="event-kind">{plainLine(kindWord(event), 40)}</span>
      <span className="event-text" dir="auto">
        <span className="event-title">{plainLine(titleOf(event), 200)}</span>
        {summary && (
          <span className={summary.code ? "event-summary code" : "event-summary"}>
            {summary.text}
          </span>
        )}
      </span>
      <span className="visually-hidden">{laneLabel(event.lane)} lane</span>
      <Outcome event={event} standing={standing} />
      {bookmarked && (
        <span className="event-mark" title="Bookmarked">
          <Icon name="bookmark" filled />
        </span>
      )}
      <span className="event-duration">
        <CallTime event={event} />
      </span>
    </div>
  );
});

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

/** The element id of a row, for the list to name its active one. */
export function rowId(id: EventId): string {
  return `event-${id}`;
}
