import { useCallback, useState } from "react";
import type { Sent } from "../../api/api";
import { messageOf } from "../../api/errors";
import { useApp } from "../../app/context";
import { plainLine } from "../../format/plain";
import { fullTime } from "../../format/time";
import type { Event, EventId } from "../../wire.gen";
import { Fold } from "./Fold";
import { JsonTree } from "./text/JsonTree";

/** The event as it is stored, and what it was made of. */
export function RawParts({ event }: { event: Event }) {
  const { sent, failure, read } = useSent(event.id);
  return (
    <>
      <Fold name="Raw event">{() => <JsonTree name="event" value={event} opened />}</Fold>
      <Fold name="What the hook sent" onOpen={read}>
        {() => <SentView sent={sent} failure={failure} />}
      </Fold>
    </>
  );
}

function useSent(id: EventId) {
  const { monitor } = useApp();
  const [sent, setSent] = useState<readonly Sent[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const read = useCallback(() => {
    setFailure(null);
    monitor.readPayloads(id).then(setSent, (error) => setFailure(messageOf(error)));
  }, [monitor, id]);
  return { sent, failure, read };
}

function SentView({ sent, failure }: { sent: readonly Sent[] | null; failure: string | null }) {
  if (failure !== null) return <p className="note tone-bad">{failure}</p>;
  if (sent === null) return <p className="muted">Reading…</p>;
  if (sent.length === 0) return <p className="muted">Nothing: no hook told of this event.</p>;
  return (
    <>
      {sent.map(({ receivedAt, hookEvent, payload }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was sent never moves
        <div key={index} className="sent">
          <p>
            <b>{plainLine(hookEvent, 80)}</b>{" "}
            <span className="muted tabular">arrived {fullTime(receivedAt)}</span>
          </p>
          {payload === null ? (
            <p className="muted">It is stored, but cannot be read any more.</p>
          ) : (
            <JsonTree name="payload" value={payload} opened />
          )}
        </div>
      ))}
    </>
  );
}
