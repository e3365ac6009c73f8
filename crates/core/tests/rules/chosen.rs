//! Commands made of random numbers: what they name may exist or not.
#![expect(
    clippy::many_single_char_names,
    reason = "numbers without a meaning of their own"
)]

use agent_tracer_core::command::{
    Command, FinishTask, LinkTask, LogEvent, SessionChoice, SessionEnding, StartTask, TaskLinks,
};
use agent_tracer_core::entity::Metadata;
use agent_tracer_core::ids::{BookmarkId, EventId, SessionId, TaskId};
use agent_tracer_core::report::{CallEnd, StartedSubagent, ToolCall, What};
use agent_tracer_core::vocabulary::{
    CompletionReason, EventKind, Lane, TaskKind, TaskStatus, TodoState, ToolStatus,
};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use crate::chosen_reports::less_common;
use crate::support::World;
use crate::support::agent::{Agent, agent, command, delegation, edit, todo_call};
use crate::support::build::{
    bookmark, end_runtime, end_session, ensure, log, log_event, metadata, rename, update,
};

/// One step: what to do, numbers that choose the details, and how long after the last step.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    what: usize,
    picks: [usize; 5],
    pub(crate) pause: i64,
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    step_of(0..28)
}

/// A step that is a report of an agent.
pub(crate) fn report_step() -> impl Strategy<Value = Step> {
    step_of(FIRST_REPORT..28)
}

fn step_of(what: std::ops::Range<usize>) -> impl Strategy<Value = Step> {
    let pause = select(vec![0, 1_000, 7_000, 100_000, 2_000_000, -5_000]);
    (what, prop::array::uniform5(0..60_usize), pause).prop_map(|(what, picks, pause)| Step {
        what,
        picks,
        pause,
    })
}

/// The first of the steps that are reports.
const FIRST_REPORT: usize = 16;

/// The command of a step; what it names may exist or not.
pub(crate) fn chosen(world: &World, step: &Step) -> Command {
    let [a, b, c, d, e] = step.picks;
    let task = task(world, a);
    let id = task.as_str();
    let agent = chosen_agent(d, e);
    match step.what {
        0 | 1 => Command::StartTask(chosen_start(world, step)),
        2 => Command::LinkTask(LinkTask {
            task_id: task,
            title: (c % 3 == 0).then(|| title(c)),
            task_kind: [None, Some(TaskKind::Background), Some(TaskKind::Primary)][c % 3],
            links: links(world, b, c),
        }),
        3 => Command::CompleteTask(chosen_finish(world, task, b)),
        4 => Command::FailTask(chosen_finish(world, task, b), "error".to_owned()),
        5 => update(
            id,
            (b % 2 == 0).then(|| title(c)).as_deref(),
            pick(TaskStatus::ALL, c),
        ),
        6 if c % 4 == 0 => Command::DeleteFinishedTasks(None),
        6 if c % 4 == 1 => Command::DeleteTask(task),
        6 if c % 4 == 2 => Command::RestoreTasks(vec![trashed(world, a)]),
        6 => bookmark(id, event(world, b).as_ref().map(EventId::as_str), None),
        7 => end_session(
            id,
            session(world, b).as_ref().map(SessionId::as_str),
            ending(world, c),
        ),
        8 => ensure(["s0", "s1"][b % 2], (c % 3 == 0).then_some(id)),
        9 => end_runtime(["s0", "s1"][b % 2], ending(world, c)),
        10..=13 => log(chosen_event(world, &task, step)),
        14 => rename(
            event(world, b).as_ref().map_or("x", EventId::as_str),
            ["", "x", "an event"].get(c % 4).copied(),
        ),
        15 if c % 2 == 0 => bookmark(id, None, Some("mine")),
        15 if c % 4 == 1 => Command::DeleteBookmark(bookmark_id(world, b)),
        15 => Command::EmptyTrash,
        FIRST_REPORT => [agent.starts(), agent.ends()][usize::from(c % 3 == 0)].clone(),
        17 => agent.prompt(
            ["go", "<task-notification>x", "fix a/b.rs"][b % 3],
            c % 4 != 0,
        ),
        18 | 19 => agent.report(What::CallStarted(chosen_call(b, c))),
        20 | 21 => agent.report(What::CallEnded {
            call: chosen_call(b, c),
            end: chosen_end(world, step),
        }),
        22 => agent.batch(&[
            (call(b), ToolStatus::Refused),
            (call(c), ToolStatus::Completed),
        ]),
        23 if c % 2 == 0 => agent.asks(call(b)),
        23 => agent.todo(
            ["1", "2"][b % 2],
            *pick(TodoState::ALL, c).get_or_insert(TodoState::Added),
            "todo",
        ),
        24 => agent.turn_ended(
            [None, Some("done")][b % 2],
            [None, Some("failed")][usize::from(c % 4 == 0)],
        ),
        26 | 27 => less_common(&agent, b, c),
        _ if c % 3 == 0 => agent.subagent_ends(["", "found"][b % 2]),
        _ if c % 3 == 1 => agent.subagent_starts(),
        _ => agent.notes("note"),
    }
}

fn chosen_agent(d: usize, e: usize) -> Agent {
    let agent = agent(["s0", "s1", "s0/a"][d % 3]).turn([Some("p1"), Some("p2"), None][e % 3]);
    match d % 7 {
        0 => agent.subagent("a"),
        1 => agent.subagent("b"),
        2 => agent.session_subagent(["s0", "s1", "b"][e % 3]),
        3 => agent.event(["e0", "e1", "e2"][e % 3]),
        _ => agent,
    }
}

fn chosen_start(world: &World, step: &Step) -> StartTask {
    let [a, b, c, d, e] = step.picks;
    StartTask {
        event_title: None,
        task_id: (a % 4 != 0).then(|| task(world, a)),
        title: title(b),
        workspace_path: (c % 2 == 0).then(|| "/w/app/".to_owned()),
        runtime_source: (c % 3 == 0).then(|| "tester".to_owned()),
        summary: (d % 3 == 0).then(|| "the summary".to_owned()),
        task_kind: pick(TaskKind::ALL, d),
        links: links(world, d, e),
        metadata: Metadata::new(),
    }
}

fn chosen_finish(world: &World, task_id: TaskId, b: usize) -> FinishTask {
    FinishTask {
        task_id,
        session_id: session(world, b),
        summary: None,
        metadata: Metadata::new(),
    }
}

fn chosen_event(world: &World, task_id: &TaskId, step: &Step) -> LogEvent {
    let [_, b, c, d, e] = step.picks;
    let choices = [
        SessionChoice::Newest,
        SessionChoice::Newest,
        SessionChoice::Absent,
    ];
    let session = session(world, e).map_or(choices[e % 3].clone(), SessionChoice::Named);
    let kind = EventKind::ALL[b % EventKind::ALL.len()];
    LogEvent {
        session,
        kind,
        lane: if c % 4 == 0 { pick(Lane::ALL, d) } else { None },
        body: (d % 2 == 0).then(|| format!("body {d}")),
        action: [None, Some("runTests"), Some("zzz")][d % 3].map(str::to_owned),
        file_paths: ["a.rs", "b/c.rs", " a.rs", "d"][..e % 5]
            .iter()
            .map(|&path| path.to_owned())
            .collect(),
        metadata: chosen_metadata(world, step),
        once: (c % 5 == 0).then(|| "once".to_owned()),
        ..log_event(task_id.as_str(), kind)
    }
}

fn chosen_metadata(world: &World, step: &Step) -> Metadata {
    let [a, b, c, d, e] = step.picks;
    let near = |pick: usize| {
        event(world, pick).map_or_else(
            || format!("n-{}", world.rows.events.len() + pick),
            |id| id.to_string(),
        )
    };
    metadata(json!({
        "questionId": (["q1", "q2", "q3"][c % 3]),
        "questionPhase": (["asked", "answered", "concluded"][d % 3]),
        "todoId": (["1", "2"][a % 2]),
        "todoState": TodoState::ALL[d % 4],
        "captureMode": (["raw", "derived"][c % 2]),
        "agentName": format!("agent {}", e % 7),
        "durationMs": ([json!(a * 1000), json!("x"), json!(-1)][b % 3]),
        "parentEventId": near(c),
        "relatedEventIds": [near(d), near(e), near(d)],
        "relationType": (["verifies", "answers"][e % 2]),
        "compactSignals": (["x", "y", "z"][..a % 4]),
    }))
}

fn chosen_call(b: usize, c: usize) -> ToolCall {
    match c % 4 {
        0 => edit(call(b)),
        1 => delegation(call(b)),
        2 => todo_call(call(b), "todo"),
        _ => command(call(b)),
    }
}

fn chosen_end(world: &World, step: &Step) -> CallEnd {
    let [a, b, c, d, _] = step.picks;
    CallEnd {
        status: ToolStatus::ALL[d % ToolStatus::ALL.len()],
        metadata: if a % 2 == 0 {
            chosen_metadata(world, step)
        } else {
            metadata(json!({"filePaths": [(["x", " y "][b % 2]), "x"], "todoId": null}))
        },
        title: (c % 3 == 0).then(|| "better".to_owned()),
        started_subagent: (a % 3 == 0).then(|| StartedSubagent {
            id: ["a", "b"][b % 2].to_owned(),
            has_session: d.is_multiple_of(2),
            description: (c % 2 == 0).then(|| "look".to_owned()),
        }),
    }
}

fn ending(world: &World, c: usize) -> SessionEnding {
    SessionEnding {
        complete_task: c.is_multiple_of(2),
        reason: pick(CompletionReason::ALL, c),
        background_completions: (0..c % 3).map(|n| task(world, c + n)).collect(),
        ..SessionEnding::default()
    }
}

fn links(world: &World, b: usize, c: usize) -> TaskLinks {
    TaskLinks {
        parent_task_id: c.is_multiple_of(2).then(|| task(world, b)),
        ..TaskLinks::default()
    }
}

fn call(pick: usize) -> &'static str {
    ["c0", "c1", "c2"][pick % 3]
}

fn title(pick: usize) -> String {
    let titles = ["Task", "Claude Code — app", "Codex - app", "  "];
    titles[pick % titles.len()].to_owned()
}

fn pick<T: Copy>(all: &[T], pick: usize) -> Option<T> {
    all.get(pick % (all.len() + 1)).copied()
}

/// A task that exists, mostly.
fn task(world: &World, pick: usize) -> TaskId {
    let known = world.rows.tasks.keys().nth(pick % 8);
    known
        .cloned()
        .unwrap_or_else(|| TaskId::new(["t0", "t1", "t2"][pick % 3]))
}

/// A task in the trash, if there is one.
fn trashed(world: &World, pick: usize) -> TaskId {
    let known = world.rows.trash.keys().nth(pick % 3);
    known.cloned().unwrap_or_else(|| task(world, pick))
}

fn session(world: &World, pick: usize) -> Option<SessionId> {
    world.rows.sessions.keys().nth(pick % 16).cloned()
}

fn event(world: &World, pick: usize) -> Option<EventId> {
    world.rows.event_order.get(pick).cloned()
}

fn bookmark_id(world: &World, pick: usize) -> BookmarkId {
    let known = world.rows.bookmarks.keys().nth(pick % 4);
    known.cloned().unwrap_or_else(|| BookmarkId::new("x"))
}
