import { useCallback, useEffect, useMemo, useState } from "react";
import { useLocation } from "wouter";
import { messageOf } from "../../api/errors";
import { useApp, useMonitor } from "../../app/context";
import { notify } from "../../app/notices";
import { laneCounts, type TimelineRow, timelineRows } from "../../event/rows";
import { standings } from "../../event/standing";
import { useCommands } from "../../keys/useCommands";
import { bookmarkOf } from "../../store/bookmark";
import { rowsOf } from "../../store/identity";
import type { TaskDetail } from "../../store/state";
import type { EventId, Lane, TaskId } from "../../wire.gen";
import { useOnce } from "../common/useOnce";
import { InspectorPane } from "../inspector/InspectorPane";
import { LaneFilter } from "../timeline/LaneFilter";
import { Timeline } from "../timeline/Timeline";
import { Figures } from "./Figures";
import { NoTask } from "./NoTask";
import { Relatives } from "./Relatives";
import { TaskHeader } from "./TaskHeader";

interface Props {
  taskId: TaskId;
  eventId: EventId | null;
  onSelectEvent: (id: EventId | null) => void;
}

export function TaskPage({ taskId, eventId, onSelectEvent }: Props) {
  const { monitor } = useApp();
  const detail = useMonitor((state) => state.details.get(taskId));
  useEffect(() => {
    monitor.select(taskId);
    return () => monitor.select(null);
  }, [monitor, taskId]);
  const close = useCallback(() => onSelectEvent(null), [onSelectEvent]);
  return (
    <div className="task-page" data-inspecting={eventId !== null}>
      {detail === undefined ? (
        <NoTask taskId={taskId} />
      ) : (
        <TaskColumn key={taskId} detail={detail} eventId={eventId} onSelectEvent={onSelectEvent} />
      )}
      {detail !== undefined && eventId !== null && (
        <InspectorPane
          taskId={taskId}
          eventId={eventId}
          workspace={detail.task.workspacePath}
          onClose={close}
        />
      )}
    </div>
  );
}

interface ColumnProps {
  detail: TaskDetail;
  eventId: EventId | null;
  onSelectEvent: (id: EventId | null) => void;
}

function TaskColumn({ detail, eventId, onSelectEvent }: ColumnProps) {
  const { actions, monitor } = useApp();
  const [, navigate] = useLocation();
  const { task, events } = detail;
  const [only, setOnly] = useState<ReadonlySet<Lane>>(new Set());
  const list = useMemo(() => rowsOf(events), [events]);
  const rows = useRows(detail, only);
  const parent = useMonitor((state) => state.tasks?.byId.get(task.parentTaskId ?? ""));
  const bookmark = useMonitor((state) => bookmarkOf(state, task.id));
  const counts = useMemo(() => laneCounts(list), [list]);
  const standing = useMemo(() => standings(list), [list]);
  const bookmarked = useBookmarkedEvents(task.id);
  const rating = useMonitor((state) => state.evaluations.get(task.id)?.rating);
  const toggle = () => void actions.toggleBookmark(task.id, undefined, bookmark?.id);
  useCommands(eventId === null ? { bookmark: toggle } : {});
  const earlier = useOnce(() =>
    monitor.loadEarlier(task.id).catch((error) => notify(messageOf(error), "bad")),
  );
  const remove = async () => {
    if (await actions.deleteTask(task.id)) navigate("/");
  };
  return (
    <main className="task-column">
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
      <Relatives parent={parent} subagents={detail.children} />
      <Figures detail={detail} />
      <LaneFilter
        counts={counts}
        partial={detail.before !== undefined}
        only={only}
        onChange={setOnly}
      />
      {list.length === 0 ? (
        <p className="pane-note">Nothing was logged in this task yet.</p>
      ) : (
        <Timeline
          rows={rows}
          workspace={task.workspacePath}
          selected={eventId}
          bookmarked={bookmarked}
          standing={standing}
          onSelect={onSelectEvent}
          onEarlier={earlier}
        />
      )}
    </main>
  );
}

function useRows({ events, before }: TaskDetail, only: ReadonlySet<Lane>): TimelineRow[] {
  return useMemo(() => {
    const rows = timelineRows(rowsOf(events), only);
    return before === undefined ? rows : [{ kind: "earlier", key: "earlier" }, ...rows];
  }, [events, before, only]);
}

function useBookmarkedEvents(taskId: TaskId): ReadonlySet<EventId> {
  const bookmarks = useMonitor((state) => state.bookmarks);
  return useMemo(() => {
    const own = bookmarks ? rowsOf(bookmarks).filter((held) => held.taskId === taskId) : [];
    return new Set(own.flatMap(({ eventId }) => eventId ?? []));
  }, [bookmarks, taskId]);
}

function linkTo(id: TaskId): string {
  return `${window.location.origin}/tasks/${encodeURIComponent(id)}`;
}
