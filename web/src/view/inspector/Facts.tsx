import type { ReactNode } from "react";
import { detailsOf } from "../../event/details";
import { laneLabel } from "../../event/lanes";
import type { Standing } from "../../event/standing";
import { STANDING, TOOL_STATUS } from "../../event/status";
import { duration } from "../../format/duration";
import { plainLine } from "../../format/plain";
import { fullTime, millis } from "../../format/time";
import type { Event } from "../../wire.gen";
import { Elapsed } from "../common/Moments";
import { LaneDot } from "../timeline/LaneDot";
import { StatusIcon } from "../timeline/StatusIcon";

/** What is known about an event in short values; a value that is not known has no line. */
export function Facts({ event, standing }: { event: Event; standing: Standing | undefined }) {
  const details = detailsOf(event);
  const { toolStatus, durationMs, exitCode, exitCodeUnknown, toolName, hookEvent } = details;
  const { endedBy, subtypeLabel } = details;
  return (
    <dl className="table facts-table">
      <Fact name="Lane">
        <LaneDot lane={event.lane} />
        {laneLabel(event.lane)}
      </Fact>
      <Fact name="Kind">
        <span className="code">{plainLine(event.kind)}</span>
      </Fact>
      {toolStatus !== undefined && (
        <Fact name="Status">
          <StatusIcon status={toolStatus} standing={standing} />
          {(standing ? STANDING[standing] : TOOL_STATUS[toolStatus]).label}
        </Fact>
      )}
      {toolName !== undefined && <Fact name="Tool">{plainLine(toolName)}</Fact>}
      {subtypeLabel !== undefined && <Fact name="Action">{plainLine(subtypeLabel)}</Fact>}
      <Fact name="Began">{fullTime(event.createdAt)}</Fact>
      <EndFacts event={event} durationMs={durationMs} running={toolStatus === "running"} />
      {exitCode !== undefined && <Fact name="Exit code">{exitCode}</Fact>}
      {exitCodeUnknown && <Fact name="Exit code">not told by the agent</Fact>}
      {hookEvent !== undefined && (
        <Fact name="Reported as">
          {plainLine([hookEvent, endedBy].filter(Boolean).join(" → "))}
        </Fact>
      )}
    </dl>
  );
}

interface EndProps {
  event: Event;
  durationMs: number | undefined;
  running: boolean;
}

function EndFacts({ event, durationMs, running }: EndProps) {
  if (running) {
    return (
      <Fact name="Running for">
        <Elapsed since={event.createdAt} />
      </Fact>
    );
  }
  if (durationMs === undefined) return null;
  const end = new Date(millis(event.createdAt) + durationMs);
  return (
    <>
      {!Number.isNaN(end.getTime()) && <Fact name="Ended">{fullTime(end.toISOString())}</Fact>}
      <Fact name="Took">{duration(durationMs)}</Fact>
    </>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="tabular">{children}</dd>
    </div>
  );
}
