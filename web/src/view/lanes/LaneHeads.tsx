import { useMemo } from "react";
import { LANES } from "../../event/lanes";
import { whole } from "../../format/number";
import type { LaneItem } from "../../lanes/items";
import type { Tracks } from "../../lanes/tracks";

interface Props {
  items: readonly LaneItem[];
  tracks: Tracks;
  /** There are more that are not loaded. */
  partial: boolean;
}

/** The names of the lanes, each beside its track. */
export function LaneHeads({ items, tracks, partial }: Props) {
  const counts = useMemo(() => {
    const found = LANES.map(() => 0);
    for (const { lane } of items) found[lane] = (found[lane] ?? 0) + 1;
    return found;
  }, [items]);
  return (
    <div className="lane-heads" style={{ height: tracks.height }}>
      {LANES.map(({ id, label, letter, holds }, lane) => (
        <div
          key={id}
          className="lane-head"
          data-lane={id}
          data-empty={counts[lane] === 0}
          title={`${label}: ${holds}`}
          style={{ top: tracks.tops[lane], height: tracks.heights[lane] }}
        >
          <span className="lane-head-letter" aria-hidden="true">
            {letter}
          </span>
          <span className="lane-head-name">{label}</span>
          <span className="lane-head-count tabular">
            {whole(counts[lane] ?? 0)}
            {partial && "+"}
          </span>
        </div>
      ))}
    </div>
  );
}
