import { useMemo, useState } from "react";
import { useApp, useMonitor } from "../../app/context";
import { rowsOf } from "../../store/identity";
import { Confirm } from "../common/Confirm";
import { NothingYet } from "../empty/Attach";
import { Unreachable } from "../empty/Unreachable";
import { atWork } from "./active";
import { Overview } from "./Overview";

/** The overview, or why there is none: no server, or nothing recorded yet. */
export function OverviewPage() {
  const { actions } = useApp();
  const overview = useMonitor((state) => state.overview);
  const tasks = useMonitor((state) => state.tasks);
  const failure = useMonitor((state) => state.failures.tasks);
  const [asking, setAsking] = useState(false);
  const active = useMemo(() => atWork(tasks ? rowsOf(tasks) : []), [tasks]);
  if (tasks === null && failure !== undefined) return <Unreachable failure={failure} />;
  if (tasks !== null && tasks.order.length === 0) return <NothingYet />;
  return (
    <>
      <Overview overview={overview} active={active} onDeleteFinished={() => setAsking(true)} />
      {asking && (
        <Confirm
          title="Delete all finished tasks?"
          confirm="Delete finished tasks"
          onCancel={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            void actions.deleteFinished();
          }}
        >
          <p>
            Every completed and errored task is deleted, with its subagents, timeline and bookmarks.
          </p>
        </Confirm>
      )}
    </>
  );
}
