import type { KeyboardEvent, PointerEvent } from "react";
import type { Figures } from "../../overview/figures";
import { spoken } from "../../overview/panels";
import { moved } from "../../overview/scrub";
import type { Span } from "../../overview/span";
import { slotName } from "../../overview/words";

interface Props {
  span: Span;
  figures: Figures;
  cursor: number | null;
  onCursor: (index: number | null) => void;
}

/** The cursor of all charts: it lies over them, follows the pointer and obeys the arrow keys. */
export function Scrubber({ span, figures, cursor, onCursor }: Props) {
  const { slots } = span;
  const last = slots.findLastIndex(({ isFuture }) => !isFuture);
  const onPointer = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const index = Math.floor(((clientX - left) / width) * slots.length);
    onCursor(index >= 0 && index <= last ? index : null);
  };
  const onKey = (event: KeyboardEvent) => {
    const next = moved(cursor, event.key, last);
    if (next === undefined) return;
    event.preventDefault();
    onCursor(next);
  };
  const shown = cursor ?? last;
  const slot = slots[shown];
  const sums = figures.slots[shown];
  const said = slot && sums ? `${slotName(slot, span)}: ${spoken(sums)}` : "";
  return (
    <div
      className="scrubber"
      role="slider"
      tabIndex={0}
      aria-label={span.period === "today" ? "Hour" : "Day"}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={shown}
      aria-valuetext={said}
      onPointerMove={onPointer}
      onPointerDown={onPointer}
      onPointerLeave={() => onCursor(null)}
      onFocus={({ currentTarget }) => {
        if (currentTarget.matches(":focus-visible")) onCursor(shown);
      }}
      onBlur={() => onCursor(null)}
      onKeyDown={onKey}
    >
      {cursor !== null && (
        <div
          className="scrubber-at"
          style={{
            left: `${(cursor / slots.length) * 100}%`,
            width: `${100 / slots.length}%`,
          }}
        />
      )}
    </div>
  );
}
