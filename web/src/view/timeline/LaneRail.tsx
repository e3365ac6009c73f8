import type { CSSProperties } from "react";
import { LANES, laneIndex } from "../../event/lanes";

/** The eight tracks of a row, with a dot in the track of its lane. */
export function LaneRail({ lane }: { lane: string }) {
  const index = laneIndex(lane);
  return (
    <span className="rail" aria-hidden="true">
      {index >= 0 && (
        <span
          className="rail-dot"
          data-lane={lane}
          style={{ "--track-index": index } as CSSProperties}
        />
      )}
    </span>
  );
}

/** The head of the tracks: a letter each, with the name as its tooltip. */
export function LaneRailHead() {
  return (
    <span className="rail rail-head" aria-hidden="true">
      {LANES.map(({ id, letter, label, holds }) => (
        <span key={id} data-lane={id} title={`${label}: ${holds}`}>
          {letter}
        </span>
      ))}
    </span>
  );
}
