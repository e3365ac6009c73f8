import { useMemo } from "react";
import { useMonitor } from "../../app/context";
import { showDialog } from "../../app/dialogs";
import { rowsOf } from "../../store/identity";
import { NothingYet } from "../empty/Attach";
import { Unreachable } from "../empty/Unreachable";
import { atWork } from "./active";
import { Overview } from "./Overview";

/** The overview, or why there is none: no server, or nothing recorded yet. */
export function OverviewPage() {
  const overview = useMonitor((state) => state.overview);
  const tasks = useMonitor((state) => state.tasks);
  const failure = useMonitor((state) => state.failures.tasks);
  const active = useMemo(() => atWork(tasks ? rowsOf(tasks) : []), [tasks]);
  if (tasks === null && failure !== undefined) return <Unreachable failure={failure} />;
  if (tasks !== null && tasks.order.length === 0) return <NothingYet />;
  const clean = () => showDialog({ kind: "clean" });
  return <Overview overview={overview} active={active} onDeleteFinished={clean} />;
}
