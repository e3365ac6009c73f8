import { useClock } from "../../app/ticker";
import { TASK_STATUS } from "../../event/status";
import { age, duration, elapsed } from "../../format/duration";
import { counted } from "../../format/number";
import { plain, plainLine } from "../../format/plain";
import { fullTime, millis } from "../../format/time";
import { usageDetails, usageLine } from "../../format/usage";
import { runningSince } from "../../store/running";
import type { TaskDetail } from "../../store/state";
import type { Rating, Task, TaskStatus } from "../../wire.gen";
import { EditableTitle } from "../common/EditableTitle";
import { Icon } from "../common/Icon";
import { IconButton } from "../common/IconButton";
import { Menu, type MenuItem } from "../common/Menu";
import { PageLink } from "../common/PlaceLink";
import { Status } from "../common/Status";
import { usePlace } from "../place";
import { Rate } from "./Rate";

interface Props {
  detail: TaskDetail;
  bookmarked: boolean;
  rating: Rating | undefined;
  onRate: (rating: Rating) => void;
  onBookmark: () => void;
  onCopyLink: () => void;
  renaming: boolean;
  onRenaming: (renaming: boolean) => void;
  onRename: (title: string) => void;
  onStatus: (status: TaskStatus) => void;
  onExport: () => void;
  onDelete: () => void;
}

export function TaskHeader(props: Props) {
  const { task, sessions } = props.detail;
  const save = (title: string) => {
    props.onRenaming(false);
    if (title !== "" && title !== task.displayTitle) props.onRename(title);
  };
  return (
    <div className="task-head">
      {/* Only where one pane is shown at a time. */}
      <PageLink to="/" className="back">
        <Icon name="back" />
        Tasks
      </PageLink>
      <div className="task-head-title">
        {props.renaming ? (
          <EditableTitle
            value={plainLine(task.displayTitle)}
            label="Title of the task"
            onSave={save}
            onCancel={() => props.onRenaming(false)}
          />
        ) : (
          <h1 dir="auto" title={plain(task.displayTitle)}>
            {plainLine(task.displayTitle)}
          </h1>
        )}
        <TaskButtons {...props} />
      </div>
      <div className="facts">
        <Status task={task} />
        <Why task={task} />
        <span className="tabular" title={began(task)}>
          <TaskDuration task={task} />
        </span>
        {task.usage !== undefined && (
          <span className="tabular" title={usageDetails(task.usage)}>
            {usageLine(task.usage)}
          </span>
        )}
        {task.runtimeSource !== undefined && <span>{plainLine(task.runtimeSource)}</span>}
        <span>{counted(sessions.length, "session")}</span>
        <Rate rating={props.rating} onRate={props.onRate} />
        {task.workspacePath !== undefined && (
          <span className="path" title={plain(task.workspacePath)}>
            <bdi>{plainLine(task.workspacePath)}</bdi>
          </span>
        )}
      </div>
    </div>
  );
}

/** What it waits for, and since when. */
function Why({ task }: { task: Task }) {
  const activity = task.status === "waiting" ? task.activity : undefined;
  const waited = useClock((now) =>
    activity === undefined ? "" : age(now - millis(activity.since)),
  );
  if (activity === undefined) return null;
  return (
    <span className="tabular" title={`Since ${fullTime(activity.since)}`}>
      {activity.detail !== undefined && <>{plainLine(activity.detail, 80)} · </>}
      for {waited}
    </span>
  );
}

/** How long it has been running, or how long it took from its creation to its last activity. */
function TaskDuration({ task }: { task: Task }) {
  const start = millis(task.createdAt);
  return useClock((now) =>
    task.status === "running"
      ? elapsed(now - millis(runningSince(task)))
      : duration(millis(task.lastActivityAt) - start),
  );
}

function began(task: Task): string {
  const since = runningSince(task);
  const first = `The task began ${fullTime(task.createdAt)}.`;
  return since === task.createdAt ? first : `${first} Its newest session began ${fullTime(since)}.`;
}

function TaskButtons(props: Props) {
  const { bookmarked } = props;
  const { facts, set } = usePlace();
  return (
    <div className="buttons">
      <IconButton
        icon="bookmark"
        label={bookmarked ? "Remove the bookmark of this task" : "Bookmark this task"}
        pressed={bookmarked}
        onClick={props.onBookmark}
      />
      <IconButton icon="link" label="Copy a link to this task" onClick={props.onCopyLink} />
      <IconButton icon="edit" label="Rename this task" onClick={() => props.onRenaming(true)} />
      <IconButton
        icon="panel"
        label="Facts of this task (i)"
        pressed={facts}
        onClick={() => set({ pane: facts ? null : "task" })}
      />
      <Menu icon="more" label="More to do with this task" items={menuOf(props)} />
    </div>
  );
}

function menuOf({ detail, onStatus, onExport, onDelete }: Props): MenuItem[] {
  const statuses = Object.entries(TASK_STATUS).map(([status, { label }]) => ({
    label: `Status: ${label.toLowerCase()}`,
    checked: detail.task.status === status,
    run: () => onStatus(status as TaskStatus),
  }));
  return [
    ...statuses,
    { label: "Export as JSON", run: onExport },
    { label: "Delete", danger: true, run: onDelete },
  ];
}
