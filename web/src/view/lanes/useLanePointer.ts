import { type MouseEvent, type PointerEvent, type RefObject, useEffect, useRef } from "react";
import type { Box } from "../../lanes/items";
import { useStable } from "../common/useStable";
import type { LaneSpan } from "./useLaneSpan";

export interface Hover<T> {
  readonly box: T;
  readonly x: number;
  readonly y: number;
}

interface Options<T> {
  readonly find: (x: number, y: number) => T | null;
  readonly momentOf: (x: number) => number;
  readonly msPerPx: number;
  readonly view: LaneSpan;
  readonly onHover: (hover: Hover<T> | null) => void;
  readonly onPick: (box: T | null) => void;
}

/** Moved less than this, a press was a click. */
const DRAG_PX = 4;
const ZOOM_PER_STEP = 0.998;
/** Around what was double-clicked, so much of its length on both sides. */
const AROUND = 0.5;
const AROUND_LEAST_MS = 50;

/** What the mouse does: drag moves, Ctrl and wheel zoom, a click picks, a double click zooms to it. */
export function useLanePointer<T extends Box>(
  canvas: RefObject<HTMLCanvasElement | null>,
  { find, momentOf, msPerPx, view, onHover, onPick }: Options<T>,
) {
  const press = useRef<{ x: number; moved: boolean } | null>(null);
  const at = (event: MouseEvent) => [event.nativeEvent.offsetX, event.nativeEvent.offsetY] as const;
  const wheel = useStable((event: WheelEvent) => {
    const zooms = event.ctrlKey || event.metaKey;
    // Without Ctrl only sideways: the page itself scrolls up and down.
    if (!zooms && Math.abs(event.deltaX) <= Math.abs(event.deltaY) && !event.shiftKey) return;
    event.preventDefault();
    if (zooms) view.zoom(ZOOM_PER_STEP ** -event.deltaY, momentOf(event.offsetX));
    else view.pan((event.deltaX || event.deltaY) * msPerPx);
  });
  useEffect(() => {
    const element = canvas.current;
    // React's own wheel listener may not keep the browser from zooming the page.
    element?.addEventListener("wheel", wheel, { passive: false });
    return () => element?.removeEventListener("wheel", wheel);
  }, [canvas, wheel]);
  return {
    onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
      if (event.button !== 0) return;
      press.current = { x: event.nativeEvent.offsetX, moved: false };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => {
      const [x, y] = at(event);
      const held = press.current;
      if (held === null) {
        const box = find(x, y);
        onHover(box === null ? null : { box, x, y });
      } else if (held.moved || Math.abs(x - held.x) >= DRAG_PX) {
        view.pan((held.x - x) * msPerPx);
        press.current = { x, moved: true };
        onHover(null);
      }
    },
    onPointerUp: (event: PointerEvent<HTMLCanvasElement>) => {
      const held = press.current;
      press.current = null;
      if (held !== null && !held.moved) onPick(find(...at(event)));
    },
    // A finger that scrolls the page was no click.
    onPointerCancel: () => {
      press.current = null;
    },
    onPointerLeave: () => onHover(null),
    onDoubleClick: (event: MouseEvent) => {
      const box = find(...at(event));
      if (box === null) return;
      const to = Number.isFinite(box.to) ? box.to : view.span.to;
      const around = Math.max((to - box.from) * AROUND, AROUND_LEAST_MS);
      view.show({ from: box.from - around, to: to + around });
    },
  };
}
