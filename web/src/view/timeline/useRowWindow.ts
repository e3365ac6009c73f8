import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { type RowWindow, windowOf } from "../../timeline/window";

/** Before the view was measured. */
const USUAL_HEIGHT = 800;

interface Options {
  readonly count: number;
  readonly rowPx: number;
  readonly following: boolean;
}

/**
 * The rows to render. All have one height and the end is known without asking the browser where it
 * is, so that a thousand new rows a second cost one layout for each frame.
 */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  { count, rowPx, following }: Options,
): {
  rows: RowWindow;
  onScroll: () => void;
  show: (index: number, align: "auto" | "center") => void;
} {
  const [height, setHeight] = useState(USUAL_HEIGHT);
  // Read when the end is left; until then each new row moves it, and nobody needs to know.
  const top = useRef(0);
  const [, setMoved] = useState(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => setHeight(element.clientHeight || USUAL_HEIGHT);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  const onScroll = useCallback(() => {
    if (scroller.current === null) return;
    top.current = scroller.current.scrollTop;
    if (!following) setMoved(top.current);
  }, [scroller, following]);
  const show = useCallback(
    (index: number, align: "auto" | "center") => {
      const element = scroller.current;
      if (element === null) return;
      const [from, to] = [index * rowPx, (index + 1) * rowPx];
      const { scrollTop, clientHeight } = element;
      if (from >= scrollTop && to <= scrollTop + clientHeight) return;
      if (align === "center") element.scrollTop = from - (clientHeight - rowPx) / 2;
      else element.scrollTop = from < scrollTop ? from : to - clientHeight;
    },
    [scroller, rowPx],
  );
  return {
    rows: windowOf({ count, rowPx, height, top: following ? null : top.current }),
    onScroll,
    show,
  };
}
