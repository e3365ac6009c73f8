import { useMemo } from "react";
import { useMonitor } from "../../app/context";
import { titleOf } from "../../event/details";
import { kindWord } from "../../event/kinds";
import { type Relation, relationsOf, type SameFile, sameFiles } from "../../event/relations";
import { counted } from "../../format/number";
import { plainLine } from "../../format/plain";
import { clock } from "../../format/time";
import type { Event, TaskId } from "../../wire.gen";
import { TaskLink } from "../common/PlaceLink";
import { usePlace } from "../place";
import { LaneDot } from "../timeline/LaneDot";
import { useInspected } from "./inspected";
import { Block } from "./text/Block";
import { PathName } from "./text/PathName";
import { useLoadedEvents } from "./useLoadedEvents";

/** The events that this one has to do with, to go to. */
export function Links() {
  const { event } = useInspected();
  // An event of a subagent is looked at on the page of the task that it works for.
  const page = usePlace().taskId ?? event.taskId;
  const events = useLoadedEvents(event.taskId);
  const relations = useMemo(() => relationsOf(event, events), [event, events]);
  const files = useMemo(() => sameFiles(event, events), [event, events]);
  const partial = useMonitor((state) => state.details.get(event.taskId)?.before !== undefined);
  return (
    <>
      {relations.length > 0 && (
        <Block name="Related">
          <ul className="links">
            {relations.map((relation) => (
              <li key={relation.id}>
                <RelationLink taskId={page} relation={relation} />
              </li>
            ))}
          </ul>
        </Block>
      )}
      {files.map((file) => (
        <SameFileBlock key={file.path} taskId={page} file={file} partial={partial} />
      ))}
    </>
  );
}

function RelationLink({ taskId, relation }: { taskId: TaskId; relation: Relation }) {
  const { word, id, event } = relation;
  return (
    <TaskLink id={taskId} more={{ event: id }} className="event-link">
      <span className="link-word">{word}</span>
      {event !== undefined && <LaneDot lane={event.lane} />}
      <span className="link-title">{plainLine(event ? titleOf(event) : id, 120)}</span>
      {event === undefined && <span className="muted">not loaded</span>}
    </TaskLink>
  );
}

const FIRST_OF_FILE = 6;

interface FileProps {
  taskId: TaskId;
  file: SameFile;
  /** Whether earlier events of the task are not loaded. */
  partial: boolean;
}

function SameFileBlock({ taskId, file, partial }: FileProps) {
  const { events, path } = file;
  const shown = events.slice(0, FIRST_OF_FILE);
  return (
    <Block
      name={
        <>
          Also about <PathName path={path} />
        </>
      }
      tools={
        <span className="muted tabular">
          {counted(events.length, "event")}
          {partial && " in the loaded part"}
        </span>
      }
    >
      <ul className="links">
        {shown.map((event) => (
          <li key={event.id}>
            <EventLink taskId={taskId} event={event} />
          </li>
        ))}
      </ul>
    </Block>
  );
}

export function EventLink({ taskId, event }: { taskId: TaskId; event: Event }) {
  return (
    <TaskLink id={taskId} more={{ event: event.id }} className="event-link">
      <time className="link-word" dateTime={event.createdAt}>
        {clock(event.createdAt)}
      </time>
      <LaneDot lane={event.lane} />
      <span className="link-title">{plainLine(titleOf(event), 120)}</span>
      <span className="muted">{plainLine(kindWord(event), 40)}</span>
    </TaskLink>
  );
}
