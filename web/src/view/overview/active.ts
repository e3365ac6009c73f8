import type { Task } from "../../wire.gen";

const SHOWN = 12;

/** The tasks to show first: those that wait for a person, then those that run. */
export function atWork(tasks: readonly Task[]): Task[] {
  const those = (status: Task["status"]) => tasks.filter((task) => task.status === status);
  return [...those("waiting"), ...those("running")].slice(0, SHOWN);
}
