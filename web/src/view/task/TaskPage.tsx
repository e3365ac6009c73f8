import { useCallback, useEffect } from "react";
import { useApp, useMonitor } from "../../app/context";
import { useCommands } from "../../keys/useCommands";
import type { EventId, TaskId } from "../../wire.gen";
import { InspectorPane } from "../inspector/InspectorPane";
import { usePlace } from "../place";
import { NoTask } from "./NoTask";
import { TaskColumn } from "./TaskColumn";

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
  const { facts, set } = usePlace();
  const inspecting = eventId !== null || facts;
  useCommands(inspecting ? {} : { facts: () => set({ pane: "task" }) });
  return (
    <div className="task-page" data-inspecting={inspecting}>
      {detail === undefined ? (
        <NoTask taskId={taskId} />
      ) : (
        <TaskColumn key={taskId} detail={detail} eventId={eventId} onSelectEvent={onSelectEvent} />
      )}
      {detail !== undefined && inspecting && (
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
