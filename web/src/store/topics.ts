import type { TaskId, Topic } from "../wire.gen";

export const OVERVIEW: Topic = "overview";
export const BOOKMARKS: Topic = "bookmarks";

const TASK = "task:";

export function topicOf(id: TaskId): Topic {
  return `${TASK}${id}`;
}

/** The task that a topic is about; null for the others. */
export function taskOf(topic: Topic): TaskId | null {
  return topic.startsWith(TASK) ? topic.slice(TASK.length) : null;
}
