import { useLocation } from "wouter";
import { useApp, useMonitor } from "../../app/context";
import { useCommands } from "../../keys/useCommands";
import { bookmarkOf } from "../../store/bookmark";
import type { TaskDetail } from "../../store/state";
import type { TaskId } from "../../wire.gen";
import { Relatives } from "./Relatives";
import { TaskHeader } from "./TaskHeader";

interface Props {
  detail: TaskDetail;
  /** An event is open: keys that act on one thing act on that. */
  inspecting: boolean;
}

/** What the task is, and what can be done with it. */
export function TaskHead({ detail, inspecting }: Props) {
  const { actions } = useApp();
  const [, navigate] = useLocation();
  const { task, children } = detail;
  const parent = useMonitor((state) => state.tasks?.byId.get(task.parentTaskId ?? ""));
  const bookmark = useMonitor((state) => bookmarkOf(state, task.id));
  const rating = useMonitor((state) => state.evaluations.get(task.id)?.rating);
  const toggle = () => void actions.toggleBookmark(task.id, undefined, bookmark?.id);
  useCommands(inspecting ? {} : { bookmark: toggle });
  const remove = async () => {
    if (await actions.deleteTask(task.id)) navigate("/");
  };
  return (
    <>
      <TaskHeader
        detail={detail}
        bookmarked={bookmark !== undefined}
        rating={rating}
        onRate={(chosen) => void actions.rateTask(task.id, chosen)}
        onBookmark={toggle}
        onCopyLink={() => void actions.copy(linkTo(task.id), "link")}
        onRename={(title) => void actions.renameTask(task.id, title)}
        onDelete={remove}
      />
      <Relatives parent={parent} subagents={children} />
    </>
  );
}

function linkTo(id: TaskId): string {
  return `${window.location.origin}/tasks/${encodeURIComponent(id)}`;
}
