import { taskState } from "../event/status";
import { plainLine } from "../format/plain";
import { millis } from "../format/time";
import type { Task, TaskId } from "../wire.gen";
import { attentionOf, needsPerson, stateSince } from "./attention";
import { reasonOf } from "./reason";

/** What a person has to be told of: a task that stopped, and cannot go on without them. */
export interface News {
  readonly id: TaskId;
  /** Names the occasion: another question of the same task is another one. */
  readonly occasion: string;
  readonly title: string;
  readonly reason: string;
}

/** What a task needs a person for; null where it needs none. */
export function occasionOf(task: Task, now: number): string | null {
  const attention = attentionOf(task, now);
  return needsPerson(attention) ? `${attention} ${stateSince(task)}` : null;
}

/** Older than this it is no news: it was missed while the page was away, and the list shows it. */
const RECENT_MS = 90_000;

/** The news in a task as it is told now, `known` being its last occasion. */
export function newsOf(task: Task, known: string | undefined, now: number): News | null {
  const occasion = occasionOf(task, now);
  if (occasion === null || occasion === known || isOwnDoing(task)) return null;
  if (now - millis(stateSince(task)) > RECENT_MS) return null;
  const { detail } = reasonOf(task);
  return {
    id: task.id,
    occasion,
    title: plainLine(task.displayTitle, 80),
    reason: [taskState(task).label, detail].filter(Boolean).join(": "),
  };
}

/**
 * Whether the person knows it already: they broke the turn off, or started the agent just now. A
 * guess is not told either, for it may be taken back.
 */
function isOwnDoing({ activity, lastSessionStartedAt }: Task): boolean {
  if (activity === undefined) return false;
  const { state, since, guess } = activity;
  const justStarted = state === "person" && since <= (lastSessionStartedAt ?? "");
  return guess === true || state === "interrupted" || justStarted;
}

/** A notification of the browser's. */
export interface Notice {
  readonly title: string;
  readonly body: string;
  /** One with the same tag takes the place of the one before. */
  readonly tag: string;
  /** The task that a click opens; null opens the list. */
  readonly taskId: TaskId | null;
}

/** More pieces of news than this at once are told as one. */
const APART_MAX = 2;
const NAMED_MAX = 4;

export function noticesOf(news: readonly News[]): Notice[] {
  if (news.length <= APART_MAX) return news.map(noticeOf);
  const named = news.slice(0, NAMED_MAX).map(({ title }) => title);
  const more = news.length - named.length;
  return [
    {
      title: `${news.length} agents need you`,
      body: [...named, ...(more > 0 ? [`and ${more} more`] : [])].join("\n"),
      tag: "agent-tracer",
      taskId: null,
    },
  ];
}

function noticeOf({ id, title, reason }: News): Notice {
  return { title, body: reason, tag: `agent-tracer ${id}`, taskId: id };
}
