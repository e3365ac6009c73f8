import { useClock } from "../../app/ticker";
import { ago } from "../../format/duration";
import { clock } from "../../format/time";
import type { ConnectionState, Phase } from "../../live/connection";

interface Props {
  connection: ConnectionState;
  /** When anything was last heard from the server. */
  heardAt: number | null;
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
export function ConnectionPill({ connection, heardAt, failure }: Props) {
  const { phase } = connection;
  const troubled = phase === "live" && failure !== undefined;
  const heard = useClock((now) => (heardAt === null ? "" : ago(now - heardAt)));
  const age = heard === "" ? "" : `${phase === "live" ? "updated" : "data from"} ${heard}`;
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
