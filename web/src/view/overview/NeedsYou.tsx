import { useMonitor } from "../../app/context";
import { stateSince } from "../../attention/attention";
import type { Groups } from "../../attention/sections";
import { counted, whole } from "../../format/number";
import { plainLine } from "../../format/plain";
import { homeName } from "../../store/workspace";
import type { Task } from "../../wire.gen";
import { Age } from "../common/Moments";
import { TaskLink } from "../common/PlaceLink";
import { Status } from "../common/Status";

/** The list beside it has them all. */
const SHOWN = 5;

interface Props {
  groups: Groups;
  /** How many need somebody, whether they are shown or not. */
  total: number;
  atWork: number;
}

/** Who cannot go on without a person, in the order of the list. */
export function NeedsYou({ groups, total, atWork }: Props) {
  const all = [...groups.permission, ...groups.person, ...groups.failed];
  const shown = all.slice(0, SHOWN);
  if (total === 0) {
    const others = atWork === 0 ? "No agent is at work." : `${counted(atWork, "agent")} at work.`;
    return <p className="muted now-calm">Nobody waits for you. {others}</p>;
  }
  return (
    <>
      <ul className="cards now-list" aria-label="Needs you">
        {shown.map((task) => (
          <li key={task.id}>
            <NeedingTask task={task} />
          </li>
        ))}
      </ul>
      {total > shown.length && <p className="muted">+{whole(total - shown.length)} more</p>}
    </>
  );
}

function NeedingTask({ task }: { task: Task }) {
  const workspaces = useMonitor((state) => state.workspaces);
  const origin = [task.runtimeSource ?? "", homeName(task, workspaces)].filter(Boolean).join(" · ");
  return (
    <TaskLink id={task.id} className="card-row">
      <Status task={task} />
      <span className="card-title" dir="auto">
        {plainLine(task.displayTitle)}
      </span>
      <span className="muted card-origin">{plainLine(origin, 60)}</span>
      <span className="muted tabular card-age">
        <Age at={stateSince(task)} />
      </span>
    </TaskLink>
  );
}
