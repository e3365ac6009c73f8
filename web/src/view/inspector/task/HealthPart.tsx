import { type ReactNode, useMemo } from "react";
import { traceHealth } from "../../../facts/health";
import { counted, percent, whole } from "../../../format/number";
import type { TaskDetail } from "../../../store/state";
import type { Event, TaskId } from "../../../wire.gen";
import { TaskLink } from "../../common/PlaceLink";
import { Block } from "../text/Block";
import { Loaded } from "./Loaded";

interface Props {
  detail: TaskDetail;
  events: readonly Event[];
  partial: boolean;
}

/** How complete and how sure all this is. */
export function HealthPart({ detail: { task, observability }, events, partial }: Props) {
  const health = useMemo(() => traceHealth(events), [events]);
  const unpriced = task.usage?.unpricedTokens ?? 0;
  const findings = [
    finding(
      health.gaps,
      task.id,
      "gap",
      `Gaps: ${counted(health.lost, "event")} lost, as far as is known`,
    ),
    finding(health.guesses, task.id, "guess", "Guessed, since nobody said so"),
    finding(health.unfinished, task.id, "unfinished", "Calls whose end nobody told"),
    finding(health.unknownExits, task.id, "exit", "Commands of which no exit code is told"),
    finding(health.unknownHooks, task.id, "hook", "Hooks that are not known here"),
    unpriced > 0 && (
      <Finding key="unpriced" count={whole(unpriced)}>
        Tokens without a known price
      </Finding>
    ),
    task.activity?.guess === true && (
      <Finding key="state" count="?">
        Its state is a guess
      </Finding>
    ),
  ].filter(Boolean);
  return (
    <Block name="Health of the trace" tools={<Loaded partial={partial} />}>
      {findings.length === 0 ? (
        <p className="muted">Nothing is missing, guessed or left open.</p>
      ) : (
        <ul className="findings">{findings}</ul>
      )}
      {observability !== null && observability.traceLinkEligibleEventCount > 0 && (
        <p className="muted tabular">
          {percent(observability.traceLinkCoverageRate)} of{" "}
          {counted(observability.traceLinkEligibleEventCount, "event")} that ought to name another
          one do.
        </p>
      )}
    </Block>
  );
}

function finding(events: readonly Event[], taskId: TaskId, key: string, words: string) {
  const newest = events.at(-1);
  if (newest === undefined) return null;
  return (
    <Finding key={key} count={whole(events.length)}>
      {words} ·{" "}
      <TaskLink id={taskId} more={{ event: newest.id }} className="plain-link">
        show the newest
      </TaskLink>
    </Finding>
  );
}

function Finding({ count, children }: { count: string; children: ReactNode }) {
  return (
    <li>
      <b className="tabular">{count}</b>
      <span>{children}</span>
    </li>
  );
}
