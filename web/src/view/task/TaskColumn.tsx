import { useCallback, useMemo, useState } from "react";
import { messageOf } from "../../api/errors";
import { useApp, useMonitor } from "../../app/context";
import { notify } from "../../app/notices";
import { laneCounts } from "../../event/laneCounts";
import { standings } from "../../event/standing";
import { rowsOf } from "../../store/identity";
import type { TaskDetail } from "../../store/state";
import type { EventId, Lane, TaskId } from "../../wire.gen";
import { useOnce } from "../common/useOnce";
import { usePlace } from "../place";
import { LaneFilter } from "../timeline/LaneFilter";
import { Timeline } from "../timeline/Timeline";
import { useFolds } from "../timeline/useFolds";
import { Figures } from "./Figures";
import { FindBar } from "./FindBar";
import { TaskHead } from "./TaskHead";
import { useFind } from "./useFind";
import { useMoment } from "./useMoment";
import { useTimeline } from "./useTimeline";

interface Props {
  detail: TaskDetail;
  eventId: EventId | null;
  onSelectEvent: (id: EventId | null) => void;
}

/** One task: what it is, what it comes to, and its timeline. */
export function TaskColumn({ detail, eventId, onSelectEvent }: Props) {
  const { monitor } = useApp();
  const { at } = usePlace();
  const { task } = detail;
  const { folds, fold } = useFolds();
  const [only, setOnly] = useState<ReadonlySet<Lane>>(new Set());
  const loaded = useMemo(() => rowsOf(detail.events), [detail.events]);
  const cut = detail.before !== undefined;
  const { events, earlier, failure, loading } = useMoment(task.id, at, {
    events: loaded,
    earlier: cut,
  });
  const find = useFind(events);
  const shown = find.found ?? eventId;
  const rows = useTimeline({ detail, events, earlier, only, folds, selected: shown });
  const counts = useMemo(() => laneCounts(events), [events]);
  const standing = useMemo(() => standings(events), [events]);
  const bookmarked = useBookmarkedEvents(task.id);
  const hold = useCallback((held: boolean) => monitor.hold(task.id, held), [monitor, task.id]);
  const onEarlier = useOnce(() =>
    monitor.loadEarlier(task.id).catch((error) => notify(messageOf(error), "bad")),
  );
  return (
    <main className="task-column">
      <TaskHead detail={detail} inspecting={eventId !== null} />
      <Figures detail={detail} />
      <LaneFilter counts={counts} partial={earlier} only={only} onChange={setOnly} />
      {find.query !== null && (
        <FindBar find={find} partial={earlier} onOpen={() => onSelectEvent(find.found)} />
      )}
      {rows.length === 0 ? (
        <p className="pane-note">{failure ?? emptyNote(loading, at !== null)}</p>
      ) : (
        <Timeline
          rows={rows}
          workspace={task.workspacePath}
          selected={eventId}
          found={find.found}
          bookmarked={bookmarked}
          standing={standing}
          onSelect={onSelectEvent}
          onFold={fold}
          onEarlier={onEarlier}
          onHold={hold}
        />
      )}
    </main>
  );
}

function emptyNote(loading: boolean, past: boolean): string {
  if (loading) return "Reading that moment…";
  return past ? "Nothing had been logged by then." : "Nothing was logged in this task yet.";
}

function useBookmarkedEvents(taskId: TaskId): ReadonlySet<EventId> {
  const bookmarks = useMonitor((state) => state.bookmarks);
  return useMemo(() => {
    const own = bookmarks ? rowsOf(bookmarks).filter((held) => held.taskId === taskId) : [];
    return new Set(own.flatMap(({ eventId }) => eventId ?? []));
  }, [bookmarks, taskId]);
}
