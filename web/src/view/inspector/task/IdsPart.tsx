import { useEffect, useState } from "react";
import { useApp } from "../../../app/context";
import { agentSessionId, resumeCommand } from "../../../facts/resume";
import type { Event, EventId, Task } from "../../../wire.gen";
import { Fact, IdFact } from "../Facts";
import { Block } from "../text/Block";
import { CopyButton } from "../text/CopyButton";

/** The names that this task has here and in its agent, and how to take it up again. */
export function IdsPart({ task, events }: { task: Task; events: readonly Event[] }) {
  const agentId = useAgentSession(events.at(-1)?.id);
  // A subagent cannot be taken up by itself.
  const command =
    agentId === undefined || task.taskKind === "background"
      ? null
      : resumeCommand(task.runtimeSource, agentId);
  return (
    <Block name="Names">
      {command !== null && (
        <div className="terminal">
          <div className="terminal-part">
            <CopyButton what="resume command" text={command} />
            <pre className="terminal-command part">{command}</pre>
          </div>
        </div>
      )}
      <dl className="table facts-table">
        <IdFact name="Task" id={task.id} />
        {agentId !== undefined && <IdFact name="Agent's session" id={agentId} />}
        {task.backgroundTaskId !== undefined && (
          <IdFact name="Agent's subagent" id={task.backgroundTaskId} />
        )}
        {task.workspacePath !== undefined && (
          <Fact name="Folder">
            <span className="code id">{task.workspacePath}</span>
            <CopyButton what="folder" text={task.workspacePath} />
          </Fact>
        )}
      </dl>
    </Block>
  );
}

/** The agent's own id of its session, as its hooks tell it: read once from the newest event. */
function useAgentSession(newest: EventId | undefined): string | undefined {
  const { monitor } = useApp();
  const [id, setId] = useState<string | undefined>(undefined);
  const wanted = id === undefined ? newest : undefined;
  useEffect(() => {
    if (wanted === undefined) return;
    let current = true;
    monitor.readPayloads(wanted).then(
      (sent) => {
        const told = sent.map(({ payload }) => agentSessionId(payload)).find(Boolean);
        if (current) setId(told);
      },
      // An id that cannot be read is left out.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [monitor, wanted]);
  return id;
}
