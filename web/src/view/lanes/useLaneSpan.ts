import { useState } from "react";
import { lengthOf, moved, type Span, zoomed } from "../../lanes/scale";

/** Closer to the end than this part of what is shown counts as following it. */
const NEAR = 0.01;

export interface LaneSpan {
  readonly span: Span;
  /** The end of the task is in view, and stays there. */
  readonly following: boolean;
  readonly zoom: (factor: number, around?: number) => void;
  readonly pan: (ms: number) => void;
  readonly show: (span: Span | null) => void;
  /** Moves no further than needed to have a moment in view. */
  readonly reveal: (moment: number) => void;
}

/** Which part of a task is in view: all of it until somebody zooms, and its end while it is followed. */
export function useLaneSpan(whole: Span): LaneSpan {
  /** Null is all of it. A length alone follows the end. */
  const [chosen, setChosen] = useState<{ length: number; from: number | null } | null>(null);
  const span = spanOf(chosen, whole);
  const choose = (next: Span) => {
    const length = lengthOf(next);
    if (length >= lengthOf(whole)) return setChosen(null);
    const atEnd = whole.to - next.to <= length * NEAR;
    setChosen({ length, from: atEnd ? null : next.from });
  };
  return {
    span,
    following: chosen === null || chosen.from === null,
    zoom: (factor, around = (span.from + span.to) / 2) =>
      choose(zoomed(span, factor, around, whole)),
    pan: (ms) => choose(moved(span, ms, whole)),
    show: (next) => (next === null ? setChosen(null) : choose(next)),
    reveal: (moment) => {
      const margin = lengthOf(span) * 0.1;
      if (moment < span.from) choose(moved(span, moment - margin - span.from, whole));
      else if (moment > span.to) choose(moved(span, moment + margin - span.to, whole));
    },
  };
}

function spanOf(chosen: { length: number; from: number | null } | null, whole: Span): Span {
  if (chosen === null) return whole;
  const length = Math.min(chosen.length, lengthOf(whole));
  const from = chosen.from ?? whole.to - length;
  return { from, to: from + length };
}
