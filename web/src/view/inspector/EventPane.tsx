import { useState } from "react";
import { messageOf } from "../../api/errors";
import { useApp, useMonitor } from "../../app/context";
import { notify } from "../../app/notices";
import { useCommands } from "../../keys/useCommands";
import { bookmarkOf } from "../../store/bookmark";
import type { Event, EventId, TaskId } from "../../wire.gen";
import { EventTab } from "./EventTab";
import { useInspectedEvent } from "./useInspectedEvent";

interface Props {
  taskId: TaskId;
  eventId: EventId;
  workspace: string | undefined;
}

/** The event in the address, with what a person can do to it. */
export function EventPane({ taskId, eventId, workspace }: Props) {
  const { actions } = useApp();
  const { inspected, inTimeline, failure } = useInspectedEvent(taskId, eventId);
  // A subagent's event is shown on the page of another task.
  const owner = inspected?.event.taskId ?? taskId;
  const bookmark = useMonitor((state) => bookmarkOf(state, owner, eventId));
  const toggle = () => void actions.toggleBookmark({ taskId: owner, eventId }, bookmark);
  const copyLink = () => void actions.copy(window.location.href, "link");
  useCommands({ bookmark: toggle, "copy-link": copyLink });
  if (inspected === null) return <NoEvent failure={failure} />;
  return (
    <EventTab
      inspected={inspected}
      workspace={workspace}
      bookmarked={bookmark !== undefined}
      note={
        <Note taskId={taskId} event={inspected.event} inTimeline={inTimeline} failure={failure} />
      }
      onBookmark={toggle}
      onCopyLink={copyLink}
      onRename={(title) => void actions.renameEvent(eventId, title)}
    />
  );
}

interface NoteProps {
  taskId: TaskId;
  event: Event;
  inTimeline: boolean;
  failure: string | null;
}

function Note({ taskId, event, inTimeline, failure }: NoteProps) {
  if (failure !== null) return <p className="note tone-bad">{failure}</p>;
  if (inTimeline) return null;
  return (
    <div className="note">
      <p>This event is outside the loaded part of the timeline.</p>
      <ShowInTimeline taskId={taskId} event={event} />
    </div>
  );
}

/** Loads the timeline back to the event; the timeline itself then scrolls to what is selected. */
function ShowInTimeline({ taskId, event }: { taskId: TaskId; event: Event }) {
  const { monitor } = useApp();
  const hasEarlier = useMonitor((state) => state.details.get(taskId)?.before !== undefined);
  const [loading, setLoading] = useState(false);
  if (!hasEarlier || event.taskId !== taskId) return null;
  const load = async () => {
    setLoading(true);
    await monitor
      .loadBackTo(taskId, event.id)
      .catch((error) => notify(`Could not load earlier events: ${messageOf(error)}`, "bad"));
    setLoading(false);
  };
  return (
    <button type="button" className="button" disabled={loading} onClick={() => void load()}>
      {loading ? "Loading earlier events…" : "Show it in the timeline"}
    </button>
  );
}

/** The place of an event that is still read, so that nothing moves when it comes. */
function NoEvent({ failure }: { failure: string | null }) {
  return (
    <div className="inspector-body" role="status">
      {failure === null ? (
        <>
          <span className="visually-hidden">Reading the event…</span>
          <div className="skeleton skeleton-head" />
          <div className="skeleton skeleton-text" />
        </>
      ) : (
        <p className="note">{failure}</p>
      )}
    </div>
  );
}
