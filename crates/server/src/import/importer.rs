//! Imports on request: one at a time, in the background.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use agent_tracer_core::adapter::Agent;
use agent_tracer_core::adapter::transcript::QUIET_MILLIS;
use agent_tracer_core::command::{Command, Reply};
use agent_tracer_core::redact::Redactor;
use agent_tracer_core::rows::TranscriptRow;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::wire::{FoundTranscripts, ImportState, ImportStatus};
use agent_tracer_store::{Read as _, Reader, StoreError};
use tokio::sync::{mpsc, watch};

use super::find::find;
use super::session::{Batch, SessionReader};
use super::{Recorded, TranscriptFolder};
use crate::clock;
use crate::commit::CommitError;
use crate::state::App;

/// How long an import waits when too much waits to be stored.
const BUSY_PAUSE: Duration = Duration::from_millis(50);

/// How far each transcript was read, by its path.
pub(super) type Known = HashMap<String, TranscriptRow>;

/// What is to be imported.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    /// Of these agents; of all if there are none.
    pub agents: Vec<Agent>,
    /// Sessions that went on after that.
    pub since: Option<Timestamp>,
}

/// Why an import was not started.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum StartError {
    /// One runs already.
    Running,
}

/// See the module.
#[derive(Clone)]
pub(crate) struct Importer {
    folders: Arc<[TranscriptFolder]>,
    status: Arc<watch::Sender<ImportStatus>>,
}

impl Importer {
    pub(crate) fn new(folders: Vec<TranscriptFolder>) -> Self {
        Self {
            folders: folders.into(),
            status: Arc::default(),
        }
    }

    pub(crate) fn is_running(&self) -> bool {
        self.status.borrow().state == ImportState::Running
    }

    /// How the import stands, and what there is to import. While one runs, nothing is looked for.
    pub(crate) async fn status(&self, app: &App) -> Result<ImportStatus, StoreError> {
        let mut status = self.status.borrow().clone();
        if status.state != ImportState::Running {
            let known = known(app).await?;
            let folders = Arc::clone(&self.folders);
            let counted = tokio::task::spawn_blocking(move || count(&folders, &known)).await;
            status.found = counted.unwrap_or_default();
        }
        Ok(status)
    }

    /// Starts an import.
    pub(crate) fn start(&self, app: App, request: Request) -> Result<(), StartError> {
        let begun = self.status.send_if_modified(|status| {
            let may = status.state != ImportState::Running;
            if may {
                *status = ImportStatus {
                    state: ImportState::Running,
                    ..ImportStatus::default()
                };
            }
            may
        });
        if !begun {
            return Err(StartError::Running);
        }
        let importer = self.clone();
        tokio::spawn(async move {
            let result = importer.run(&app, request).await;
            importer.status.send_modify(|status| match result {
                Ok(()) => status.state = ImportState::Done,
                Err(problem) => {
                    // Who asked is told; what the disk had to do with it is logged by the writer.
                    tracing::info!(%problem, "an import of transcripts stopped");
                    status.state = ImportState::Failed;
                    status.problem = Some(problem);
                }
            });
        });
        Ok(())
    }

    async fn run(&self, app: &App, request: Request) -> Result<(), String> {
        // Hooks have the last word on their sessions, also those that still wait.
        while !app.is_caught_up() {
            tokio::time::sleep(BUSY_PAUSE).await;
        }
        let known = known(app)
            .await
            .map_err(|error| format!("what was imported before cannot be read: {error}"))?;
        let folders = Arc::clone(&self.folders);
        // One delivery is read while one is stored.
        let (tell, mut told) = mpsc::channel(1);
        let reading = Reading {
            known,
            request,
            redactor: Arc::clone(&app.redactor),
            tell,
        };
        let reading = tokio::task::spawn_blocking(move || reading.read_all(&folders));
        while let Some(step) = told.recv().await {
            self.take(app, step).await?;
        }
        let read = reading.await;
        read.map_err(|_panicked| "reading a transcript failed: the log says why".to_owned())
    }

    async fn take(&self, app: &App, step: Step) -> Result<(), String> {
        match step {
            Step::Found { sessions, bytes } => self.status.send_modify(|status| {
                status.sessions = sessions;
                status.bytes = bytes;
            }),
            Step::Batch(batch) => {
                let events = commit(app, batch).await?;
                self.status.send_modify(|status| status.events += events);
            }
            Step::Read { bytes, skipped } => self.status.send_modify(|status| {
                status.sessions_done += 1;
                status.bytes_done += bytes;
                status.lines_skipped += skipped;
            }),
            Step::Unreadable => self.status.send_modify(|status| {
                status.sessions_done += 1;
                status.sessions_failed += 1;
            }),
        }
        Ok(())
    }
}

/// What the reading thread tells, in order.
enum Step {
    Found { sessions: i64, bytes: i64 },
    Batch(Batch),
    Read { bytes: i64, skipped: i64 },
    Unreadable,
}

/// How far each transcript was read before.
pub(super) async fn known(app: &App) -> Result<Known, StoreError> {
    let rows = app.read(Reader::transcripts).await?;
    let by_path = rows.into_iter().map(|row| (row.path.clone(), row));
    Ok(by_path.collect())
}

/// Stores a delivery, however long others hold it up; says how many events it became.
pub(super) async fn commit(app: &App, batch: Batch) -> Result<i64, String> {
    let place = loop {
        match app.committer.reserve(batch.bytes) {
            Ok(place) => break place,
            Err(CommitError::Stopping) => return Err("the server is stopping".to_owned()),
            Err(_) => tokio::time::sleep(BUSY_PAUSE).await,
        }
    };
    let command = Command::Report(Box::new(batch.delivery));
    match app.committer.commit(command, place).await {
        Ok(Reply::Envelope { events, .. }) => Ok(number(events.len() as u64)),
        Ok(_) => Ok(0),
        Err(CommitError::Full) => {
            Err("the disk is full: free some space and import again".to_owned())
        }
        Err(CommitError::Stopping) => Err("the server is stopping".to_owned()),
        Err(error) => Err(format!("a part could not be stored: {error:?}")),
    }
}

/// What the reading thread needs.
struct Reading {
    known: Known,
    request: Request,
    redactor: Arc<Redactor>,
    tell: mpsc::Sender<Step>,
}

impl Reading {
    /// Reads everything that is not read yet. Ends early when nobody listens any more.
    fn read_all(&self, folders: &[TranscriptFolder]) {
        let now = clock::now();
        let mut sessions = find(folders);
        sessions
            .retain(|session| self.request.wants(session) && is_unread(session, &self.known, now));
        // Oldest first, so that numbers go with time as far as that can be.
        sessions.reverse();
        let found = Step::Found {
            sessions: number(sessions.len() as u64),
            bytes: number(sessions.iter().map(Recorded::bytes).sum()),
        };
        let mut listening = self.tell.blocking_send(found).is_ok();
        for session in sessions {
            listening = listening && self.tell.blocking_send(self.read_or_skip(&session)).is_ok();
        }
    }

    fn read_or_skip(&self, session: &Recorded) -> Step {
        match self.read(session) {
            Ok(skipped) => Step::Read {
                bytes: number(session.bytes()),
                skipped: number(skipped),
            },
            Err(error) => {
                let path = session.files.first().map(|file| &file.path);
                tracing::warn!(?path, %error, "a transcript cannot be read");
                Step::Unreadable
            }
        }
    }

    fn read(&self, session: &Recorded) -> std::io::Result<u64> {
        let mut reader = SessionReader::open(session, &self.known, &self.redactor)?;
        while let Some(batch) = reader.batch(clock::now())? {
            if self.tell.blocking_send(Step::Batch(batch)).is_err() {
                break;
            }
        }
        Ok(reader.skipped())
    }
}

impl Request {
    fn wants(&self, session: &Recorded) -> bool {
        let of_agent = self.agents.is_empty() || self.agents.contains(&session.agent);
        let since = self
            .since
            .is_none_or(|since| session.modified_ms() >= since.as_millis());
        of_agent && since
    }
}

/// Whether a session has more than was read of it, be it only its end.
pub(super) fn is_unread(session: &Recorded, known: &Known, now: Timestamp) -> bool {
    let is_quiet = now.as_millis() - session.modified_ms() >= QUIET_MILLIS;
    session.files.iter().any(|file| {
        known
            .get(&*file.path.to_string_lossy())
            .is_none_or(|known| {
                let same = known.size == file.size && known.modified_ms == file.modified_ms;
                !same || (is_quiet && !known.is_closed)
            })
    })
}

/// What there is, by agent.
fn count(folders: &[TranscriptFolder], known: &Known) -> Vec<FoundTranscripts> {
    let now = clock::now();
    let of = |place: &TranscriptFolder| {
        let sessions = find(std::slice::from_ref(place));
        let unread = || {
            sessions
                .iter()
                .filter(|session| is_unread(session, known, now))
        };
        FoundTranscripts {
            agent: place.agent.source().to_owned(),
            agent_name: place.agent.name().to_owned(),
            folder: place.folder.display().to_string(),
            sessions: number(sessions.len() as u64),
            unread: number(unread().count() as u64),
            unread_bytes: number(unread().map(Recorded::bytes).sum()),
        }
    };
    folders
        .iter()
        .map(of)
        .filter(|found| found.sessions > 0)
        .collect()
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
