//! Following transcripts: what is written in them becomes events at once. For agents without hooks;
//! of a session that hooks tell of, its transcript tells nothing.
//!
//! The system says when a file changes. Where it cannot, and for what only time tells (a turn that
//! is over, a session that is), the folders are looked at from time to time.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use agent_tracer_core::adapter::transcript::QUIET_MILLIS;
use agent_tracer_core::redact::Redactor;
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::{mpsc, watch};

use super::find::{find, roots};
use super::importer::{Known, commit, is_unread, known};
use super::session::{Batch, SessionReader};
use super::{Recorded, TranscriptFolder};
use crate::clock;
use crate::state::App;

/// What is written in quick succession is read together.
const GATHER: Duration = Duration::from_millis(200);
/// How often the folders are looked at where the system says when they change.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// The same where it does not.
const POLL_EVERY: Duration = Duration::from_secs(1);

/// Starts to follow. Ends with the server.
pub(crate) fn follow(app: App, folders: Vec<TranscriptFolder>, stopping: watch::Receiver<bool>) {
    if !folders.is_empty() {
        tokio::spawn(run(app, folders, stopping));
    }
}

async fn run(app: App, folders: Vec<TranscriptFolder>, mut stopping: watch::Receiver<bool>) {
    let (notice, mut noticed) = mpsc::channel(1);
    let mut watch = Watch::new(&folders, notice);
    let mut readers = Readers::new();
    loop {
        if !app.importer.is_running() && app.is_caught_up() {
            watch.extend();
            readers = look(&app, &folders, readers).await.unwrap_or_default();
        }
        tokio::select! {
            () = async { drop(stopping.wait_for(|stopping| *stopping).await) } => return,
            Some(()) = noticed.recv() => tokio::time::sleep(GATHER).await,
            () = tokio::time::sleep(watch.look_every()) => {}
        }
    }
}

/// What tells when something changes in the folders, as far as the system does.
struct Watch {
    watcher: Option<RecommendedWatcher>,
    /// Folders that are not watched, most of them because they are not there.
    left: Vec<PathBuf>,
}

impl Watch {
    fn new(folders: &[TranscriptFolder], notice: mpsc::Sender<()>) -> Self {
        let made = notify::recommended_watcher(move |_| {
            // If one waits already, that is enough.
            notice.try_send(()).ok();
        });
        let made = made
            .inspect_err(|error| tracing::warn!(%error, "transcripts are looked at every second"));
        Self {
            watcher: made.ok(),
            left: folders.iter().flat_map(roots).collect(),
        }
    }

    /// Watches folders that are there now.
    fn extend(&mut self) {
        if let Some(watcher) = &mut self.watcher {
            self.left.retain(|folder| {
                !folder.is_dir() || watcher.watch(folder, RecursiveMode::Recursive).is_err()
            });
        }
    }

    /// How soon to look without being told: soon, where there is something that is not watched.
    fn look_every(&self) -> Duration {
        if self.watcher.is_none() || self.left.iter().any(|folder| folder.is_dir()) {
            POLL_EVERY
        } else {
            LOOK_EVERY
        }
    }
}

/// The sessions that go on, by their first transcript.
type Readers = HashMap<PathBuf, SessionReader>;

/// Reads what is new. `None` if it could not be stored: then all is read anew, from where the store
/// knows it.
async fn look(app: &App, folders: &[TranscriptFolder], readers: Readers) -> Option<Readers> {
    let known = known(app).await.ok()?;
    let folders = folders.to_vec();
    let (tell, mut told) = mpsc::channel(1);
    let looking = Looking {
        known,
        redactor: Arc::clone(&app.redactor),
        tell,
    };
    let reading = tokio::task::spawn_blocking(move || looking.read_new(&folders, readers));
    let mut stored = true;
    while let Some(batch) = told.recv().await {
        stored = stored && commit(app, batch).await.is_ok();
    }
    reading.await.ok().filter(|_| stored)
}

/// What the reading thread needs.
struct Looking {
    known: Known,
    redactor: Arc<Redactor>,
    tell: mpsc::Sender<Batch>,
}

impl Looking {
    fn read_new(&self, folders: &[TranscriptFolder], mut readers: Readers) -> Readers {
        let mut going_on = Readers::new();
        for session in find(folders) {
            let Some(first) = session.files.first().map(|file| file.path.clone()) else {
                continue;
            };
            let reader = readers.remove(&first);
            if !goes_on(&session, &self.known, reader.is_some()) {
                continue;
            }
            match self.read(&session, reader) {
                Ok(reader) => drop(going_on.insert(first, reader)),
                Err(error) => tracing::warn!(path = ?first, %error, "a transcript cannot be read"),
            }
        }
        going_on
    }

    fn read(
        &self,
        session: &Recorded,
        reader: Option<SessionReader>,
    ) -> std::io::Result<SessionReader> {
        let mut reader = match reader {
            Some(mut reader) => {
                reader.refresh(session, &self.known)?;
                reader
            }
            None => SessionReader::open(session, &self.known, &self.redactor)?,
        };
        while let Some(batch) = reader.batch(clock::now())? {
            if self.tell.blocking_send(batch).is_err() {
                break;
            }
        }
        Ok(reader)
    }
}

/// Whether a session is worth looking into: it was written lately, or what was read of it has no
/// end yet. The history from before is not followed but imported.
fn goes_on(session: &Recorded, known: &Known, is_open: bool) -> bool {
    let now = clock::now();
    let is_recent = now.as_millis() - session.modified_ms() < QUIET_MILLIS;
    let paths = session.files.iter().map(|file| file.path.to_string_lossy());
    let is_known = paths.into_iter().any(|path| known.contains_key(&*path));
    (is_recent || is_known) && (is_open || is_unread(session, known, now))
}
