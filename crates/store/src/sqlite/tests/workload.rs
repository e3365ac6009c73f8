use std::fs::File;
use std::sync::Arc;

use agent_tracer_core::command::{Command, LogEvent, SessionChoice, StartTask};
use agent_tracer_core::entity::Metadata;
use agent_tracer_core::ids::{CountingIds, TaskId};
use agent_tracer_core::report::{AgentReport, CallEnd, Delivery, ToolCall, What};
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::trash::TRASH_KEPT_MILLIS;
use agent_tracer_core::usage::telemetry::Telemetry;
use agent_tracer_core::usage::{MessageKey, Tokens, UsageOrigin, UsageRecord};
use agent_tracer_core::vocabulary::{EventKind, Lane, ToolStatus};
use rusqlite::OpenFlags;
use serde_json::json;
use tempfile::TempDir;

use super::meter::{Cost, Meter};
use crate::removals::RemovalPin;
use crate::sqlite::connection::connect;
use crate::sqlite::{Database, Reader, Writer};
use crate::traits::{Outcome, Write as _};

const START: i64 = 1_795_000_000_000;
/// How many commands one group of the preparation holds.
const GROUP: usize = 500;

/// A database whose every statement is counted.
pub(super) struct Workload {
    writer: Writer,
    ids: CountingIds,
    pub(super) writes: Meter,
    pub(super) reader: Reader,
    pub(super) reads: Meter,
    pub(super) now: i64,
    pub(super) folder: TempDir,
}

impl Workload {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("db.sqlite");
        drop(Database::open(&path).unwrap());
        let mut connection = connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
        let mut read_connection = connect(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let lock = Arc::new(File::open(&path).unwrap());
        Self {
            writes: Meter::attach(&mut connection),
            writer: Writer::new(connection, lock, RemovalPin::default()).unwrap(),
            ids: CountingIds::new("id"),
            reads: Meter::attach(&mut read_connection),
            reader: Reader::new(read_connection).unwrap(),
            now: START,
            folder,
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.now)
    }

    /// Commits a group; what of it was refused does not matter.
    pub(super) fn commit(&mut self, group: Vec<Command>) -> Vec<Outcome> {
        let now = self.now();
        self.writer.commit(group, &|| now, &mut self.ids).unwrap()
    }

    pub(super) fn keep_removals(&mut self, newest: usize) {
        self.writer.keep_removals(newest);
    }

    /// Waits until what is in the trash cannot be restored any more, and lets go of it.
    pub(super) fn empty_trash(&mut self) {
        self.now += TRASH_KEPT_MILLIS;
        self.prepare([Command::EmptyTrash].into_iter());
    }

    /// Removes up to `limit` rows of what the trash was emptied of; says whether there may be more.
    pub(super) fn sweep(&mut self, limit: usize) -> bool {
        self.writer.sweep(limit).unwrap()
    }

    /// Commits commands in large groups.
    pub(super) fn prepare(&mut self, commands: impl Iterator<Item = Command>) {
        let mut commands = commands.peekable();
        while commands.peek().is_some() {
            for outcome in self.commit(commands.by_ref().take(GROUP).collect()) {
                outcome.unwrap();
            }
        }
    }

    /// What these commands cost, each in a group of its own.
    pub(super) fn cost(&mut self, commands: impl Iterator<Item = Command>) -> Cost {
        self.writes.take();
        for command in commands {
            for outcome in self.commit(vec![command]) {
                outcome.unwrap();
            }
        }
        self.writes.take()
    }
}

pub(super) fn start(task: usize) -> Command {
    Command::StartTask(StartTask {
        task_id: Some(TaskId::new(format!("t-{task}"))),
        title: format!("Task {task}"),
        runtime_source: Some("agent".to_owned()),
        ..StartTask::default()
    })
}

/// The `number`th event of the first task, with all that can make an event costly.
pub(super) fn log(number: usize) -> Command {
    let mut metadata = Metadata::new();
    metadata.insert("parentEventId".into(), json!(format!("missing-{number}")));
    metadata.insert("todoId".into(), json!(number));
    Command::LogEvent(Box::new(LogEvent {
        task_id: TaskId::new("t-0"),
        session: SessionChoice::Newest,
        kind: EventKind::ToolUsed,
        lane: Some(Lane::Implementation),
        title: format!("event {number:05}"),
        body: Some("a body".to_owned()),
        action: Some("edit_file".to_owned()),
        file_paths: vec![
            format!("/src/file-{number:05}.rs"),
            "/src/lib.rs".to_owned(),
        ],
        metadata,
        once: Some(format!("key-{number:05}")),
    }))
}

/// The beginning and the end of the `number`th call of an agent.
pub(super) fn call(number: usize) -> [Command; 2] {
    let call = ToolCall {
        id: Some(format!("call-{number:05}")),
        tool_name: "Edit".to_owned(),
        input: json!({"number": number}),
        kind: EventKind::ToolUsed,
        lane: Lane::Implementation,
        title: format!("call {number:05}"),
        body: None,
        metadata: Metadata::new(),
        file_paths: vec![format!("/src/file-{number:05}.rs")],
        changes_files: true,
    };
    let end = CallEnd {
        status: ToolStatus::Completed,
        metadata: Metadata::new(),
        title: None,
        started_subagent: None,
    };
    let ended = What::CallEnded {
        call: call.clone(),
        end,
    };
    [report(What::CallStarted(call)), report(ended)]
}

/// The `number`th answer of a model in the agent's session, told by a log record and by its
/// transcript.
pub(super) fn answer(number: usize) -> [Command; 2] {
    let at = START + i64::try_from(number).unwrap() * 1_000;
    let told = |key, origin| UsageRecord {
        source: "agent".to_owned(),
        runtime_session_id: "run".to_owned(),
        subagent: Some("sub".to_owned()).filter(|_| number.is_multiple_of(10)),
        prompt_id: Some("prompt".to_owned()),
        key,
        origin,
        model: "claude-sonnet-4-5".to_owned(),
        at: Some(Timestamp::from_millis(at)),
        tokens: Tokens {
            input: 10,
            output: 1,
            ..Tokens::default()
        },
        reported_cost_micros: None,
    };
    let logged = told(MessageKey::Derived(at.to_string()), UsageOrigin::Otlp);
    let written = told(MessageKey::Named(at.to_string()), UsageOrigin::Transcript);
    [logged, written].map(|record| {
        let (usage, failures) = (vec![record], Vec::new());
        Command::TakeTelemetry(Box::new(Telemetry { usage, failures }))
    })
}

pub(super) fn report(what: What) -> Command {
    let report = AgentReport {
        source: "agent".to_owned(),
        agent_name: "Agent".to_owned(),
        runtime_session_id: "run".to_owned(),
        workspace_path: None,
        subagent: None,
        prompt_id: None,
        happened_at: None,
        event_id: None,
        hook_event: "Hook".to_owned(),
        what,
    };
    Command::Report(Box::new(Delivery {
        raw: Some(b"payload".to_vec()),
        ..report.into()
    }))
}
