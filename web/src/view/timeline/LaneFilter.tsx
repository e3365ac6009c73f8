import { LANES } from "../../event/lanes";
import { whole } from "../../format/number";
import type { Lane } from "../../wire.gen";
import { LaneDot } from "./LaneDot";

interface Props {
  counts: ReadonlyMap<string, number>;
  /** Earlier events are not loaded, so there may be more than counted. */
  partial: boolean;
  only: ReadonlySet<Lane>;
  onChange: (only: ReadonlySet<Lane>) => void;
}

const PARTIAL = "Only loaded events are counted; earlier ones are not loaded yet.";

/** Shows only the chosen lanes; no choice is all. */
export function LaneFilter({ counts, partial, only, onChange }: Props) {
  const toggle = (lane: Lane) => {
    const next = new Set(only);
    if (!next.delete(lane)) next.add(lane);
    onChange(next);
  };
  return (
    <fieldset className="chips lane-chips" aria-label="Show only these lanes">
      {LANES.map(({ id, label, letter, holds }) => (
        <button
          key={id}
          type="button"
          className="chip"
          aria-pressed={only.has(id)}
          data-lane={id}
          data-empty={!counts.has(id)}
          title={`${label}: ${holds}${partial ? `\n${PARTIAL}` : ""}`}
          onClick={() => toggle(id)}
        >
          <LaneDot lane={id} />
          <span className="lane-name">{label}</span>{" "}
          {/* Where there is no room for the names, the letters of the tracks stand in. */}
          <span className="lane-letter" aria-hidden="true">
            {letter}
          </span>
          <span className="chip-count">{`${whole(counts.get(id) ?? 0)}${partial ? "+" : ""}`}</span>
        </button>
      ))}
      {only.size > 0 && (
        <button type="button" className="chip chip-clear" onClick={() => onChange(new Set())}>
          All lanes
        </button>
      )}
    </fieldset>
  );
}
