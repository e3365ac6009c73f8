import { useState } from "react";
import { useApp, useMonitor } from "../../app/context";
import { useCommands } from "../../keys/useCommands";
import { bookmarkOf } from "../../store/bookmark";
import type { TaskDetail } from "../../store/state";
import type { TaskId, TaskStatus } from "../../wire.gen";
import { usePlace } from "../place";
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
  const { openTask, goTo } = usePlace();
  const { task, children } = detail;
  const parent = useMonitor((state) => state.tasks?.byId.get(task.parentTaskId ?? ""));
  const bookmark = useMonitor((state) => bookmarkOf(state, task.id));
  const rating = useMonitor((state) => state.evaluations.get(task.id)?.rating);
  const [renaming, setRenaming] = useState(false);
  const toggle = () => void actions.toggleBookmark({ taskId: task.id }, bookmark);
  const copyLink = () => void actions.copy(linkTo(task.id), "link");
  const remove = async () => {
    const back = () => openTask(task.id);
    if (await actions.deleteTask(task.id, back)) goTo("/");
  };
  const set = (status: TaskStatus) => () => void actions.setStatus(task.id, status);
  useCommands({
    ...(inspecting
      ? {}
      : { bookmark: toggle, rename: () => setRenaming(true), "copy-link": copyLink }),
    export: () => actions.exportTask(task.id),
    delete: () => void remove(),
    "set-running": set("running"),
    "set-waiting": set("waiting"),
    "set-completed": set("completed"),
    "set-errored": set("errored"),
  });
  return (
    <>
      <TaskHeader
        detail={detail}
        bookmarked={bookmark !== undefined}
        rating={rating}
        onRate={(chosen) => void actions.rateTask(task.id, chosen)}
        onBookmark={toggle}
        onCopyLink={copyLink}
        renaming={renaming}
        onRenaming={setRenaming}
        onRename={(title) => void actions.renameTask(task.id, title)}
        onStatus={(status) => set(status)()}
        onExport={() => actions.exportTask(task.id)}
        onDelete={() => void remove()}
      />
      <Relatives parent={parent} subagents={children} />
    </>
  );
}

function linkTo(id: TaskId): string {
  return `${window.location.origin}/tasks/${encodeURIComponent(id)}`;
}
