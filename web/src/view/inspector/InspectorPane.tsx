import { useEffect, useState } from "react";
import { useCommands } from "../../keys/useCommands";
import type { EventId, TaskId } from "../../wire.gen";
import { IconButton } from "../common/IconButton";
import { usePlace } from "../place";
import { EventPane } from "./EventPane";
import { Resizer } from "./Resizer";
import { PANEL, type Tab, Tabs } from "./Tabs";
import { TaskFacts } from "./task/TaskFacts";
import { useWidth } from "./width";

interface Props {
  taskId: TaskId;
  /** The event that is selected; without one, the pane is about the task. */
  eventId: EventId | null;
  workspace: string | undefined;
  onClose: () => void;
}

/** The pane beside the timeline: the selected event, or the facts of its task. */
export function InspectorPane({ taskId, eventId, workspace, onClose }: Props) {
  const [width, setWidth] = useWidth();
  const [tab, setTab] = useTab(eventId);
  const { set } = usePlace();
  const close = eventId === null ? () => set({ pane: null }) : onClose;
  useCommands({
    close,
    facts: eventId === null ? close : () => setTab(tab === "task" ? "event" : "task"),
  });
  return (
    <aside
      className="inspector"
      aria-label={tab === "event" ? "Event" : "Task details"}
      style={{ "--inspector-wanted": `${width}px` } as React.CSSProperties}
    >
      <Resizer width={width} onWidth={setWidth} />
      <div className="inspector-bar">
        {eventId === null ? <h2>Task</h2> : <Tabs tab={tab} onTab={setTab} />}
        <span className="spacer" />
        <IconButton icon="close" label="Close (Esc)" onClick={close} />
      </div>
      {eventId === null ? (
        <TaskFacts taskId={taskId} />
      ) : (
        <div
          className="inspector-panel"
          id={PANEL}
          role="tabpanel"
          aria-label={tab === "event" ? "The event" : "The task"}
        >
          {tab === "event" ? (
            <EventPane key={eventId} taskId={taskId} eventId={eventId} workspace={workspace} />
          ) : (
            <TaskFacts taskId={taskId} />
          )}
        </div>
      )}
    </aside>
  );
}

/** Whoever selects an event wants to see it, whatever was looked at before. */
function useTab(eventId: EventId | null): [Tab, (tab: Tab) => void] {
  const [chosen, setChosen] = useState<Tab>("event");
  // biome-ignore lint/correctness/useExhaustiveDependencies: another event is the reason
  useEffect(() => setChosen("event"), [eventId]);
  return [eventId === null ? "task" : chosen, setChosen];
}
