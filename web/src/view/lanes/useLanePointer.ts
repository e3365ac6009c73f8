import { type MouseEvent, type PointerEvent, type RefObject, useEffect, useRef } from "react";
import type { LaneItem } from "../../lanes/items";
import { useStable } from "../common/useStable";
import type { LaneSpan } from "./useLaneSpan";

interface Options {
  readonly find: (x: number, y: number) => LaneItem | null;
  readonly momentOf: (x: number) => number;
  readonly msPerPx: number;
  readonly view: LaneSpan;
  readonly onHover: (hover: { item: LaneItem; x: number; y: number } | null) => void;
  readonly onPick: (item: LaneItem | null) => void;
}

/** Moved less than this, a press was a click. */
const DRAG_PX = 4;
const ZOOM_PER_STEP = 0.998;
/** Around what was double-clicked, so much of its length on both sides. */
const AROUND = 0.5;

/** What the mouse does: drag moves, Ctrl and wheel zoom, a click picks, a double click zooms to it. */
export function useLanePointer(
  canvas: RefObject<HTMLCanvasElement | null>,
  { find, momentOf, msPerPx, view, onHover, onPick }: Options,
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
      press.current = { x: event.nativeEvent.offsetX, moved: false };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => {
      const [x, y] = at(event);
      const held = press.current;
      if (held !== null && (held.moved || Math.abs(x - held.x) >= DRAG_PX)) {
        view.pan((held.x - x) * msPerPx);
        press.current = { x, moved: true };
        onHover(null);
        return;
      }
      const item = find(x, y);
      onHover(item === null ? null : { item, x, y });
    },
    onPointerUp: (event: PointerEvent<HTMLCanvasElement>) => {
      const held = press.current;
      press.current = null;
      if (held !== null && !held.moved) onPick(find(...at(event)));
    },
    onPointerLeave: () => onHover(null),
    onDoubleClick: (event: MouseEvent) => {
      const item = find(...at(event));
      if (item === null) return;
      const to = Number.isFinite(item.to) ? item.to : view.span.to;
      const around = Math.max((to - item.from) * AROUND, 50);
      view.show({ from: item.from - around, to: to + around });
    },
  };
}
