import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useApp } from "../../app/context";
import { type Figures, figuresOf } from "../../overview/figures";
import type { History } from "../../overview/history";
import { type Period, type Span, spanOf } from "../../overview/span";
import type { Failure } from "../../store/state";

export interface ReadHistory {
  readonly span: Span;
  /** Null until it was read. */
  readonly read: { readonly history: History; readonly figures: Figures } | null;
  readonly failure: Failure | null;
}

/** The figures of a period, kept current while they are looked at. */
export function useHistory(period: Period, now: number): ReadHistory {
  const { figures: reader } = useApp();
  const span = useMemo(() => spanOf(period, now), [period, now]);
  const { from } = span.before;
  useEffect(() => reader.look({ period, from }), [reader, period, from]);
  const { answers, failure } = useSyncExternalStore(reader.state.subscribe, reader.state.get);
  const history = answers.get(period);
  const read = useMemo(
    () => (history === undefined ? null : { history, figures: figuresOf(history, span) }),
    [history, span],
  );
  return { span, read, failure };
}
