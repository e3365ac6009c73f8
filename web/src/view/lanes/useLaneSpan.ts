import { useMemo, useState } from "react";
import { lengthOf, moved, padded, type Span, zoomed } from "../../lanes/scale";

/** Closer to the end than this part of what is shown counts as following it. */
const NEAR = 0.01;

export interface LaneSpan {
  readonly span: Span;
  /** All there is to see, with a little room on both sides. */
  readonly all: Span;
  /** The end of the task is in view, and stays there. */
  readonly following: boolean;
  readonly zoom: (factor: number, around?: number) => void;
  readonly pan: (ms: number) => void;
  readonly show: (span: Span | null) => void;
  readonly toEnd: () => void;
  /** Moves no further than needed to have a moment in view. */
  readonly reveal: (moment: number) => void;
}

/** Which part of a task is in view: all of it until somebody zooms, and its end while it is followed. */
export function useLaneSpan(whole: Span, live: boolean): LaneSpan {
  const all = useMemo(() => padded(whole), [whole]);
  /** Null is all of it. A length alone follows the end. */
  const [chosen, setChosen] = useState<{ length: number; from: number | null } | null>(null);
  const span = spanOf(chosen, all);
  const choose = (next: Span) => {
    const length = lengthOf(next);
    if (length >= lengthOf(all)) return setChosen(null);
    const atEnd = all.to - next.to <= length * NEAR;
    setChosen({ length, from: atEnd ? null : next.from });
  };
  const following = chosen === null || chosen.from === null;
  // Who follows an agent at work wants to go on doing so.
  const middle = live && following ? span.to : (span.from + span.to) / 2;
  return {
    span,
    all,
    following,
    zoom: (factor, around) => choose(zoomed(span, factor, inView(around, span) ?? middle, all)),
    pan: (ms) => choose(moved(span, ms, all)),
    // Moving by nothing brings it within the whole.
    show: (next) => (next === null ? setChosen(null) : choose(moved(next, 0, all))),
    toEnd: () => choose(moved(span, all.to - span.to, all)),
    reveal: (moment) => {
      const margin = lengthOf(span) * 0.1;
      if (moment < span.from) choose(moved(span, moment - margin - span.from, all));
      else if (moment > span.to) choose(moved(span, moment + margin - span.to, all));
    },
  };
}

/** Zooming around what is out of view would move the view somewhere else. */
function inView(moment: number | undefined, { from, to }: Span): number | undefined {
  return moment !== undefined && moment >= from && moment <= to ? moment : undefined;
}

function spanOf(chosen: { length: number; from: number | null } | null, all: Span): Span {
  if (chosen === null) return all;
  const length = Math.min(chosen.length, lengthOf(all));
  const from = chosen.from ?? all.to - length;
  return { from, to: from + length };
}
