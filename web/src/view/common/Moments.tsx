import { useClock } from "../../app/ticker";
import { age, elapsed } from "../../format/duration";
import { fullTime, millis } from "../../format/time";

/** How long ago a moment was, kept current. */
export function Age({ at }: { at: string }) {
  const text = useClock((now) => age(now - millis(at)));
  return (
    <time dateTime={at} title={fullTime(at)}>
      {text}
    </time>
  );
}

/** How long something has been going on, kept current. */
export function Elapsed({ since }: { since: string }) {
  return useClock((now) => elapsed(now - millis(since)));
}
