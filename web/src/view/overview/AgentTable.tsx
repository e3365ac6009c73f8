import { percent, whole } from "../../format/number";
import { plainLine } from "../../format/plain";
import type { RuntimeSourceStats } from "../../wire.gen";

export function AgentTable({ agents }: { agents: readonly RuntimeSourceStats[] }) {
  return (
    <section aria-label="By agent">
      <h2>By agent</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Agent</th>
            <th scope="col">Tasks</th>
            <th scope="col">Running</th>
            <th scope="col" title="Share of tasks with the person's own prompt.">
              Prompts
            </th>
            <th scope="col" title="Share of tasks in which events are linked.">
              Links
            </th>
          </tr>
        </thead>
        <tbody>
          {agents.map((agent) => (
            <tr key={agent.runtimeSource}>
              <th scope="row">{plainLine(agent.runtimeSource, 60)}</th>
              <td>{whole(agent.taskCount)}</td>
              <td>{whole(agent.runningTaskCount)}</td>
              <td>{percent(agent.promptCaptureRate)}</td>
              <td>{percent(agent.traceLinkedTaskRate)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
