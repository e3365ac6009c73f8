//! Commands made by chance, out of what is there and what is not.

use agent_tracer_core::command::{
    Command, EndRuntimeSession, EndSession, EnsureRuntimeSession, FinishTask, LinkTask,
    SessionChoice, SessionEnding, TaskLinks, UpdateTask,
};
use agent_tracer_core::entity::Metadata;
use agent_tracer_core::ids::{BookmarkId, EventId, SessionId};
use agent_tracer_core::report::Delivery;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::vocabulary::{CompletionReason, EventKind, Lane, TaskKind, TaskStatus};
use agent_tracer_core::wire::Message;
use agent_tracer_store::Outcome;
use serde_json::json;

use super::commands::{bookmark, evaluate, id, log_with, start, start_under};
use super::reports::report;
use super::store::START;
use super::usage::telemetry;

/// What a random command is made of: its sort, and numbers that choose among what there is.
pub(crate) type Operation = (u8, u8, u8, u8);

/// The ids that a random command may name.
#[derive(Default)]
pub(crate) struct Known {
    sessions: Vec<SessionId>,
    pub(crate) events: Vec<EventId>,
    bookmarks: Vec<BookmarkId>,
}

impl Known {
    /// Learns the ids of what was announced.
    pub(crate) fn learn(&mut self, outcomes: &[Outcome]) {
        let committed = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok());
        for message in committed.flat_map(|committed| &committed.messages) {
            match message {
                Message::SessionStarted(session) => self.sessions.push(session.id.clone()),
                Message::EventLogged(event) => self.events.push(event.id.clone()),
                Message::BookmarkSaved(bookmark) => self.bookmarks.push(bookmark.id.clone()),
                _ => {}
            }
        }
    }
}

fn choose<T: Clone>(list: &[T], number: u8) -> Option<T> {
    let place = usize::from(number) % list.len().max(1);
    list.get(place).cloned()
}

fn task(number: u8) -> &'static str {
    ["a", "b", "c", "d-1"][usize::from(number % 4)]
}

/// No time, or one in the first hour.
fn before(number: u8) -> Option<Timestamp> {
    let minutes = i64::from(number % 60);
    let before = Timestamp::from_millis(START + minutes * 60_000);
    (number >= 60).then_some(before)
}

fn word(number: u8) -> Option<String> {
    let words = ["", "  ", "Fix it", "🙂\0", "Fix it too"];
    choose(&words, number / 3)
        .filter(|_| !number.is_multiple_of(3))
        .map(str::to_owned)
}

/// The command that an operation stands for.
pub(crate) fn command((sort, x, y, z): Operation, known: &Known) -> Command {
    let event = choose(&known.events, y);
    match sort % 24 {
        0 | 1 => start(task(x)),
        2 => start_under(task(x), task(y)),
        3 => link(x, y, z),
        4 => Command::CompleteTask(finish(x, y, z, known)),
        5 => Command::FailTask(finish(x, y, z, known), "broken".to_owned()),
        6 => Command::UpdateTask(UpdateTask {
            task_id: id(task(x)),
            title: word(y),
            status: choose(TaskStatus::ALL, z).filter(|_| z > 99),
        }),
        7 if z < 100 => Command::DeleteTask(id(task(x))),
        7 if z < 200 => Command::RestoreTasks(vec![id(task(x))]),
        8 if z < 60 => Command::DeleteFinishedTasks(before(y)),
        8 if z < 140 => Command::RestoreTasks((0..4).map(|number| id(task(number))).collect()),
        8 if z < 200 => Command::EmptyTrash,
        9 => Command::EndSession(EndSession {
            task_id: id(task(x)),
            session_id: choose(&known.sessions, y).filter(|_| z > 150),
            ending: ending(y, z),
        }),
        10 => ensure(x, y, z),
        11 => Command::EndRuntimeSession(EndRuntimeSession {
            runtime_source: "agent".to_owned(),
            runtime_session_id: format!("run-{}", x % 3),
            ending: ending(y, z),
        }),
        12 if event.is_some() => {
            Command::RenameEvent(event.unwrap_or_else(|| EventId::new("-")), word(z))
        }
        13 | 14 => bookmark(task(x), event.as_ref().filter(|_| z > 60)),
        15 => match choose(&known.bookmarks, x) {
            Some(bookmark) => Command::DeleteBookmark(bookmark),
            None => Command::DeleteBookmark(BookmarkId::new("nowhere")),
        },
        20 => evaluate(task(x), word(y)),
        21 => telemetry(x, y, z),
        16..20 => told(x, y, z),
        _ => log(x, y, z, known),
    }
}

fn link(x: u8, y: u8, z: u8) -> Command {
    Command::LinkTask(LinkTask {
        task_id: id(task(x)),
        title: word(z),
        task_kind: choose(TaskKind::ALL, y).filter(|_| z > 128),
        links: TaskLinks {
            parent_task_id: Some(id(task(y))).filter(|_| z < 200),
            parent_session_id: word(y),
            background_task_id: word(x),
        },
    })
}

fn finish(x: u8, y: u8, z: u8, known: &Known) -> FinishTask {
    FinishTask {
        task_id: id(task(x)),
        session_id: choose(&known.sessions, y).filter(|_| z > 150),
        summary: word(z),
        metadata: Metadata::new(),
    }
}

fn ending(y: u8, z: u8) -> SessionEnding {
    SessionEnding {
        complete_task: y.is_multiple_of(2),
        reason: choose(CompletionReason::ALL, z).filter(|_| z > 80),
        summary: word(y),
        background_completions: vec![id(task(z))],
        metadata: Metadata::new(),
    }
}

fn ensure(x: u8, y: u8, z: u8) -> Command {
    Command::EnsureRuntimeSession(EnsureRuntimeSession {
        runtime_source: ["agent", "other"][usize::from(y % 2)].to_owned(),
        runtime_session_id: format!("run-{}", x % 3),
        title: word(z).unwrap_or_default(),
        workspace_path: Some("/home/me/project".to_owned()).filter(|_| z > 100),
        links: TaskLinks {
            parent_task_id: Some(id(task(y))).filter(|_| z > 180),
            ..TaskLinks::default()
        },
    })
}

fn log(x: u8, y: u8, z: u8, known: &Known) -> Command {
    let related: Vec<_> = known.events.iter().rev().take(2).collect();
    let named = choose(&known.events, z);
    log_with(task(x), &word(y).unwrap_or_default(), |log| {
        log.kind = EventKind::ALL[usize::from(y) % EventKind::ALL.len()];
        log.lane = choose(Lane::ALL, z).filter(|_| z > 128);
        log.body = word(z);
        log.session = match choose(&known.sessions, z) {
            Some(session) if y > 200 => SessionChoice::Named(session),
            _ if z.is_multiple_of(5) => SessionChoice::Absent,
            _ => SessionChoice::Newest,
        };
        log.once = Some(format!("key-{}", y % 4)).filter(|_| z.is_multiple_of(7));
        log.file_paths = (0..z % 4).map(|file| format!("/src/{file}.rs")).collect();
        log.metadata
            .insert("relatedEventIds".to_owned(), json!(related));
        if let Some(parent) = named.filter(|_| y.is_multiple_of(3)) {
            log.metadata
                .insert("parentEventId".to_owned(), json!(parent));
        }
        for (key, value) in [("todoId", y % 3), ("questionId", z % 3)] {
            log.metadata
                .insert(key.to_owned(), json!(format!("{value}")));
        }
        let settled = if z > 128 { "completed" } else { "added" };
        log.metadata.insert("todoState".to_owned(), json!(settled));
        log.metadata.insert("durationMs".to_owned(), json!(z));
    })
}

/// A report, most of the time with the payload that it came from.
fn told(x: u8, y: u8, z: u8) -> Command {
    Command::Report(Box::new(Delivery {
        id: Some(format!("delivery-{}", x % 16)).filter(|_| y % 3 == 1),
        raw: (!z.is_multiple_of(5)).then(|| vec![x, y, z]),
        transcripts: (x % 7 == 3).then(|| vec![super::transcripts::row(x % 4, z.into())]),
        ..report(x, y, z).into()
    }))
}
