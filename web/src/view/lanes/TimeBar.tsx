import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef } from "react";
import { fullTime } from "../../format/time";
import { densityOf } from "../../lanes/density";
import { momentAt, type Span, xOf } from "../../lanes/scale";
import { scrubbed } from "../../lanes/scrub";
import type { Event } from "../../wire.gen";
import { drawDensity, drawUnknown } from "./drawBar";
import { Rewound } from "./Rewound";
import { TimeWindow } from "./TimeWindow";
import { useCanvas } from "./useCanvas";

interface Props {
  events: readonly Event[];
  /** From the task's first moment to its last, or to now, with a little room. */
  all: Span;
  whole: Span;
  /** Until when nothing is loaded; null where all is. */
  unknownUntil: number | null;
  /** The moment that is looked at; null is now. */
  at: number | null;
  /** What came since that moment. */
  fresh: number;
  /** `settled`: the handle was let go, it does not only pass. */
  onAt: (at: number | null, settled: boolean) => void;
  /** Which part is in view, where that can be chosen here. */
  window: Span | null;
  onWindow: (window: Span) => void;
}

/** So many pixels are one slice. */
const SLICE_PX = 3;
/** So near the right end is now. */
const LIVE_PX = 6;

/** The whole of a task on one line, which part of it is in view, and the handle that goes back in time. */
export function TimeBar(props: Props) {
  const { events, all, whole, unknownUntil, at, fresh, onAt } = props;
  const canvas = useCanvas((surface) => {
    const slices = Math.max(1, Math.floor(surface.width / SLICE_PX));
    if (unknownUntil !== null) drawUnknown(surface, { from: whole.from, to: unknownUntil }, all);
    drawDensity(surface, densityOf(events, all, slices));
  });
  const { redraw } = canvas;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is drawn
  useEffect(redraw, [events, all, unknownUntil, redraw]);

  /** What was passed last and is not settled yet. */
  const passed = useRef<{ at: number | null } | null>(null);
  const pass = (next: number | null) => {
    passed.current = { at: next };
    onAt(next, false);
  };
  const settle = () => {
    if (passed.current !== null) onAt(passed.current.at, true);
    passed.current = null;
  };
  const scrub = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - left;
    const moment = momentAt(x, all, width);
    const isNow = x >= width - LIVE_PX || moment >= whole.to;
    pass(isNow ? null : Math.max(whole.from, moment));
  };
  const onKey = (event: KeyboardEvent) => {
    const next = scrubbed(event.key, at, whole, events);
    if (next === undefined) return;
    event.preventDefault();
    pass(next);
    // A key that is held down passes many moments.
    if (!event.repeat) settle();
  };
  const told = useMemo(() => (at === null ? "now" : fullTime(new Date(at).toISOString())), [at]);
  const percent = at === null ? 100 : xOf(at, all, 100);
  return (
    <div className="time-bar">
      {props.window === null ? (
        <div className="time-window" />
      ) : (
        <TimeWindow all={all} window={props.window} onWindow={props.onWindow} />
      )}
      <div
        className="time-track"
        role="slider"
        tabIndex={0}
        aria-label="Moment that is shown"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(percent)}
        aria-valuetext={told}
        title="Drag to see the task as it was then (, and . go event by event)"
        onKeyDown={onKey}
        onKeyUp={settle}
        onBlur={settle}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          scrub(event);
        }}
        onPointerMove={(event) => event.buttons === 1 && scrub(event)}
        onLostPointerCapture={settle}
      >
        <canvas ref={canvas.ref} />
        {at !== null && <span className="time-after" style={{ left: `${percent}%` }} />}
        <span className="time-handle" data-live={at === null} style={{ left: `${percent}%` }} />
      </div>
      {at !== null && <Rewound at={at} fresh={fresh} onLive={() => onAt(null, true)} />}
    </div>
  );
}
