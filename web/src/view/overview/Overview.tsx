import { showDialog } from "../../app/dialogs";
import { useClock } from "../../app/ticker";
import { readPeriod } from "../../overview/span";
import type { Overview as OverviewRead, TaskList } from "../../store/state";
import { usePlace } from "../place";
import { AllTime } from "./AllTime";
import { Now } from "./Now";
import { PeriodFigures } from "./PeriodFigures";

const MINUTE_MS = 60_000;

interface Props {
  overview: OverviewRead;
  tasks: TaskList;
}

/** What is now, what was lately, and what there is in all. */
export function Overview({ overview, tasks }: Props) {
  const { get } = usePlace();
  const now = useClock((at) => Math.floor(at / MINUTE_MS) * MINUTE_MS);
  const { completedTasks, erroredTasks } = overview.stats;
  return (
    <main className="page overview">
      <div className="page-head">
        <h1>Overview</h1>
        {completedTasks + erroredTasks > 0 && (
          <button type="button" className="button" onClick={() => showDialog({ kind: "clean" })}>
            Clean up…
          </button>
        )}
      </div>
      <Now tasks={tasks} stats={overview.stats} now={now} />
      <PeriodFigures period={readPeriod(get("period"))} now={now} />
      <AllTime {...overview} />
    </main>
  );
}
