import type { KeyboardEvent } from "react";
import { useCommands } from "../../keys/useCommands";
import type { LaneItem } from "../../lanes/items";
import { neighbourOf } from "../../lanes/neighbour";
import { lengthOf } from "../../lanes/scale";
import type { EventId } from "../../wire.gen";
import type { LaneSpan } from "./useLaneSpan";

interface Options {
  readonly items: readonly LaneItem[];
  readonly selected: EventId | null;
  readonly view: LaneSpan;
  readonly onSelect: (id: EventId | null) => void;
}

/** An arrow key moves by this part of what is in view. */
const PAN_SHARE = 0.1;

/**
 * What keys do: j and k go from event to event in time. While the canvas has the focus, up and down
 * go from lane to lane, left and right move through time.
 */
export function useLaneKeys({ items, selected, view, onSelect }: Options) {
  const at = items.findIndex(({ event }) => event.id === selected);
  const own = items[at];
  const go = (item: LaneItem | undefined) => {
    if (item === undefined) return;
    view.reveal(item.from);
    onSelect(item.event.id);
  };
  const step = (by: 1 | -1) => go(own === undefined ? items.at(-1) : items[at + by]);
  const cross = (by: 1 | -1) => go(own === undefined ? items.at(-1) : neighbourOf(items, own, by));
  useCommands({
    "next-event": () => step(1),
    "previous-event": () => step(-1),
    latest: view.toEnd,
  });
  const pan = (share: number) => view.pan(lengthOf(view.span) * share);
  const keys: Readonly<Record<string, () => void>> = {
    "+": () => view.zoom(0.5, own?.from),
    "=": () => view.zoom(0.5, own?.from),
    "-": () => view.zoom(2, own?.from),
    "0": () => view.show(null),
    ArrowLeft: () => pan(-PAN_SHARE),
    ArrowRight: () => pan(PAN_SHARE),
    ArrowUp: () => cross(-1),
    ArrowDown: () => cross(1),
  };
  return (event: KeyboardEvent) => {
    const run = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (run === undefined) return;
    event.preventDefault();
    run();
  };
}
