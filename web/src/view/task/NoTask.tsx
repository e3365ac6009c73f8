import { useMonitor } from "../../app/context";
import { plainLine } from "../../format/plain";
import type { TaskId } from "../../wire.gen";
import { PageLink } from "../common/PlaceLink";

/** Why a task is not on the screen: still reading, deleted or never there, or it could not be read. */
export function NoTask({ taskId }: { taskId: TaskId }) {
  const gone = useMonitor((state) => state.gone.has(taskId));
  const failure = useMonitor((state) => state.failures.task);
  if (gone) {
    return (
      <main className="message">
        <h1>This task is not here</h1>
        <p>It was deleted, or the server never had it.</p>
        <PageLink to="/" className="button">
          Go to the overview
        </PageLink>
      </main>
    );
  }
  if (failure !== undefined) {
    return (
      <main className="message">
        <h1>The task could not be read</h1>
        <p>{plainLine(failure.message)} It is being tried again.</p>
      </main>
    );
  }
  return (
    <main className="task-column" role="status" aria-label="Reading the task">
      <div className="skeleton skeleton-title" />
      <div className="skeleton skeleton-line" />
      <div className="figures skeleton" />
      <div className="skeleton skeleton-block" />
    </main>
  );
}
