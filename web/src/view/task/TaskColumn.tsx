import { useCallback, useMemo, useState } from "react";
import { messageOf } from "../../api/errors";
import { useApp, useMonitor } from "../../app/context";
import { notify } from "../../app/notices";
import { detailsOf } from "../../event/details";
import { laneCounts } from "../../event/laneCounts";
import { standings } from "../../event/standing";
import { millis } from "../../format/time";
import { rowsOf } from "../../store/identity";
import type { TaskDetail } from "../../store/state";
import { agentsAsOf } from "../../timeline/moment";
import type { Event, EventId, Lane, TaskId } from "../../wire.gen";
import { MomentContext } from "../common/MomentContext";
import { useOnce } from "../common/useOnce";
import { usePaced } from "../common/usePaced";
import { Lanes } from "../lanes/Lanes";
import { TimeBar } from "../lanes/TimeBar";
import { useLaneSpan } from "../lanes/useLaneSpan";
import { usePlace } from "../place";
import { LaneFilter } from "../timeline/LaneFilter";
import { Timeline } from "../timeline/Timeline";
import { useFolds } from "../timeline/useFolds";
import { Figures } from "./Figures";
import { FindBar } from "./FindBar";
import { TaskHead } from "./TaskHead";
import { useFind } from "./useFind";
import { useMoment } from "./useMoment";
import { useRewind } from "./useRewind";
import { useTimeline } from "./useTimeline";
import { useWhole } from "./useWhole";
import { ViewSwitch } from "./ViewSwitch";

interface Props {
  detail: TaskDetail;
  eventId: EventId | null;
  onSelectEvent: (id: EventId | null) => void;
}

/** One task: what it is, what it comes to, and its timeline. */
export function TaskColumn({ detail, eventId, onSelectEvent }: Props) {
  const { monitor } = useApp();
  const { view, set, openTask } = usePlace();
  const { at, passing, rewind } = useRewind();
  const { task } = detail;
  const { folds, fold } = useFolds();
  const [only, setOnly] = useState<ReadonlySet<Lane>>(new Set());
  const loaded = useMemo(() => rowsOf(detail.events), [detail.events]);
  const cut = detail.before !== undefined;
  const { events, earlier, failure, loading } = useMoment(
    task.id,
    at,
    { events: loaded, earlier: cut },
    passing,
  );
  const children = useMemo(
    () => (at === null ? detail.children : agentsAsOf(detail.children, millis(at))),
    [detail.children, at],
  );
  const find = useFind(events);
  const shown = find.found ?? eventId;
  const rows = useTimeline({ events, children, earlier, only, folds, selected: shown });
  const counted = usePaced(events);
  const counts = useMemo(() => laneCounts(counted), [counted]);
  const drawn = usePaced(loaded);
  const standing = useMemo(() => standings(events), [events]);
  const bookmarked = useBookmarkedEvents(task.id);
  const hold = useCallback((held: boolean) => monitor.hold(task.id, held), [monitor, task.id]);
  const onEarlier = useOnce(() =>
    monitor.loadEarlier(task.id).catch((error) => notify(messageOf(error), "bad")),
  );
  const whole = useWhole(task);
  const moment = at === null ? null : millis(at);
  const live = at === null && task.status === "running";
  const sight = useLaneSpan(whole, live);
  return (
    <MomentContext value={moment}>
      <main className="task-column">
        <TaskHead detail={detail} inspecting={eventId !== null} />
        <Figures detail={detail} />
        <div className="timeline-tools">
          <LaneFilter counts={counts} partial={earlier} only={only} onChange={setOnly} />
          <ViewSwitch view={view} onView={(next) => set({ view: next === "list" ? null : next })} />
        </div>
        <TimeBar
          events={drawn}
          all={sight.all}
          whole={whole}
          unknownUntil={cut ? millis(loaded[0]?.createdAt ?? "") : null}
          at={moment}
          fresh={moment === null ? 0 : countAfter(loaded, moment)}
          onAt={rewind}
          window={view === "lanes" ? sight.span : null}
          onWindow={sight.show}
        />
        {find.query !== null && (
          <FindBar find={find} partial={earlier} onOpen={() => onSelectEvent(find.found)} />
        )}
        {rows.length === 0 ? (
          <p className="pane-note timeline-note">
            {failure ?? emptyNote(loading, only.size > 0, at !== null)}
          </p>
        ) : view === "lanes" ? (
          <Lanes
            events={events}
            subagents={children}
            sessions={detail.sessions}
            only={only}
            whole={whole}
            view={sight}
            unknownUntil={earlier ? millis(events[0]?.createdAt ?? "") : null}
            at={moment}
            live={live}
            selected={shown}
            bookmarked={bookmarked}
            standing={standing}
            onSelect={onSelectEvent}
            onTask={openTask}
            onEarlier={onEarlier}
            onHold={hold}
          />
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
    </MomentContext>
  );
}

function countAfter(events: readonly Event[], moment: number): number {
  return events.filter((event) => detailsOf(event).at > moment).length;
}

function emptyNote(loading: boolean, filtered: boolean, past: boolean): string {
  if (loading) return "Reading that moment…";
  if (filtered) return "The chosen lanes hold nothing that is loaded.";
  return past ? "Nothing had been logged by then." : "Nothing was logged in this task yet.";
}

function useBookmarkedEvents(taskId: TaskId): ReadonlySet<EventId> {
  const bookmarks = useMonitor((state) => state.bookmarks);
  return useMemo(() => {
    const own = bookmarks ? rowsOf(bookmarks).filter((held) => held.taskId === taskId) : [];
    return new Set(own.flatMap(({ eventId }) => eventId ?? []));
  }, [bookmarks, taskId]);
}
