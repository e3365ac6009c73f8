import { useMonitor } from "../../../app/context";
import { plainLine } from "../../../format/plain";
import { type Delegation, namedTasks } from "../../../subject/delegation";
import { TaskLink } from "../../common/PlaceLink";
import { Status } from "../../common/Status";
import { useInspected } from "../inspected";
import { Block } from "../text/Block";
import { MessageBlock } from "../text/MessageBlock";

/** Work that was handed on: to whom, what was asked for, and what came back. */
export function DelegationView({ agent, prompt, result, status }: Delegation) {
  const { event } = useInspected();
  const children = useMonitor((state) => state.details.get(event.taskId)?.children);
  const tasks = namedTasks(event, children ?? []);
  return (
    <>
      <Block
        name="Subagent"
        tools={status !== undefined && <span className="badge">{plainLine(status, 40)}</span>}
      >
        {agent !== undefined && <p className="mcp-name">{plainLine(agent, 80)}</p>}
        {tasks.map((task) => (
          <TaskLink key={task.id} id={task.id} className="relative">
            <span className="relative-word">Its own task</span>
            <span className="relative-title">{plainLine(task.displayTitle, 80)}</span>
            <Status task={task} />
          </TaskLink>
        ))}
        {tasks.length === 0 && agent === undefined && (
          <p className="muted">Which subagent it was is not told.</p>
        )}
      </Block>
      {prompt !== undefined && <MessageBlock name="Asked for" text={prompt} field="body" />}
      {result !== undefined && (
        <MessageBlock name="Result" text={result.text} field={result.field} />
      )}
    </>
  );
}
