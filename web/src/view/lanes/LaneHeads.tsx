import { useMemo } from "react";
import { laneCounts } from "../../event/laneCounts";
import { LANES } from "../../event/lanes";
import { whole } from "../../format/number";
import type { Tracks } from "../../lanes/tracks";
import type { Event } from "../../wire.gen";

interface Props {
  events: readonly Event[];
  tracks: Tracks;
}

/** The names of the lanes, each beside its track. */
export function LaneHeads({ events, tracks }: Props) {
  const counts = useMemo(() => laneCounts(events), [events]);
  return (
    <div className="lane-heads" style={{ height: tracks.height }}>
      {LANES.map(({ id, label, letter, holds }, lane) => (
        <div
          key={id}
          className="lane-head"
          data-lane={id}
          title={holds}
          style={{ top: tracks.tops[lane], height: tracks.heights[lane] }}
        >
          <span className="lane-head-letter" aria-hidden="true">
            {letter}
          </span>
          <span className="lane-head-name">{label}</span>
          <span className="lane-head-count tabular">{whole(counts.get(id) ?? 0)}</span>
        </div>
      ))}
    </div>
  );
}
