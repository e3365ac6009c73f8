import { useMonitor } from "../../../app/context";
import type { TaskDetail } from "../../../store/state";
import type { TaskId } from "../../../wire.gen";
import { WorkspaceContext } from "../text/PathName";
import { useLoadedEvents } from "../useLoadedEvents";
import { FilesPart } from "./FilesPart";
import { HealthPart } from "./HealthPart";
import { IdsPart } from "./IdsPart";
import { PhasesPart } from "./PhasesPart";
import { SessionsPart } from "./SessionsPart";
import { ToolsPart } from "./ToolsPart";
import { UsagePart } from "./UsagePart";
import { useTaskUsage } from "./useTaskUsage";

/** What is known of the task as a whole. */
export function TaskFacts({ taskId }: { taskId: TaskId }) {
  const detail = useMonitor((state) => state.details.get(taskId));
  if (detail === undefined) return <div className="inspector-body" />;
  return (
    <WorkspaceContext value={detail.task.workspacePath}>
      <Parts detail={detail} />
    </WorkspaceContext>
  );
}

function Parts({ detail }: { detail: TaskDetail }) {
  const { task, sessions, observability } = detail;
  const events = useLoadedEvents(task.id);
  const usage = useTaskUsage(task);
  const partial = detail.before !== undefined;
  return (
    <div className="inspector-body task-facts">
      <FilesPart taskId={task.id} events={events} partial={partial} />
      <PhasesPart observability={observability} />
      <ToolsPart events={events} partial={partial} />
      <UsagePart task={task} usage={usage} events={events} />
      <HealthPart detail={detail} events={events} partial={partial} />
      <SessionsPart sessions={sessions} />
      <IdsPart task={task} events={events} />
    </div>
  );
}
