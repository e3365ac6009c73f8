import { duration } from "../../../format/duration";
import { counted, percent, whole } from "../../../format/number";
import type { PhaseShare, Signals, TaskObservability } from "../../../wire.gen";
import { Block } from "../text/Block";

/** How the agent spent its time, by the phases of its work. */
export function PhasesPart({ observability }: { observability: TaskObservability | null }) {
  if (observability === null) return <div className="skeleton skeleton-text" />;
  const { phaseBreakdown, activeDurationMs, toolDurationMs, signals } = observability;
  const spent = phaseBreakdown.filter(({ durationMs }) => durationMs > 0);
  return (
    <Block
      name="What it did"
      tools={<span className="muted tabular">{duration(activeDurationMs)} active</span>}
    >
      {spent.length === 0 ? (
        <p className="muted">No time was spent in any phase yet.</p>
      ) : (
        <ul className="bars">
          {spent.map((phase) => (
            <PhaseLine key={phase.phase} phase={phase} />
          ))}
        </ul>
      )}
      <p className="muted tabular">{remarks(toolDurationMs, signals)}</p>
    </Block>
  );
}

/** The rest in a line, without what there was none of. */
function remarks(toolDurationMs: number, signals: Signals): string {
  const { rawUserMessages, thoughts, questionsAsked, questionsClosed } = signals;
  const { todosAdded, todosCompleted } = signals;
  return [
    `${duration(toolDurationMs)} inside of tools`,
    rawUserMessages > 0 && counted(rawUserMessages, "prompt"),
    thoughts > 0 && counted(thoughts, "thought"),
    questionsAsked > 0 &&
      `${whole(questionsClosed)} of ${counted(questionsAsked, "question")} closed`,
    todosAdded > 0 && `${whole(todosCompleted)} of ${counted(todosAdded, "to-do")} done`,
  ]
    .filter(Boolean)
    .join(" · ");
}

function PhaseLine({ phase: { phase, durationMs, share } }: { phase: PhaseShare }) {
  return (
    <li>
      <span className="bar-name">{phase}</span>
      <span className="bar" aria-hidden="true">
        <i data-phase={phase} style={{ width: `${share * 100}%` }} />
      </span>
      <span className="bar-value tabular">
        {duration(durationMs)}, {percent(share)}
      </span>
    </li>
  );
}
