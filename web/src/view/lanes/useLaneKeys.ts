import type { KeyboardEvent } from "react";
import { useCommands } from "../../keys/useCommands";
import type { LaneItem } from "../../lanes/items";
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

/** What keys do: j and k go from event to event in time, the rest is for the canvas when it has the focus. */
export function useLaneKeys({ items, selected, view, onSelect }: Options) {
  const at = items.findIndex(({ event }) => event.id === selected);
  const go = (item: LaneItem | undefined) => {
    if (item === undefined) return;
    view.reveal(item.from);
    onSelect(item.event.id);
  };
  useCommands({
    "next-event": () => go(at < 0 ? items.at(-1) : items[at + 1]),
    "previous-event": () => go(at < 0 ? items.at(-1) : items[at - 1]),
    latest: () => view.pan(Number.MAX_SAFE_INTEGER / 4),
  });
  const pan = (share: number) => view.pan(lengthOf(view.span) * share);
  const around = items[at]?.from;
  const keys: Readonly<Record<string, () => void>> = {
    "+": () => view.zoom(0.5, around),
    "=": () => view.zoom(0.5, around),
    "-": () => view.zoom(2, around),
    "0": () => view.show(null),
    ArrowLeft: () => pan(-PAN_SHARE),
    ArrowRight: () => pan(PAN_SHARE),
  };
  return (event: KeyboardEvent) => {
    const run = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (run === undefined) return;
    event.preventDefault();
    run();
  };
}
