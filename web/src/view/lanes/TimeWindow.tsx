import { type PointerEvent, useRef, useState } from "react";
import { dragged, type Grip, gripAt } from "../../lanes/grip";
import { momentAt, type Span, xOf } from "../../lanes/scale";

interface Props {
  /** All there is to see. */
  all: Span;
  /** Which part of it is in view. */
  window: Span;
  onWindow: (window: Span) => void;
}

interface Held {
  readonly grip: Grip;
  readonly window: Span;
  readonly start: number;
}

/**
 * The part that is in view, over the bar of the whole: it is moved, drawn out at its ends, or drawn
 * anew. For the mouse alone: the keys of the lanes do the same.
 */
export function TimeWindow({ all, window, onWindow }: Props) {
  const held = useRef<Held | null>(null);
  const [grip, setGrip] = useState<Grip>("new");
  const where = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - left;
    return { moment: momentAt(x, all, width), grip: gripAt(x, window, all, width) };
  };
  const onMove = (event: PointerEvent<HTMLElement>) => {
    const { moment, grip: over } = where(event);
    if (held.current === null) return setGrip(over);
    const next = dragged(held.current, moment, all);
    if (next !== null) onWindow(next);
  };
  return (
    <div
      className="time-window"
      aria-hidden="true"
      data-all={window === all}
      data-grip={grip}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const { moment, grip: over } = where(event);
        held.current = { grip: over, window, start: moment };
      }}
      onPointerMove={onMove}
      onLostPointerCapture={() => {
        held.current = null;
      }}
    >
      <span
        className="time-window-part"
        style={{
          left: `${xOf(window.from, all, 100)}%`,
          right: `${100 - xOf(window.to, all, 100)}%`,
        }}
      />
    </div>
  );
}
