// Generated from the Rust types by `cargo xtask gen`. Do not edit.

export type TaskId = string;
export type SessionId = string;
export type EventId = string;
export type BookmarkId = string;
/** `overview`, `bookmarks` or `task:<id>`. */
export type Topic = string;
/** ISO-8601, UTC, with milliseconds and `Z`. */
export type Timestamp = string;

export type Lane = "user" | "exploration" | "planning" | "implementation" | "questions" | "todos" | "background" | "coordination";
export type EventKind = "task.start" | "task.complete" | "task.error" | "plan.logged" | "action.logged" | "agent.activity.logged" | "verification.logged" | "rule.logged" | "tool.used" | "terminal.command" | "context.saved" | "file.changed" | "thought.logged" | "user.message" | "question.logged" | "todo.logged" | "assistant.response";
export type TaskStatus = "running" | "waiting" | "completed" | "errored";
export type TaskKind = "primary" | "background";
export type ActivityState = "working" | "permission" | "person" | "background" | "interrupted" | "failed" | "silent" | "done";
export type Activity = { 
/**
 * What it is doing, or what it waits for.
 */
state: ActivityState, 
/**
 * Since when.
 */
since: Timestamp, 
/**
 * What about, in one line: the permission asked for, the question, the error.
 */
detail?: string, 
/**
 * Whether nobody said so: it follows from something else.
 */
guess?: boolean, };
export type SessionStatus = "running" | "completed" | "errored";
export type BookmarkKind = "task" | "event";
export type Phase = "planning" | "exploration" | "implementation" | "verification" | "coordination";
export type ToolStatus = "running" | "completed" | "failed" | "interrupted" | "refused" | "unfinished";
export type Task = { 
/**
 * Its id.
 */
id: TaskId, 
/**
 * The title as given; `display_title` is what a person should see.
 */
title: string, 
/**
 * The title for a path or an anchor; empty when it has no Latin letters or digits.
 */
slug: string, 
/**
 * Its state.
 */
status: TaskStatus, 
/**
 * Asked for by a person, or delegated.
 */
taskKind: TaskKind, 
/**
 * When it was created.
 */
createdAt: Timestamp, 
/**
 * When the row itself last changed (not moved by events).
 */
updatedAt: Timestamp, 
/**
 * When anything of it last happened, events included. Orders the task list.
 */
lastActivityAt: Timestamp, 
/**
 * What to show as the title: derived, kept at write time, always present.
 */
displayTitle: string, 
/**
 * The folder the agent works in.
 */
workspacePath?: string, 
/**
 * The task that delegated this one.
 */
parentTaskId?: TaskId, 
/**
 * The delegating agent's own session id: free text, not a session of ours.
 */
parentSessionId?: string, 
/**
 * The agent's own id of this background work.
 */
backgroundTaskId?: string, 
/**
 * When its newest session began.
 */
lastSessionStartedAt?: Timestamp, 
/**
 * Which agent it came from, such as `claude-code`.
 */
runtimeSource?: string, 
/**
 * Why it is in its state, and since when; kept where an agent's hooks tell of it.
 */
activity?: Activity, 
/**
 * What it used of models, without what it delegated; absent while nothing is known. Not moved
 * by it: `updated_at`, `last_activity_at`.
 */
usage?: Usage, };
export type Usage = { 
/**
 * Answers of a model. 0 where only sums were told.
 */
requests: number, 
/**
 * Tokens sent that no cache held.
 */
inputTokens: number, 
/**
 * Tokens sent that were read from a cache.
 */
cacheReadTokens: number, 
/**
 * Tokens sent that were written to a cache.
 */
cacheCreationTokens: number, 
/**
 * Tokens that came back, those of reasoning among them.
 */
outputTokens: number, 
/**
 * Those of the output that were reasoning, as far as it was said.
 */
reasoningTokens: number, 
/**
 * What it cost: what the agent reported, and our estimate where it reported nothing.
 */
costMicros?: number, 
/**
 * The part of the cost that agents reported; the rest is estimated.
 */
reportedCostMicros?: number, 
/**
 * All of it at list price, as far as the prices are known.
 */
listCostMicros?: number, 
/**
 * Tokens that are in no cost: nobody reported one, and their model has no known price.
 */
unpricedTokens?: number, };
export type Session = { 
/**
 * Its id.
 */
id: SessionId, 
/**
 * The task it belongs to.
 */
taskId: TaskId, 
/**
 * Its state.
 */
status: SessionStatus, 
/**
 * When it began.
 */
startedAt: Timestamp, 
/**
 * What was said about it when it began or ended.
 */
summary?: string, 
/**
 * When it ended.
 */
endedAt?: Timestamp, };
export type Event = { 
/**
 * Its id.
 */
id: EventId, 
/**
 * The task it belongs to.
 */
taskId: TaskId, 
/**
 * The session it happened in.
 */
sessionId?: SessionId, 
/**
 * What happened.
 */
kind: EventKind, 
/**
 * The row of the timeline.
 */
lane: Lane, 
/**
 * One line for a person. A manual rename is in `metadata.displayTitle`.
 */
title: string, 
/**
 * The whole text, if there is more than the title.
 */
body?: string, 
/**
 * Everything else.
 */
metadata: Record<string, unknown>, 
/**
 * How it was sorted, and why.
 */
classification: Classification, 
/**
 * When it happened.
 */
createdAt: Timestamp, };
export type Classification = { 
/**
 * The lane that was chosen.
 */
lane: Lane, 
/**
 * Tags to filter by, distinct, in the order of the contract.
 */
tags: Array<string>, 
/**
 * The rules that matched.
 */
matches: Array<ClassificationMatch>, };
export type ClassificationMatch = { 
/**
 * Always `action-registry`.
 */
ruleId: string, 
/**
 * Always `action-registry`.
 */
source: string, 
/**
 * How strong the match is.
 */
score: number, 
/**
 * The lane the rules point at.
 */
lane: Lane, 
/**
 * The tags they add.
 */
tags: Array<string>, 
/**
 * Which words matched.
 */
reasons: Array<MatchReason>, };
export type MatchReason = { 
/**
 * Which rule looked at it.
 */
kind: MatchReasonKind, 
/**
 * The word.
 */
value: string, };
export type MatchReasonKind = "action-prefix" | "action-keyword";
export type Bookmark = { 
/**
 * Its id.
 */
id: BookmarkId, 
/**
 * What it points at.
 */
kind: BookmarkKind, 
/**
 * The task.
 */
taskId: TaskId, 
/**
 * The event, if it points at one.
 */
eventId?: EventId, 
/**
 * Its title; the event's or task's title when none was given.
 */
title: string, 
/**
 * A remark.
 */
note?: string, 
/**
 * Everything else.
 */
metadata: Record<string, unknown>, 
/**
 * When it was first saved.
 */
createdAt: Timestamp, 
/**
 * When it was last saved.
 */
updatedAt: Timestamp, 
/**
 * The task's title, joined when read.
 */
taskTitle?: string, 
/**
 * The event's title, joined when read.
 */
eventTitle?: string, };
export type FinishedPreview = { 
/**
 * The first hundred of the tasks, most recently active first.
 */
tasks: Array<FinishedTask>, 
/**
 * How many tasks there are, what they delegated included.
 */
total: number, 
/**
 * How many events they have.
 */
events: number, };
export type FinishedTask = { 
/**
 * Its id.
 */
id: TaskId, 
/**
 * What to show as its title.
 */
displayTitle: string, 
/**
 * Its state. What finished tasks delegated goes with them, whatever its state.
 */
status: TaskStatus, 
/**
 * When anything of it last happened.
 */
lastActivityAt: Timestamp, 
/**
 * Which agent it came from.
 */
runtimeSource?: string, 
/**
 * The folder the agent works in.
 */
workspacePath?: string, 
/**
 * The task that delegated it, which goes too.
 */
goesWith?: TaskId, };
export type DeletedTask = { 
/**
 * Its id.
 */
id: TaskId, 
/**
 * What to show as its title.
 */
displayTitle: string, 
/**
 * When it was deleted.
 */
deletedAt: Timestamp, 
/**
 * From when on it can no longer be restored.
 */
emptiedAt: Timestamp, 
/**
 * The task that delegated it, deleted or not. Restoring that one restores this one too, if
 * they were deleted together.
 */
parentTaskId?: TaskId, };
export type OverviewStats = { 
/**
 * All tasks.
 */
totalTasks: number, 
/**
 * Tasks in state running.
 */
runningTasks: number, 
/**
 * Tasks in state waiting.
 */
waitingTasks: number, 
/**
 * Tasks in state completed.
 */
completedTasks: number, 
/**
 * Tasks in state errored.
 */
erroredTasks: number, 
/**
 * All events.
 */
totalEvents: number, };
export type OverviewObservability = { 
/**
 * When the figures were computed.
 */
generatedAt: Timestamp, 
/**
 * All tasks.
 */
totalTasks: number, 
/**
 * Tasks in state running.
 */
runningTasks: number, 
/**
 * Running tasks without activity for 30 minutes.
 */
staleRunningTasks: number, 
/**
 * Mean duration of a task, in milliseconds.
 */
avgDurationMs: number, 
/**
 * Mean number of events of a task.
 */
avgEventsPerTask: number, 
/**
 * Share of tasks with at least one raw user message.
 */
promptCaptureRate: number, 
/**
 * Share of tasks with at least one trace link.
 */
traceLinkedTaskRate: number, 
/**
 * Tasks with a question.
 */
tasksWithQuestions: number, 
/**
 * Tasks with a to-do item.
 */
tasksWithTodos: number, 
/**
 * Tasks with a coordination event.
 */
tasksWithCoordination: number, 
/**
 * Tasks with a background event.
 */
tasksWithBackground: number, 
/**
 * The same by agent; most tasks first, then by name.
 */
runtimeSources: Array<RuntimeSourceStats>, };
export type RuntimeSourceStats = { 
/**
 * The agent, or `unknown`.
 */
runtimeSource: string, 
/**
 * Its tasks.
 */
taskCount: number, 
/**
 * Its running tasks.
 */
runningTaskCount: number, 
/**
 * Share of its tasks with at least one raw user message.
 */
promptCaptureRate: number, 
/**
 * Share of its tasks with at least one trace link.
 */
traceLinkedTaskRate: number, };
export type TaskObservability = { 
/**
 * The task.
 */
taskId: TaskId, 
/**
 * The agent it came from.
 */
runtimeSource?: string, 
/**
 * From its first to its last moment (to now while it runs), in milliseconds.
 */
totalDurationMs: number, 
/**
 * The part of it that is in one of the five phases, in milliseconds.
 */
activeDurationMs: number, 
/**
 * The time that tool calls themselves reported to have taken, in milliseconds. Shown beside
 * the phases, which by the contract count at most 90 s after an event.
 */
toolDurationMs: number, 
/**
 * All its events.
 */
totalEvents: number, 
/**
 * Links between two of its events.
 */
traceLinkCount: number, 
/**
 * Events with at least one link.
 */
traceLinkedEventCount: number, 
/**
 * Events of the kinds that ought to have a link.
 */
traceLinkEligibleEventCount: number, 
/**
 * Share of the eligible events that have a link.
 */
traceLinkCoverageRate: number, 
/**
 * Eligible events whose action no rule knows.
 */
actionRegistryGapCount: number, 
/**
 * Events that ought to have an action that a rule knows.
 */
actionRegistryEligibleEventCount: number, 
/**
 * The five phases, in the order of the contract.
 */
phaseBreakdown: Array<PhaseShare>, 
/**
 * Its sessions.
 */
sessions: SessionCounts, 
/**
 * What happened in it, counted.
 */
signals: Signals, 
/**
 * What it was mostly about.
 */
focus: Focus, };
export type PhaseShare = { 
/**
 * The phase.
 */
phase: Phase, 
/**
 * How long, in milliseconds.
 */
durationMs: number, 
/**
 * Its share of the time in all five phases.
 */
share: number, };
export type SessionCounts = { 
/**
 * All of them.
 */
total: number, 
/**
 * All but the first.
 */
resumed: number, 
/**
 * Those that still run.
 */
open: number, };
export type Signals = { 
/**
 * Messages in the person's own words.
 */
rawUserMessages: number, 
/**
 * Messages after the first.
 */
followUpMessages: number, 
/**
 * Distinct questions.
 */
questionsAsked: number, 
/**
 * Distinct questions that were concluded.
 */
questionsClosed: number, 
/**
 * Share of questions that were concluded.
 */
questionClosureRate: number, 
/**
 * Distinct to-do items.
 */
todosAdded: number, 
/**
 * Distinct to-do items that were completed.
 */
todosCompleted: number, 
/**
 * Share of to-do items that were completed.
 */
todoCompletionRate: number, 
/**
 * Thoughts.
 */
thoughts: number, 
/**
 * Tool calls that are not terminal commands.
 */
toolCalls: number, 
/**
 * Terminal commands.
 */
terminalCommands: number, 
/**
 * Verifications.
 */
verifications: number, 
/**
 * Moves of asynchronous tasks.
 */
backgroundTransitions: number, 
/**
 * Delegations, skills, MCP calls.
 */
coordinationActivities: number, 
/**
 * Distinct paths that its events name.
 */
exploredFiles: number, };
export type Focus = { 
/**
 * Paths.
 */
topFiles: Array<PathCount>, 
/**
 * Tags.
 */
topTags: Array<TagCount>, };
export type PathCount = { 
/**
 * The path.
 */
path: string, 
/**
 * How many.
 */
count: number, };
export type TagCount = { 
/**
 * The tag.
 */
tag: string, 
/**
 * How many.
 */
count: number, };
export type Message = { "type": "snapshot", "payload": { 
/**
 * Counts.
 */
stats: OverviewStats, 
/**
 * Every task, most recently active first.
 */
tasks: Array<Task>, } } | { "type": "task.started", "payload": Task } | { "type": "task.completed", "payload": Task } | { "type": "task.updated", "payload": Task } | { "type": "task.deleted", "payload": { 
/**
 * The task.
 */
taskId: TaskId, } } | { "type": "session.started", "payload": Session } | { "type": "session.ended", "payload": Session } | { "type": "event.logged", "payload": Event } | { "type": "event.updated", "payload": Event } | { "type": "bookmark.saved", "payload": Bookmark } | { "type": "bookmark.deleted", "payload": { 
/**
 * The bookmark.
 */
bookmarkId: BookmarkId, } } | { "type": "tasks.purged", "payload": { 
/**
 * How many.
 */
count: number, 
/**
 * Which.
 */
taskIds: Array<TaskId>, } };
export type ImportStatus = { 
/**
 * Whether one runs, or how the last one ended.
 */
state: ImportState, 
/**
 * Sessions that it reads.
 */
sessions: number, 
/**
 * How many of them are read.
 */
sessionsDone: number, 
/**
 * Bytes that it reads.
 */
bytes: number, 
/**
 * How many of them are read.
 */
bytesDone: number, 
/**
 * Events that it stored.
 */
events: number, 
/**
 * Lines that could not be read or are of a sort that nobody knows.
 */
linesSkipped: number, 
/**
 * Sessions whose files could not be read.
 */
sessionsFailed: number, 
/**
 * Why it stopped, if it failed.
 */
problem?: string, 
/**
 * The transcripts that are there, by agent.
 */
found: Array<FoundTranscripts>, };
export type ImportState = "idle" | "running" | "done" | "failed";
export type FoundTranscripts = { 
/**
 * The agent, such as `claude-code`.
 */
agent: string, 
/**
 * Its name for a person.
 */
agentName: string, 
/**
 * The folder they are in.
 */
folder: string, 
/**
 * How many sessions there are.
 */
sessions: number, 
/**
 * How many of them are not read yet, or not to their end.
 */
unread: number, 
/**
 * How many bytes those have.
 */
unreadBytes: number, };
export type Rating = "good" | "skip";
export type Evaluation = { 
/**
 * The task.
 */
taskId: TaskId, 
/**
 * Whether it is worth repeating.
 */
rating: Rating, 
/**
 * What it is good for.
 */
useCase: string | null, 
/**
 * Words to find it by.
 */
workflowTags: Array<string>, 
/**
 * What came of it.
 */
outcomeNote: string | null, 
/**
 * How it was done.
 */
approachNote: string | null, 
/**
 * When to do it so again.
 */
reuseWhen: string | null, 
/**
 * What to look out for.
 */
watchouts: string | null, 
/**
 * A summary made by the client.
 */
workflowSnapshot: Record<string, unknown> | null, 
/**
 * The same as text.
 */
workflowContext: string | null, 
/**
 * What a search looks at.
 */
searchText: string | null, 
/**
 * When it was last saved.
 */
evaluatedAt: Timestamp, };
export type RowChange = { "kind": "task", id: TaskId, seq: number, row?: Task, } | { "kind": "session", id: SessionId, seq: number, row?: Session, } | { "kind": "event", id: EventId, seq: number, row?: Event, } | { "kind": "bookmark", id: BookmarkId, seq: number, row?: Bookmark, } | { "kind": "evaluation", id: TaskId, seq: number, row?: Evaluation, };
export type ChangedRows = { 
/**
 * In the order of the commit.
 */
rows: Array<RowChange>, };
export type ResyncReason = "epoch" | "window" | "slow" | "too_big";
export type Figures = { 
/**
 * Counts.
 */
stats: OverviewStats, 
/**
 * Figures over all tasks.
 */
observability: OverviewObservability, } | { 
/**
 * Its figures.
 */
observability: TaskObservability, };
export type Nothing = Record<string, never>;
export type FollowFrame = { "type": "changes", topic: Topic, seq: number, prev: number, payload: ChangedRows, } | { "type": "catchup", topic: Topic, seq: number, prev: number, payload: ChangedRows, } | { "type": "subscribed", topic: Topic, seq: number, prev: number, payload: SubscribedTo, } | { "type": "resync", topic: Topic, seq: number, payload: ResyncFrom, } | { "type": "removed", topic: Topic, seq: number, prev: number, payload: Nothing, } | { "type": "progress", topic: Topic, seq: number, prev: number, payload: Nothing, } | { "type": "figures", topic: Topic, seq: number, payload: Figures, } | { "type": "pong", payload: Nothing, } | { "type": "error", payload: FollowError, };
export type SubscribedTo = { 
/**
 * The history that `seq` counts.
 */
epoch: string, 
/**
 * Whether what was missed came before.
 */
recovered: boolean, };
export type ResyncFrom = { 
/**
 * Why.
 */
reason: ResyncReason, 
/**
 * The history that `seq` counts.
 */
epoch: string, 
/**
 * Where the state can be read.
 */
href: string, };
export type FollowError = { 
/**
 * A word for programs.
 */
code: string, 
/**
 * A sentence for people.
 */
message: string, };
export type FollowCommand = { "type": "subscribe", "payload": Subscribe } | { "type": "unsubscribe", "payload": { 
/**
 * The topic.
 */
topic: Topic, } } | { "type": "ping", "payload": Nothing | null };
export type Subscribe = { 
/**
 * The topic.
 */
topic: Topic, 
/**
 * The history that `after` counts.
 */
epoch?: string, 
/**
 * The client's cursor: what came up to it is known.
 */
after?: number, };
