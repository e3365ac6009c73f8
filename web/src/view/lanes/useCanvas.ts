import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { onThemeChange } from "../../prefs/theme";
import { useStable } from "../common/useStable";
import { type Colours, coloursOf } from "./colours";

export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly colours: Colours;
}

interface Canvas {
  readonly ref: RefObject<HTMLCanvasElement | null>;
  /** In CSS pixels; 0 until it was measured. */
  readonly width: number;
  /** Draws once before the next painting, however often it is asked. */
  readonly redraw: () => void;
}

/** A canvas as sharp as the screen, drawn again when its size or the theme changes. */
export function useCanvas(draw: (surface: Surface) => void): Canvas {
  const ref = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const planned = useRef<number | null>(null);
  // Read once for each theme: asking for them makes the browser work out styles.
  const colours = useRef<Colours | null>(null);
  const paint = useStable(() => {
    planned.current = null;
    const element = ref.current;
    // A test's document has no drawing.
    const context = element?.getContext?.("2d");
    if (element === null || !context) return;
    const { clientWidth, clientHeight } = element;
    const ratio = window.devicePixelRatio || 1;
    const [w, h] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
    if (element.width !== w) element.width = w;
    if (element.height !== h) element.height = h;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, clientWidth, clientHeight);
    colours.current ??= coloursOf(element.parentElement ?? element);
    draw({ context, width: clientWidth, height: clientHeight, colours: colours.current });
  });
  const redraw = useCallback(() => {
    planned.current ??= requestAnimationFrame(paint);
  }, [paint]);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => {
      setWidth(element.clientWidth);
      redraw();
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [redraw]);
  useEffect(() => {
    const changed = () => {
      colours.current = null;
      redraw();
    };
    const forget = onThemeChange(changed);
    return () => {
      forget();
      if (planned.current !== null) cancelAnimationFrame(planned.current);
      planned.current = null;
    };
  }, [redraw]);
  return { ref, width, redraw };
}
