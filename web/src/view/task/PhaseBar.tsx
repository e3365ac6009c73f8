import { duration } from "../../format/duration";
import { percent } from "../../format/number";
import type { PhaseShare } from "../../wire.gen";

/** There is room for the names of this many; the tooltip has them all. */
const NAMED = 3;

/** How the active time was spent. The numbers are in its text too, for the bar is only a picture. */
export function PhaseBar({ phases }: { phases: readonly PhaseShare[] }) {
  const spent = phases.filter(({ durationMs }) => durationMs > 0);
  if (spent.length === 0) return null;
  const told = spent.map((phase) => `${phase.phase} ${percent(phase.share)}`).join(", ");
  const largest = spent.toSorted((a, b) => b.share - a.share).slice(0, NAMED);
  return (
    <div className="phases" role="img" aria-label={`Phases: ${told}`} title={told}>
      <div className="phase-bar">
        {spent.map(({ phase, share, durationMs }) => (
          <span
            key={phase}
            data-phase={phase}
            style={{ flexGrow: share }}
            title={`${phase}: ${duration(durationMs)}, ${percent(share)}`}
          />
        ))}
      </div>
      <div className="phase-key" aria-hidden="true">
        {largest.map(({ phase, share }) => (
          <span key={phase}>
            <i data-phase={phase} />
            {phase} {percent(share)}
          </span>
        ))}
      </div>
    </div>
  );
}
