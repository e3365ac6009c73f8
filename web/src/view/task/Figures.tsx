import { type ReactNode, useMemo } from "react";
import { hasFailed } from "../../event/failed";
import { duration } from "../../format/duration";
import { whole } from "../../format/number";
import { rowsOf } from "../../store/identity";
import type { TaskDetail } from "../../store/state";
import { usePaced } from "../common/usePaced";
import { PhaseBar } from "./PhaseBar";

/** The few numbers that say what kind of task this is. */
export function Figures({ detail }: { detail: TaskDetail }) {
  const { observability } = detail;
  if (observability === null) return <div className="figures skeleton" aria-hidden="true" />;
  const { signals } = observability;
  return (
    <div className="figures">
      <dl>
        <Figure name="Events">{whole(observability.totalEvents)}</Figure>
        <Figure
          name="Active"
          title="Time in one of the phases; a gap of more than 90 s between two events counts as waiting."
        >
          {duration(observability.activeDurationMs)}
        </Figure>
        <Figure name="Tool calls" title="Without terminal commands.">
          {whole(signals.toolCalls)}
        </Figure>
        <Figure name="Commands">{whole(signals.terminalCommands)}</Figure>
        <Failures detail={detail} />
        <Figure name="Files" title="Distinct paths that its events name.">
          {whole(signals.exploredFiles)}
        </Figure>
      </dl>
      <PhaseBar phases={observability.phaseBreakdown} />
    </div>
  );
}

/** Counted from the rows held: where earlier ones are not loaded, the number says so. */
function Failures({ detail }: { detail: TaskDetail }) {
  const events = usePaced(detail.events);
  const failed = useMemo(() => rowsOf(events).filter(hasFailed).length, [events]);
  const partial = detail.before !== undefined;
  return (
    <Figure
      name="Failures"
      tone={failed > 0 ? "bad" : undefined}
      title={
        partial
          ? "In the loaded part of the timeline."
          : "Calls that failed or were refused, and errors."
      }
    >
      {whole(failed)}
      {partial && "+"}
    </Figure>
  );
}

interface FigureProps {
  name: string;
  title?: string | undefined;
  tone?: "bad" | undefined;
  children: ReactNode;
}

function Figure({ name, title, tone, children }: FigureProps) {
  return (
    <div className="figure" title={title}>
      <dt>{name}</dt>
      <dd className={tone === undefined ? "tabular" : `tabular tone-${tone}`}>{children}</dd>
    </div>
  );
}
