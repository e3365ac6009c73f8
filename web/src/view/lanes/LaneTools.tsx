import { Icon } from "../common/Icon";
import type { LaneSpan } from "./useLaneSpan";

interface Props {
  view: LaneSpan;
  /** The end of the task moves on. */
  live: boolean;
  /** Loads what came before; null where all is there. */
  onEarlier: (() => void) | null;
}

/** Zooming and moving with the mouse alone. */
export function LaneTools({ view, live, onEarlier }: Props) {
  return (
    <div className="lanes-tools">
      <span className="lanes-hint muted">Ctrl and wheel zoom, dragging moves</span>
      {live && !view.following && (
        <button type="button" className="button" onClick={view.toEnd}>
          <Icon name="down" />
          Jump to now
        </button>
      )}
      {onEarlier !== null && (
        <button type="button" className="button" onClick={onEarlier}>
          Load earlier events
        </button>
      )}
      <button
        type="button"
        className="button"
        title="Zoom in (+)"
        aria-label="Zoom in"
        onClick={() => view.zoom(0.5)}
      >
        +
      </button>
      <button
        type="button"
        className="button"
        title="Zoom out (−)"
        aria-label="Zoom out"
        onClick={() => view.zoom(2)}
      >
        −
      </button>
      <button
        type="button"
        className="button"
        title="All of it (0)"
        onClick={() => view.show(null)}
      >
        All
      </button>
    </div>
  );
}
