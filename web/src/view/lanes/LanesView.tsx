import { useEffect, useState } from "react";
import type { Standing } from "../../event/standing";
import type { AgentSpan } from "../../lanes/agents";
import { boxAt } from "../../lanes/hit";
import type { LaneItem } from "../../lanes/items";
import { lengthOf, momentAt, type Span } from "../../lanes/scale";
import type { Event, EventId, Lane, Session, Task, TaskId } from "../../wire.gen";
import { drawUnknown } from "./drawBar";
import { drawLanes } from "./drawLanes";
import { AboutAgent, AboutEvent, HoverCard } from "./HoverCard";
import { LaneHeads } from "./LaneHeads";
import { LaneText } from "./LaneText";
import { LaneTools } from "./LaneTools";
import { useCanvas } from "./useCanvas";
import { useLaneKeys } from "./useLaneKeys";
import { type Hover, useLanePointer } from "./useLanePointer";
import type { LaneSpan } from "./useLaneSpan";
import { useConnectors, useScene } from "./useScene";

interface Props {
  events: readonly Event[];
  /** What it delegated. */
  subagents: readonly Task[];
  sessions: readonly Session[];
  /** The lanes that are chosen; none is all. */
  only: ReadonlySet<Lane>;
  /** From the task's first moment to its last, or to now. */
  whole: Span;
  /** Which part of it is in view. */
  view: LaneSpan;
  /** Until when nothing is loaded; null where all is. */
  unknownUntil: number | null;
  /** The moment that is looked at; null is the end. */
  at: number | null;
  /** The task goes on. */
  live: boolean;
  selected: EventId | null;
  bookmarked: ReadonlySet<EventId>;
  standing: ReadonlyMap<EventId, Standing>;
  onSelect: (id: EventId | null) => void;
  /** A subagent was opened. */
  onTask: (id: TaskId) => void;
  onEarlier: () => void;
}

const NAME =
  "Lanes over time. Left and right move, plus and minus zoom, up and down go from lane to lane, J and K from event to event. V shows the same as a list of text.";

/** The eight lanes with time from left to right: what went on beside what, and for how long. */
export function LanesView(props: Props) {
  const { whole, unknownUntil, at, live, selected, bookmarked, standing, view } = props;
  const { span } = view;
  const scene = useScene(props);
  const { items, agents, tracks, now } = scene;
  const [hover, setHover] = useState<Hover<LaneItem | AgentSpan> | null>(null);
  const hovered = hover !== null && "event" in hover.box ? hover.box.event.id : null;
  const connectors = useConnectors(scene, selected, hovered);
  const canvas = useCanvas((surface) => {
    const marks = { connectors, selected, hovered, bookmarked, standing };
    drawLanes(surface, { ...scene, ...marks, span, live, at });
    if (unknownUntil !== null) drawUnknown(surface, { from: whole.from, to: unknownUntil }, span);
  });
  const { redraw, width } = canvas;
  // Whatever is drawn decides, not that something was rendered.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(redraw, [
    ...[items, agents, tracks, scene.sessions, connectors, bookmarked, standing],
    ...[span.from, span.to, whole, now, unknownUntil, selected, hovered, live, at, redraw],
  ]);

  const sight = { span, width, now, tracks };
  const pointer = useLanePointer<LaneItem | AgentSpan>(canvas.ref, {
    find: (x, y) => boxAt(items, { x, y }, sight) ?? boxAt(agents, { x, y }, sight),
    momentOf: (x) => momentAt(x, span, width),
    msPerPx: lengthOf(span) / Math.max(width, 1),
    view,
    onHover: setHover,
    onPick: (box) => {
      if (box !== null && "task" in box) props.onTask(box.task.id);
      else props.onSelect(box?.event.id ?? null);
    },
  });
  const onKey = useLaneKeys({ items, selected, view, onSelect: props.onSelect });
  return (
    <section className="lanes" aria-label="Lanes">
      <div className="lanes-scroller">
        <LaneHeads items={items} tracks={tracks} partial={unknownUntil !== null} />
        <div
          className="lanes-canvas"
          style={{ height: tracks.height }}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the keys that zoom and move
          tabIndex={0}
          role="application"
          aria-label={NAME}
          data-pointed={hover !== null}
          onKeyDown={onKey}
        >
          <canvas ref={canvas.ref} {...pointer} />
          {hover && (
            <HoverCard x={hover.x} y={hover.y} width={width} height={tracks.height}>
              {"task" in hover.box ? (
                <AboutAgent task={hover.box.task} />
              ) : (
                <AboutEvent event={hover.box.event} standing={standing.get(hover.box.event.id)} />
              )}
            </HoverCard>
          )}
        </div>
      </div>
      <LaneText items={items} selected={selected} standing={standing} />
      <LaneTools
        view={view}
        live={live}
        onEarlier={unknownUntil === null ? null : props.onEarlier}
      />
    </section>
  );
}
