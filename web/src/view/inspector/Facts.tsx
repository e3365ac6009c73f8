import type { ReactNode } from "react";
import { detailsOf } from "../../event/details";
import { duration } from "../../format/duration";
import { plainLine } from "../../format/plain";
import { fullTime, millis } from "../../format/time";
import type { Event } from "../../wire.gen";
import { CopyButton } from "./text/CopyButton";

/** What is known about an event in short values; a value that is not known has no line. */
export function Facts({ event }: { event: Event }) {
  const { toolStatus, durationMs, toolName, hookEvent, endedBy, subtypeLabel } = detailsOf(event);
  const { durationFrom, endedBecause } = event.metadata;
  return (
    <dl className="table facts-table">
      <Fact name="Kind">
        <span className="code">{plainLine(event.kind)}</span>
      </Fact>
      {toolName !== undefined && <Fact name="Tool">{plainLine(toolName)}</Fact>}
      {subtypeLabel !== undefined && <Fact name="Action">{plainLine(subtypeLabel)}</Fact>}
      <Fact name="Began">{fullTime(event.createdAt)}</Fact>
      {durationMs !== undefined && toolStatus !== "running" && (
        <>
          <Fact name="Ended">{fullTime(endOf(event.createdAt, durationMs))}</Fact>
          <Fact name="Took">
            {duration(durationMs)}
            {durationFrom === "reports" && (
              <span
                className="muted"
                title="The agent does not say how long it took. This is the time between its two reports, with any wait for a permission."
              >
                between its reports
              </span>
            )}
          </Fact>
        </>
      )}
      {typeof endedBecause === "string" && (
        <Fact name="Closed because">{plainLine(endedBecause, 200)}</Fact>
      )}
      {hookEvent !== undefined && (
        <Fact name="Reported as">
          {plainLine([hookEvent, endedBy].filter(Boolean).join(" → "))}
        </Fact>
      )}
      <IdFact name="Event" id={event.id} />
      {event.sessionId !== undefined && <IdFact name="Session" id={event.sessionId} />}
    </dl>
  );
}

function endOf(began: string, durationMs: number): string {
  const end = new Date(millis(began) + durationMs);
  return Number.isNaN(end.getTime()) ? "" : end.toISOString();
}

export function IdFact({ name, id }: { name: string; id: string }) {
  return (
    <Fact name={name}>
      <span className="code id">{plainLine(id, 128)}</span>
      <CopyButton what={`id of the ${name.toLowerCase()}`} text={id} />
    </Fact>
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
