//! A folder with a database in it, and commands to fill it.

use std::path::{Path, PathBuf};

use agent_tracer_core::command::{Command, LogEvent, SessionChoice, StartTask};
use agent_tracer_core::entity::Metadata;
use agent_tracer_core::ids::{CountingIds, TaskId};
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::vocabulary::EventKind;
use agent_tracer_store::{Database, Outcome, ReaderPool, StoreError, Write as _, Writer};
use tempfile::TempDir;

pub(crate) const NOW: i64 = 1_795_000_000_000;

/// A place for a database.
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn db(&self) -> PathBuf {
        self.file("db.sqlite")
    }

    pub(crate) fn open(&self) -> Opened {
        self.open_with("id")
    }

    /// Opens with ids that begin anew, under a prefix.
    pub(crate) fn open_with(&self, prefix: &str) -> Opened {
        let (database, writer) = Database::open(&self.db()).unwrap();
        Opened {
            readers: database.readers(2),
            database,
            writer,
            ids: CountingIds::new(prefix),
            now: NOW,
        }
    }

    /// Why the database cannot be opened.
    pub(crate) fn refusal(&self) -> StoreError {
        Database::open(&self.db()).unwrap_err()
    }
}

/// An opened database.
pub(crate) struct Opened {
    pub(crate) readers: ReaderPool,
    pub(crate) database: Database,
    pub(crate) writer: Writer,
    pub(crate) ids: CountingIds,
    /// When the clock stands.
    pub(crate) now: i64,
}

impl Opened {
    pub(crate) fn commit(&mut self, group: Vec<Command>) -> Result<Vec<Outcome>, StoreError> {
        let now = Timestamp::from_millis(self.now);
        self.writer.commit(group, &|| now, &mut self.ids)
    }

    /// Commits commands that must all be carried out.
    pub(crate) fn done(&mut self, group: Vec<Command>) {
        for outcome in self.commit(group).unwrap() {
            outcome.unwrap();
        }
    }
}

pub(crate) fn start(task: &str) -> Command {
    Command::StartTask(StartTask {
        task_id: Some(TaskId::new(task)),
        title: format!("Work on {task}"),
        ..StartTask::default()
    })
}

/// An event with a body of that many bytes.
pub(crate) fn log(task: &str, body_bytes: usize) -> Command {
    Command::LogEvent(Box::new(LogEvent {
        task_id: TaskId::new(task),
        session: SessionChoice::Newest,
        kind: EventKind::ThoughtLogged,
        lane: None,
        title: "a thought".to_owned(),
        body: Some("x".repeat(body_bytes)),
        action: None,
        file_paths: Vec::new(),
        metadata: Metadata::new(),
        once: None,
    }))
}
