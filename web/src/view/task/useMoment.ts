import { useEffect, useMemo, useState } from "react";
import { messageOf } from "../../api/errors";
import { useApp } from "../../app/context";
import { millis } from "../../format/time";
import { asOf, covers } from "../../timeline/moment";
import type { Event, TaskId, Timestamp } from "../../wire.gen";

export interface Moment {
  readonly events: readonly Event[];
  readonly earlier: boolean;
  /** Why it cannot be shown. */
  readonly failure: string | null;
  readonly loading: boolean;
}

interface Page {
  readonly until: Timestamp;
  readonly events: readonly Event[];
  readonly before: string | undefined;
}

/**
 * A timeline as it stood at a moment (`at`; null is now). What the loaded rows do not reach back to
 * is read once and stays as it is, while the live timeline goes on; a moment that is only passed is
 * not read.
 */
export function useMoment(
  taskId: TaskId,
  at: Timestamp | null,
  live: { events: readonly Event[]; earlier: boolean },
  passing: boolean,
): Moment {
  const { monitor } = useApp();
  const [page, setPage] = useState<Page | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const moment = at === null ? null : millis(at);
  const far = moment !== null && !covers(live.events, live.earlier, moment);
  const fits = page !== null && moment !== null && coversPage(page, moment);
  const wanted = far && !fits && !passing ? at : null;
  useEffect(() => {
    if (wanted === null) return;
    let current = true;
    setFailure(null);
    monitor
      .readUntil(taskId, wanted)
      .then(({ timeline, before }) => {
        if (current) setPage({ until: wanted, events: timeline, before });
      })
      .catch((error) => current && setFailure(messageOf(error)));
    return () => {
      current = false;
    };
  }, [monitor, taskId, wanted]);
  const { events, earlier } = far
    ? { events: page?.events ?? [], earlier: page?.before !== undefined }
    : live;
  const shown = useMemo(() => (moment === null ? events : asOf(events, moment)), [events, moment]);
  return { events: shown, earlier, failure: far ? failure : null, loading: far && !fits };
}

function coversPage({ until, events, before }: Page, moment: number): boolean {
  return moment <= millis(until) && covers(events, before !== undefined, moment);
}
