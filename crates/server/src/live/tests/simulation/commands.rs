//! Commands made by chance, out of what is there and what is not.

use agent_tracer_core::command::{
    Command, EndSession, FinishTask, LogEvent, SaveBookmark, SaveEvaluation, SessionChoice,
    SessionEnding, StartTask, UpdateTask,
};
use agent_tracer_core::entity::Metadata;
use agent_tracer_core::ids::{BookmarkId, EventId, TaskId};
use agent_tracer_core::vocabulary::{EventKind, Rating};
use agent_tracer_core::wire::Message;
use agent_tracer_core::wire::follow::Topic;

use super::chance::Chance;

/// Few, so that one is often deleted and made again.
const TASKS: [&str; 4] = ["a", "b", "c", "d"];

/// Everything that can be followed, and a task that never is.
pub(super) fn every_topic() -> Vec<Topic> {
    let tasks = TASKS.iter().chain(&["nowhere"]);
    let tasks = tasks.map(|id| Topic::Task(TaskId::new(*id)));
    [Topic::Overview, Topic::Bookmarks]
        .into_iter()
        .chain(tasks)
        .collect()
}

/// The ids that a command may name.
#[derive(Default)]
pub(super) struct Known {
    events: Vec<EventId>,
    bookmarks: Vec<BookmarkId>,
    /// Whether deleted tasks are restored. (Not in every run: those of older seeds stay the same.)
    undoes: bool,
}

impl Known {
    pub(super) fn new(undoes: bool) -> Self {
        Self {
            undoes,
            ..Self::default()
        }
    }

    pub(super) fn learn(&mut self, message: &Message) {
        match message {
            Message::EventLogged(event) => self.events.push(event.id.clone()),
            Message::BookmarkSaved(bookmark) => self.bookmarks.push(bookmark.id.clone()),
            _ => {}
        }
    }
}

/// A command; one that removes something now and then.
pub(super) fn command(chance: &mut Chance, known: &Known) -> Command {
    let task_id = task(chance);
    match chance.below(20) {
        0..=3 => start(task_id, word(chance)),
        4 => Command::CompleteTask(finish(task_id)),
        5 => Command::FailTask(finish(task_id), word(chance)),
        6 => Command::UpdateTask(UpdateTask {
            task_id,
            title: Some(word(chance)),
            status: None,
        }),
        7 => Command::DeleteTask(task_id),
        8 if chance.one_in(3) => Command::DeleteFinishedTasks(None),
        8 if known.undoes => Command::RestoreTasks(TASKS.map(TaskId::new).to_vec()),
        14 if known.undoes && chance.one_in(2) => Command::RestoreTasks(vec![task_id]),
        9 => Command::EndSession(EndSession {
            task_id,
            session_id: None,
            ending: SessionEnding::default(),
        }),
        10 => match chance.choose(&known.events) {
            Some(event) => Command::RenameEvent(event, Some(word(chance))),
            None => start(task_id, word(chance)),
        },
        11 => save(task_id, chance.choose(&known.events), word(chance)),
        12 => match chance.choose(&known.bookmarks) {
            Some(bookmark) => Command::DeleteBookmark(bookmark),
            None => save(task_id, None, word(chance)),
        },
        13 => evaluate(task_id, word(chance)),
        _ => log(task_id, chance),
    }
}

fn task(chance: &mut Chance) -> TaskId {
    TaskId::new(TASKS[chance.below(TASKS.len())])
}

fn word(chance: &mut Chance) -> String {
    format!("word {} \u{1F642}", chance.below(50))
}

pub(super) fn start(task_id: TaskId, title: String) -> Command {
    Command::StartTask(StartTask {
        task_id: Some(task_id),
        title,
        ..StartTask::default()
    })
}

fn finish(task_id: TaskId) -> FinishTask {
    FinishTask {
        task_id,
        session_id: None,
        summary: None,
        metadata: Metadata::new(),
    }
}

pub(super) fn save(task_id: TaskId, event_id: Option<EventId>, note: String) -> Command {
    Command::SaveBookmark(SaveBookmark {
        task_id,
        event_id,
        title: None,
        note: Some(note),
        metadata: Metadata::new(),
    })
}

fn evaluate(task_id: TaskId, note: String) -> Command {
    Command::SaveEvaluation(Box::new(SaveEvaluation {
        task_id,
        rating: Rating::ALL[0],
        use_case: None,
        workflow_tags: Vec::new(),
        outcome_note: Some(note),
        approach_note: None,
        reuse_when: None,
        watchouts: None,
        workflow_snapshot: None,
        workflow_context: None,
    }))
}

/// Some are long, so that they are cut and fill rings and sockets.
fn log(task_id: TaskId, chance: &mut Chance) -> Command {
    let length = if chance.one_in(6) { 3_000 } else { 0 };
    let body = format!("{}{}", word(chance), "x".repeat(length));
    log_body(task_id, body)
}

pub(super) fn log_body(task_id: TaskId, body: String) -> Command {
    Command::LogEvent(Box::new(LogEvent {
        task_id,
        session: SessionChoice::Newest,
        kind: EventKind::ALL[0],
        lane: None,
        title: "Event".into(),
        body: Some(body),
        action: None,
        file_paths: Vec::new(),
        metadata: Metadata::new(),
        once: None,
    }))
}
