import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { NARROWEST, WIDEST } from "./width";

const STEP = 32;

interface Props {
  width: number;
  onWidth: (width: number) => void;
}

/** The edge of the pane, to be pulled or moved with the arrow keys. */
export function Resizer({ width, onWidth }: Props) {
  const from = useRef<{ x: number; width: number } | null>(null);
  const grab = (event: PointerEvent<HTMLHRElement>) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width };
  };
  const pull = (event: PointerEvent) => {
    if (from.current !== null) onWidth(from.current.width + from.current.x - event.clientX);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onWidth(width + step);
  };
  return (
    <hr
      className="resizer"
      aria-label="Width of the pane"
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      tabIndex={0}
      onPointerDown={grab}
      onPointerMove={pull}
      onPointerUp={() => {
        from.current = null;
      }}
      onKeyDown={onKey}
    />
  );
}
