import { useClock } from "../../app/ticker";
import { ago } from "../../format/duration";
import { clock } from "../../format/time";

interface Props {
  at: number;
  /** What came since. */
  fresh: number;
  onLive: () => void;
}

/** Says that what is shown is the past, and leads back. */
export function Rewound({ at, fresh, onLive }: Props) {
  const age = useClock((now) => ago(now - at));
  return (
    <span className="rewound">
      <span className="tabular" role="status">
        At {clock(new Date(at).toISOString())} · {age}
      </span>
      <button type="button" className="button" onClick={onLive}>
        Back to live{fresh > 0 && ` (${fresh} new)`}
      </button>
    </span>
  );
}
