import { useClock } from "../../app/ticker";
import { ago } from "../../format/duration";
import { clock } from "../../format/time";
import type { ConnectionState, Phase } from "../../live/connection";

interface Props {
  connection: ConnectionState;
  /** When a read last succeeded. */
  readAt: number | null;
  /** Why the last read failed, if it did. */
  failure: string | undefined;
}

const LABELS: Readonly<Record<Phase, string>> = {
  connecting: "Connecting",
  live: "Live",
  reconnecting: "Reconnecting",
  offline: "Offline",
};

/** Whether what is on the screen is current, and if not, from when it is. */
export function ConnectionPill({ connection, readAt, failure }: Props) {
  const { phase } = connection;
  const troubled = phase === "live" && failure !== undefined;
  const dataAt = readAt === null ? null : dataFrom(connection, readAt);
  const told = useClock((now) => (dataAt === null ? "" : ago(now - dataAt)));
  const age = told === "" ? "" : `${phase === "live" ? "updated" : "data from"} ${told}`;
  return (
    <span
      className={`pill pill-${troubled ? "reconnecting" : phase}`}
      role="status"
      title={explain(connection, failure)}
    >
      <span className="dot" aria-hidden="true" />
      {troubled ? "Read failed" : LABELS[phase]}
      {/* The age changes every second: it is for looking at, not for reading out. */}
      <span className="pill-age" aria-hidden="true">
        {age}
      </span>
    </span>
  );
}

/** Without a connection the data is from the last read, or from the loss: until then it was current. */
function dataFrom({ phase, since }: ConnectionState, readAt: number): number {
  return phase === "reconnecting" || phase === "offline" ? Math.max(readAt, since) : readAt;
}

function explain({ phase, since }: ConnectionState, failure: string | undefined): string {
  const from = clock(new Date(since).toISOString());
  if (phase === "live" && failure !== undefined) {
    return `Connected since ${from}, but the last read failed and is being tried again: ${failure}`;
  }
  if (phase === "live") return `Connected since ${from}. Changes show within half a second.`;
  if (phase === "connecting") return "Opening the connection to the Agent Tracer server.";
  const lost = `No connection since ${from}. What you see is the last known state.`;
  return phase === "offline"
    ? `${lost} Is the server running? It is tried again every few seconds.`
    : `${lost} Trying again.`;
}
