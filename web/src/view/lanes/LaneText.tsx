import type { Standing } from "../../event/standing";
import type { LaneItem } from "../../lanes/items";
import { told } from "../../lanes/told";
import type { EventId } from "../../wire.gen";

interface Props {
  items: readonly LaneItem[];
  selected: EventId | null;
  standing: ReadonlyMap<EventId, Standing>;
}

/** Says which event is selected, for those who do not see the canvas. */
export function LaneText({ items, selected, standing }: Props) {
  const item = items.find(({ event }) => event.id === selected);
  return (
    <p className="visually-hidden" role="status">
      {item && told(item.event, standing.get(item.event.id))}
    </p>
  );
}
