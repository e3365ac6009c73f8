import { titleOf } from "../../event/details";
import { laneLabel } from "../../event/lanes";
import { plainLine } from "../../format/plain";
import { clock } from "../../format/time";
import type { LaneItem } from "../../lanes/items";
import type { EventId } from "../../wire.gen";

/** Says which event is selected, for those who do not see the canvas. */
export function LaneText({
  items,
  selected,
}: {
  items: readonly LaneItem[];
  selected: EventId | null;
}) {
  const item = items.find(({ event }) => event.id === selected);
  return (
    <p className="visually-hidden" role="status">
      {item &&
        `${laneLabel(item.event.lane)}: ${plainLine(titleOf(item.event), 160)}, ${clock(item.event.createdAt)}`}
    </p>
  );
}
