import { useMonitor } from "../../app/context";
import { NothingYet } from "../empty/Attach";
import { Unreachable } from "../empty/Unreachable";
import { Overview } from "./Overview";
import { OverviewSkeleton } from "./OverviewSkeleton";

/** The overview, or why there is none: no server, or nothing recorded yet. */
export function OverviewPage() {
  const overview = useMonitor((state) => state.overview);
  const tasks = useMonitor((state) => state.tasks);
  const failure = useMonitor((state) => state.failures.tasks);
  if (tasks === null && failure !== undefined) return <Unreachable failure={failure} />;
  if (tasks !== null && tasks.order.length === 0) return <NothingYet />;
  if (overview === null || tasks === null) return <OverviewSkeleton />;
  return <Overview overview={overview} tasks={tasks} />;
}
