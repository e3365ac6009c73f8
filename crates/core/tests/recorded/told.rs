//! What a person sees of the rows, as text: tasks, their sessions, and their timelines.

use std::fmt::Write as _;

use agent_tracer_core::entity::{Event, Metadata, Session, Task};
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::memory::Memory;
use agent_tracer_core::time::Timestamp;
use serde_json::Value;

/// Metadata that says how an event stands, shown after its title in this order.
const STANDING: &[&str] = &[
    "toolStatus",
    "durationMs",
    "durationFrom",
    "exitCode",
    "exitCodeUnknown",
    "failed",
    "endedBecause",
    "questionPhase",
    "answer",
    "todoState",
    "guess",
    "reason",
    "startedBy",
    "model",
];

/// Texts of an event below its title, by their first line.
const TEXTS: &[&str] = &["error", "output", "diff"];

const SHOWN_CHARS: usize = 90;

/// Everything, in the order it was stored. Times are counted from the first.
pub(crate) fn story(rows: &Memory) -> String {
    let mut tasks: Vec<&Task> = rows.tasks.values().map(|row| &row.task).collect();
    tasks.sort_by_key(|task| (task.created_at, number(&task.id)));
    let began = tasks.first().map(|task| task.created_at);
    let mut text = String::new();
    for (place, task) in tasks.iter().enumerate() {
        let parent = |id: &TaskId| tasks.iter().position(|task| task.id == *id);
        let parent = task.parent_task_id.as_ref().and_then(parent);
        let under = parent.map_or(String::new(), |parent| {
            format!(", under task {}", parent + 1)
        });
        writeln!(text, "task {}{under}: {}", place + 1, task_line(task)).unwrap();
        for session in sessions(rows, &task.id) {
            let times = times(session, began.unwrap_or_default());
            let status = session.status.as_str();
            let summary = session.summary.as_deref().unwrap_or_default();
            writeln!(text, "  session {times} {status} {summary}").unwrap();
        }
        for row in rows.timeline(&task.id) {
            let at = after(row.event.created_at, began.unwrap_or_default());
            text.push_str(&event_text(&at, &row.event));
        }
    }
    text
}

/// Ids are counted: the higher, the later.
fn number(id: &TaskId) -> usize {
    id.as_str().trim_start_matches("n-").parse().unwrap()
}

fn task_line(task: &Task) -> String {
    let (kind, status) = (task.task_kind.as_str(), task.status.as_str());
    let (shown, title) = (&task.display_title, &task.title);
    let mut line = format!("{status} {kind} \"{shown}\" ({title})");
    if let Some(activity) = &task.activity {
        let guess = if activity.guess { ", a guess" } else { "" };
        write!(line, ": {}{guess}", activity.state.as_str()).unwrap();
    }
    line
}

fn sessions<'a>(rows: &'a Memory, task: &TaskId) -> Vec<&'a Session> {
    let sessions = rows.sessions.values().map(|row| &row.session);
    let mut sessions: Vec<&Session> = sessions.filter(|it| it.task_id == *task).collect();
    sessions.sort_by_key(|session| session.started_at);
    sessions
}

fn times(session: &Session, began: Timestamp) -> String {
    let end = session.ended_at.map(|end| after(end, began));
    let start = after(session.started_at, began);
    format!("{start} to {}", end.as_deref().unwrap_or("now"))
}

fn after(time: Timestamp, began: Timestamp) -> String {
    let millis = time.millis_since(began);
    format!("{}.{:03}", millis / 1000, millis % 1000)
}

fn event_text(at: &str, event: &Event) -> String {
    let mut text = format!("  {at:>7} {}\n", event_line(event));
    let mut line = |name: &str, said: &str| {
        writeln!(text, "          | {name}: {}", first_line(said)).unwrap();
    };
    if let Some(body) = event.body.as_deref().filter(|body| *body != event.title) {
        line("body", body);
    }
    for name in TEXTS {
        if let Some(said) = event.metadata.get(*name).and_then(Value::as_str) {
            line(name, said);
        }
    }
    if let Some(raw) = event.metadata.get("raw") {
        line("raw", &raw.to_string());
    }
    text
}

/// An event in one line: lane, kind, title, files, and how it stands.
fn event_line(event: &Event) -> String {
    let mut line = format!("{:<14} {}", event.lane.as_str(), event.kind.as_str());
    write!(line, " \"{}\"", event.title).unwrap();
    for path in files(&event.metadata) {
        write!(line, " <{path}>").unwrap();
    }
    for (name, said) in standing(&event.metadata) {
        write!(line, " {name}={said}").unwrap();
    }
    line
}

fn files(metadata: &Metadata) -> Vec<&str> {
    let paths = metadata.get("filePaths").and_then(Value::as_array);
    let paths = paths.into_iter().flatten();
    paths.filter_map(Value::as_str).collect()
}

fn standing(metadata: &Metadata) -> Vec<(&str, String)> {
    let said = |name: &&'static str| Some((*name, metadata.get(*name)?));
    let said = STANDING.iter().filter_map(said);
    said.map(|(name, value)| (name, value.as_str().map_or(value.to_string(), first_line)))
        .collect()
}

fn first_line(text: &str) -> String {
    let line: String = text.lines().next().unwrap_or_default().to_owned();
    let mut shown: String = line.chars().take(SHOWN_CHARS).collect();
    if shown.len() < text.trim_end().len() {
        shown.push('…');
    }
    shown
}

/// The same without order, ids and times: what must not depend on how the lines were delivered.
pub(crate) fn unordered(rows: &Memory) -> Vec<String> {
    let tasks = rows.tasks.values().map(|row| {
        let (all, open) = (row.figures.sessions, row.figures.open_sessions);
        format!("{} {all} sessions, {open} open", task_line(&row.task))
    });
    let events = rows.events.values().map(|row| {
        let of = &rows.tasks[&row.event.task_id].task.title;
        let mut event = row.event.clone();
        event.metadata.remove("durationMs");
        event.metadata.remove("durationFrom");
        format!("{of}: {}", event_text("", &event))
    });
    let mut told: Vec<String> = tasks.chain(events).collect();
    told.sort();
    told
}

/// What of an event must be the same whoever tells it.
const GIST: &[&str] = &["toolStatus", "exitCode"];

/// Prompts, calls, answers and subagents, without their times: who did what, and how it ended.
pub(crate) fn gist(rows: &Memory) -> Vec<String> {
    let mut told: Vec<String> = rows
        .events
        .values()
        .map(|row| &row.event)
        .filter(|event| !matches!(event.kind.as_str(), "task.start" | "task.complete"))
        .map(|event| {
            let of = &rows.tasks[&event.task_id].task.title;
            let call = event.metadata.get("toolInput").map(Value::to_string);
            let how = standing(&event.metadata).into_iter();
            let how = how.filter(|(name, _)| GIST.contains(name));
            let how: Vec<_> = how.map(|(name, said)| format!(" {name}={said}")).collect();
            let how = how.concat();
            let (kind, title) = (event.kind.as_str(), &event.title);
            let body = event.body.as_deref().map(first_line).unwrap_or_default();
            let call = call.as_deref().map(first_line).unwrap_or_default();
            format!("{of}: {kind} \"{title}\"{how} {body} {call}")
        })
        .collect();
    told.extend(rows.tasks.values().map(|row| task_line(&row.task)));
    told.sort();
    told
}
