import { Link } from "wouter";
import { useMonitor } from "../../app/context";
import { linksOf, titleOf } from "../../event/details";
import { plainLine } from "../../format/plain";
import type { Event, EventId, TaskId } from "../../wire.gen";

/** The events that this one names, to go to. */
export function Links({ event }: { event: Event }) {
  const links = linksOf(event);
  if (links.length === 0) return null;
  return (
    <section className="block">
      <div className="block-head">
        <h3>Linked events</h3>
      </div>
      <ul className="links">
        {links.map(({ word, id }) => (
          <li key={`${word} ${id}`}>
            <span className="muted">{word}</span>
            <EventLink taskId={event.taskId} id={id} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function EventLink({ taskId, id }: { taskId: TaskId; id: EventId }) {
  const target = useMonitor((state) => state.details.get(taskId)?.events.byId.get(id));
  const href = `/tasks/${encodeURIComponent(taskId)}?event=${encodeURIComponent(id)}`;
  return <Link href={href}>{plainLine(target ? titleOf(target) : id, 120)}</Link>;
}
