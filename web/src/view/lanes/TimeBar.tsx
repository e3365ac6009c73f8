import { type KeyboardEvent, type PointerEvent, useEffect, useMemo } from "react";
import { useClock } from "../../app/ticker";
import { ago } from "../../format/duration";
import { clock, fullTime } from "../../format/time";
import { densityOf } from "../../lanes/density";
import { lengthOf, momentAt, type Span, xOf } from "../../lanes/scale";
import type { Event } from "../../wire.gen";
import { drawDensity, drawUnknown } from "./drawBar";
import { useCanvas } from "./useCanvas";

interface Props {
  events: readonly Event[];
  /** From the task's first moment to its last, or to now. */
  whole: Span;
  /** Until when nothing is loaded; null where all is. */
  unknownUntil: number | null;
  /** The moment that is looked at; null is now. */
  at: number | null;
  /** What came since that moment. */
  fresh: number;
  onAt: (at: number | null) => void;
}

/** So many pixels are one slice. */
const SLICE_PX = 3;
/** An arrow key moves by this part of the whole. */
const KEY_SHARE = 0.01;
/** So near the right end is now. */
const LIVE_PX = 6;

/** The whole of a task on one line, and the handle that goes back in time. */
export function TimeBar({ events, whole, unknownUntil, at, fresh, onAt }: Props) {
  const canvas = useCanvas((surface) => {
    const slices = Math.max(1, Math.floor(surface.width / SLICE_PX));
    if (unknownUntil !== null) drawUnknown(surface, { from: whole.from, to: unknownUntil }, whole);
    drawDensity(surface, densityOf(events, whole, slices));
  });
  const { redraw, width } = canvas;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is drawn
  useEffect(redraw, [events, whole, unknownUntil, redraw]);

  const scrub = (event: PointerEvent<HTMLElement>) => {
    const { left, width: wide } = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - left;
    onAt(x >= wide - LIVE_PX ? null : Math.max(whole.from, momentAt(x, whole, wide)));
  };
  const onKey = (event: KeyboardEvent) => {
    const next = keyTo(event, at ?? whole.to, whole, events);
    if (next === undefined) return;
    event.preventDefault();
    onAt(next);
  };
  const told = useMemo(() => (at === null ? "now" : fullTime(new Date(at).toISOString())), [at]);
  return (
    <div className="time-bar">
      <div
        className="time-track"
        role="slider"
        tabIndex={0}
        aria-label="Moment that is shown"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={at === null ? 100 : Math.round(xOf(at, whole, 100))}
        aria-valuetext={told}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          scrub(event);
        }}
        onPointerMove={(event) => event.buttons === 1 && scrub(event)}
      >
        <canvas ref={canvas.ref} />
        <span
          className="time-handle"
          data-live={at === null}
          style={{ left: at === null ? width : xOf(at, whole, width) }}
        />
      </div>
      {at !== null && <Rewound at={at} fresh={fresh} onLive={() => onAt(null)} />}
    </div>
  );
}

function Rewound({ at, fresh, onLive }: { at: number; fresh: number; onLive: () => void }) {
  const age = useClock((now) => ago(now - at));
  return (
    <span className="rewound">
      <span className="tabular" role="status">
        At {clock(new Date(at).toISOString())} · {age}
      </span>
      <button type="button" className="button" onClick={onLive}>
        Back to live{fresh > 0 && ` (${fresh} new)`}
      </button>
    </span>
  );
}

/** Where a key leads; undefined where it leads nowhere. */
function keyTo(
  { key }: KeyboardEvent,
  at: number,
  whole: Span,
  events: readonly Event[],
): number | null | undefined {
  const step = lengthOf(whole) * KEY_SHARE;
  if (key === "ArrowLeft" || key === "ArrowDown") return Math.max(whole.from, at - step);
  if (key === "ArrowRight" || key === "ArrowUp") return at + step >= whole.to ? null : at + step;
  if (key === "Home") return whole.from;
  if (key === "End") return null;
  const moments = events.map(({ createdAt }) => Date.parse(createdAt));
  if (key === ",") return moments.findLast((moment) => moment < at) ?? whole.from;
  if (key === ".") return moments.find((moment) => moment > at) ?? null;
  return undefined;
}
