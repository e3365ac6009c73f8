import { whole } from "../../format/number";

/** What a task's subagents ask for. */
export function Asking({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="task-asking tone-waiting">
      {count === 1 ? "a subagent needs permission" : `${whole(count)} subagents need permission`}
    </span>
  );
}
