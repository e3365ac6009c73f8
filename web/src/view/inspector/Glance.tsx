import { detailsOf } from "../../event/details";
import { kindWord } from "../../event/kinds";
import { laneLabel } from "../../event/lanes";
import { STANDING, TOOL_STATUS } from "../../event/status";
import { duration } from "../../format/duration";
import { plainLine } from "../../format/plain";
import { clock, fullTime } from "../../format/time";
import type { Event } from "../../wire.gen";
import { Elapsed } from "../common/Moments";
import { LaneDot } from "../timeline/LaneDot";
import { StatusIcon } from "../timeline/StatusIcon";
import { useStanding } from "./useInspectedEvent";

/** What one wants to know of an event before anything else, in one line. */
export function Glance({ event }: { event: Event }) {
  const standing = useStanding(event);
  const { toolStatus, durationMs } = detailsOf(event);
  return (
    <p className="glance">
      <span>
        <LaneDot lane={event.lane} />
        {laneLabel(event.lane)}
      </span>
      <span className="code">{plainLine(kindWord(event), 60)}</span>
      {toolStatus !== undefined && (
        <span>
          <StatusIcon status={toolStatus} standing={standing} />
          {(standing ? STANDING[standing] : TOOL_STATUS[toolStatus]).label}
        </span>
      )}
      {toolStatus === "running" ? (
        <span className="tabular">
          <Elapsed since={event.createdAt} />
        </span>
      ) : (
        durationMs !== undefined && <span className="tabular">{duration(durationMs)}</span>
      )}
      <ExitCode event={event} />
      <time dateTime={event.createdAt} title={fullTime(event.createdAt)}>
        {clock(event.createdAt)}
      </time>
    </p>
  );
}

/** Which not every agent tells. */
function ExitCode({ event }: { event: Event }) {
  const { exitCode, exitCodeUnknown } = detailsOf(event);
  if (exitCode !== undefined) {
    return (
      <span className={`badge tabular tone-${exitCode === 0 ? "good" : "bad"}`}>
        exit {exitCode}
      </span>
    );
  }
  if (!exitCodeUnknown) return null;
  return (
    <span className="badge" title="The agent tells that it ended, not how.">
      exit code not told
    </span>
  );
}
