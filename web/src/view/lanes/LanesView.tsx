import { useEffect, useMemo, useState } from "react";
import type { Standing } from "../../event/standing";
import { itemAt } from "../../lanes/hit";
import { itemsOf, type LaneItem } from "../../lanes/items";
import { connectorsOf } from "../../lanes/relations";
import { lengthOf, momentAt, padded, type Span } from "../../lanes/scale";
import { tracksOf } from "../../lanes/tracks";
import type { Event, EventId } from "../../wire.gen";
import { Icon } from "../common/Icon";
import { drawUnknown } from "./drawBar";
import { drawLanes } from "./drawLanes";
import { HoverCard } from "./HoverCard";
import { LaneHeads } from "./LaneHeads";
import { LaneText } from "./LaneText";
import { useCanvas } from "./useCanvas";
import { useLaneKeys } from "./useLaneKeys";
import { useLanePointer } from "./useLanePointer";
import { useLaneSpan } from "./useLaneSpan";

interface Props {
  events: readonly Event[];
  /** From the task's first moment to its last, to now, or to the moment that is looked at. */
  whole: Span;
  /** Until when nothing is loaded; null where all is. */
  unknownUntil: number | null;
  /** The task goes on. */
  live: boolean;
  selected: EventId | null;
  standing: ReadonlyMap<EventId, Standing>;
  onSelect: (id: EventId | null) => void;
  onEarlier: () => void;
}

/** The eight lanes with time from left to right: what went on beside what, and for how long. */
export function LanesView(props: Props) {
  const { events, whole, unknownUntil, live, selected, standing, onSelect } = props;
  const items = useMemo(() => itemsOf(events), [events]);
  const tracks = useMemo(() => tracksOf(items), [items]);
  const connectors = useMemo(() => connectorsOf(items, selected), [items, selected]);
  const [hover, setHover] = useState<{ item: LaneItem; x: number; y: number } | null>(null);
  const all = useMemo(() => padded(whole), [whole]);
  const view = useLaneSpan(all);
  const { span } = view;
  const hovered = hover?.item.event.id ?? null;
  const canvas = useCanvas((surface) => {
    drawLanes(surface, {
      items,
      tracks,
      span,
      now: whole.to,
      unknownUntil,
      connectors,
      selected,
      hovered,
      live,
    });
    if (unknownUntil !== null) drawUnknown(surface, { from: whole.from, to: unknownUntil }, span);
  });
  const { redraw, width } = canvas;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is drawn
  useEffect(redraw, [items, span.from, span.to, whole, connectors, hovered, live, redraw]);

  const find = (x: number, y: number) =>
    itemAt(items, { x, y }, { span, width, now: whole.to, tracks });
  const pointer = useLanePointer(canvas.ref, {
    find,
    momentOf: (x) => momentAt(x, span, width),
    msPerPx: lengthOf(span) / Math.max(width, 1),
    view,
    onHover: setHover,
    onPick: (item) => onSelect(item?.event.id ?? null),
  });
  const onKey = useLaneKeys({ items, selected, view, onSelect });
  return (
    <section className="lanes" aria-label="Lanes">
      <div className="lanes-scroller">
        <LaneHeads events={events} tracks={tracks} />
        <div
          className="lanes-canvas"
          style={{ height: tracks.height }}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the keys that zoom and move
          tabIndex={0}
          role="application"
          aria-label="Lanes over time. Arrow keys move, plus and minus zoom, J and K go from event to event. The list view tells the same as text."
          onKeyDown={onKey}
        >
          <canvas ref={canvas.ref} {...pointer} />
          {hover && (
            <HoverCard {...hover} width={width} standing={standing.get(hover.item.event.id)} />
          )}
        </div>
      </div>
      <LaneText items={items} selected={selected} />
      <div className="lanes-tools">
        {unknownUntil !== null && (
          <button type="button" className="button" onClick={props.onEarlier}>
            Load earlier events
          </button>
        )}
        <button
          type="button"
          className="button"
          onClick={() => view.zoom(0.5)}
          aria-label="Zoom in"
        >
          +
        </button>
        <button type="button" className="button" onClick={() => view.zoom(2)} aria-label="Zoom out">
          −
        </button>
        <button type="button" className="button" onClick={() => view.show(null)}>
          All
        </button>
        {live && !view.following && (
          <button type="button" className="button" onClick={() => view.pan(all.to - span.to)}>
            <Icon name="down" />
            Jump to now
          </button>
        )}
      </div>
    </section>
  );
}
