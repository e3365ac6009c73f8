import { gapOf } from "../subject/gap";
import type { Event } from "../wire.gen";

/** How complete and how sure these events are. */
export interface TraceHealth {
  /** Events that stand where others are missing, and how many are missing as far as is known. */
  readonly gaps: readonly Event[];
  readonly lost: number;
  /** Events that say something which nobody told. */
  readonly guesses: readonly Event[];
  /** Calls whose end nobody told. */
  readonly unfinished: readonly Event[];
  /** Commands that ended without anybody telling how. */
  readonly unknownExits: readonly Event[];
  /** Hooks that this version does not know. */
  readonly unknownHooks: readonly Event[];
}

export function traceHealth(events: readonly Event[]): TraceHealth {
  const gaps = events.filter((event) => gapOf(event) !== null);
  return {
    gaps,
    lost: gaps.reduce((sum, event) => sum + (gapOf(event)?.count ?? 0), 0),
    guesses: events.filter(
      ({ metadata }) => metadata.guess === true || metadata.toolGuessed === true,
    ),
    unfinished: events.filter(({ metadata }) => metadata.toolStatus === "unfinished"),
    unknownExits: events.filter(({ metadata }) => metadata.exitCodeUnknown === true),
    unknownHooks: events.filter(
      ({ title, metadata }) => metadata.raw !== undefined && title.startsWith("Unknown "),
    ),
  };
}
