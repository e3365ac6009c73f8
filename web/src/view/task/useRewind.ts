import { useState } from "react";
import type { Timestamp } from "../../wire.gen";
import { usePlace } from "../place";

/**
 * The moment of a task that is looked at; null is now. While somebody drags, moments only pass:
 * browsers refuse that many addresses, and what is not loaded would be asked for at each of them.
 */
export function useRewind() {
  const { at: chosen, set } = usePlace();
  const [passing, setPassing] = useState<{ at: Timestamp | null } | null>(null);
  const rewind = (moment: number | null, settled: boolean) => {
    const at = moment === null ? null : new Date(moment).toISOString();
    setPassing(settled ? null : { at });
    // Scrubbing is one step of history, however many moments it settles at.
    if (settled) set({ at }, { replace: chosen !== null });
  };
  return { at: passing === null ? chosen : passing.at, passing: passing !== null, rewind };
}
