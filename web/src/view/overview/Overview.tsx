import type { ReactNode } from "react";
import { duration } from "../../format/duration";
import { decimal, percent, whole } from "../../format/number";
import type { Overview as OverviewRead } from "../../store/state";
import type { Task } from "../../wire.gen";
import { AgentTable } from "./AgentTable";
import { AtWork } from "./AtWork";

interface Props {
  overview: OverviewRead | null;
  active: readonly Task[];
  onDeleteFinished: () => void;
}

/** All tasks at a glance; what is at work or waits for a person comes first. */
export function Overview({ overview, active, onDeleteFinished }: Props) {
  if (overview === null) return <OverviewSkeleton />;
  const { stats, observability } = overview;
  const finished = stats.completedTasks + stats.erroredTasks;
  return (
    <main className="page">
      <div className="page-head">
        <h1>Overview</h1>
        {finished > 0 && (
          <button type="button" className="button" onClick={onDeleteFinished}>
            Clean up…
          </button>
        )}
      </div>
      <dl className="tiles">
        <Tile name="Running" tone="active" value={whole(stats.runningTasks)} />
        <Tile name="Waiting" tone="waiting" value={whole(stats.waitingTasks)} />
        <Tile name="Completed" tone="good" value={whole(stats.completedTasks)} />
        <Tile name="Errored" tone="bad" value={whole(stats.erroredTasks)} />
        <Tile
          name="Gone quiet"
          tone="quiet"
          value={whole(observability.staleRunningTasks)}
          title="Running tasks without activity for 30 minutes."
        />
        <Tile name="Events" value={whole(stats.totalEvents)} />
      </dl>
      <AtWork tasks={active} total={stats.waitingTasks + stats.runningTasks} />
      <div className="page-columns">
        <section aria-label="Averages and signals">
          <h2>Across {whole(stats.totalTasks)} tasks</h2>
          <dl className="table wide">
            <Line name="Average duration">{duration(observability.avgDurationMs)}</Line>
            <Line name="Average events">{decimal(observability.avgEventsPerTask)}</Line>
            <Line name="With the person's prompt">{percent(observability.promptCaptureRate)}</Line>
            <Line name="With linked events">{percent(observability.traceLinkedTaskRate)}</Line>
            <Line name="With questions">{whole(observability.tasksWithQuestions)}</Line>
            <Line name="With to-dos">{whole(observability.tasksWithTodos)}</Line>
            <Line name="With coordination">{whole(observability.tasksWithCoordination)}</Line>
            <Line name="With background work">{whole(observability.tasksWithBackground)}</Line>
          </dl>
        </section>
        <AgentTable agents={observability.runtimeSources} />
      </div>
    </main>
  );
}

interface TileProps {
  name: string;
  value: string;
  tone?: string;
  title?: string;
}

function Tile({ name, value, tone, title }: TileProps) {
  return (
    <div className={tone === undefined ? "tile" : `tile tone-${tone}`} title={title}>
      <dt>
        {tone !== undefined && <span className="dot" aria-hidden="true" />}
        {name}
      </dt>
      <dd data-zero={value === "0"}>{value}</dd>
    </div>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="tabular">{children}</dd>
    </div>
  );
}

function OverviewSkeleton() {
  return (
    <main className="page" role="status" aria-label="Reading the overview">
      <h1>Overview</h1>
      <div className="tiles">
        {["a", "b", "c", "d", "e", "f"].map((key) => (
          <div key={key} className="tile skeleton" />
        ))}
      </div>
      <div className="skeleton skeleton-block" />
    </main>
  );
}
