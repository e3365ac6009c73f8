import { whole } from "../../format/number";
import { plainLine } from "../../format/plain";
import type { Task } from "../../wire.gen";
import { Age } from "../common/Moments";
import { TaskLink } from "../common/PlaceLink";
import { Status } from "../common/Status";

interface Props {
  tasks: readonly Task[];
  /** How many there are, whether they are shown or not. */
  total: number;
}

/** The tasks that run or wait for a person. */
export function AtWork({ tasks, total }: Props) {
  const more = total - tasks.length;
  return (
    <section aria-label="Running and waiting">
      <h2>Running and waiting</h2>
      {total === 0 && tasks.length === 0 && (
        <p className="muted">No agent is at work, and none waits for you.</p>
      )}
      {tasks.length > 0 && (
        <ul className="cards">
          {tasks.map((task) => (
            <li key={task.id}>
              <TaskLink id={task.id} className="card-row">
                <Status task={task} />
                <span className="card-title" dir="auto">
                  {plainLine(task.displayTitle)}
                </span>
                <span className="muted">{plainLine(task.runtimeSource ?? "")}</span>
                <span className="muted tabular card-age">
                  <Age at={task.lastActivityAt} />
                </span>
              </TaskLink>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p className="muted">+{whole(more)} more</p>}
    </section>
  );
}
