import { useMonitor } from "../../app/context";
import { plainLine } from "../../format/plain";
import { homeName } from "../../store/workspace";
import type { Task } from "../../wire.gen";

/** Which agent works on it, and in which project. */
export function Origin({ task, project = true }: { task: Task; project?: boolean }) {
  const home = useMonitor(({ workspaces }) => homeName(task, workspaces));
  const parts = [task.runtimeSource ?? "", project ? home : ""].filter(Boolean);
  return (
    <span className="task-origin" title={task.workspacePath}>
      {plainLine(parts.join(" · "))}
    </span>
  );
}
