import { duration } from "../../format/duration";
import { decimal, percent, whole } from "../../format/number";
import type { Overview } from "../../store/state";

/** What does not belong to a time: sums and shares over all that is kept. */
export function AllTime({ stats, observability }: Overview) {
  const facts: readonly (readonly [string, string])[] = [
    ["Tasks", whole(stats.totalTasks)],
    ["Events", whole(stats.totalEvents)],
    ["Average duration", duration(observability.avgDurationMs)],
    ["Average events", decimal(observability.avgEventsPerTask)],
    ["With the person's prompt", percent(observability.promptCaptureRate)],
    ["With linked events", percent(observability.traceLinkedTaskRate)],
    ["With questions", whole(observability.tasksWithQuestions)],
    ["With to-dos", whole(observability.tasksWithTodos)],
    ["With coordination", whole(observability.tasksWithCoordination)],
    ["With background work", whole(observability.tasksWithBackground)],
  ];
  return (
    <section aria-label="All tasks kept" className="all-time-part">
      <h2>All tasks kept</h2>
      <dl className="all-time">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="tabular">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
