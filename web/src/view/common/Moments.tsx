import { useContext } from "react";
import { useClock } from "../../app/ticker";
import { age, elapsed } from "../../format/duration";
import { fullTime, millis } from "../../format/time";
import { MomentContext } from "./MomentContext";

/** How long ago a moment was, kept current. */
export function Age({ at }: { at: string }) {
  const text = useClock((now) => age(now - millis(at)));
  return (
    <time dateTime={at} title={fullTime(at)}>
      {text}
    </time>
  );
}

/** How long something has been going on, kept current; at a moment of the past, how long it had then. */
export function Elapsed({ since }: { since: string }) {
  const moment = useContext(MomentContext);
  return useClock((now) => elapsed((moment ?? now) - millis(since)));
}
