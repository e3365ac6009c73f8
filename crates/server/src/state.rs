use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use agent_tracer_core::redact::Redactor;
use agent_tracer_store::{Reader, ReaderPool, StoreError};
use tokio::sync::{Semaphore, watch};

use crate::commit::Committer;
use crate::config::Token;
use crate::http::OtlpIntake;
use crate::import::Importer;
use crate::live::Hub;
use crate::workspaces::Projects;

/// What every request handler has at hand.
#[derive(Clone)]
pub(crate) struct App {
    pub committer: Committer,
    /// The name of the history of commits that is served.
    pub epoch: Arc<str>,
    pub readers: Arc<ReaderPool>,
    /// One permit per reader: those who read wait here, not in a thread.
    pub reading: Arc<Semaphore>,
    pub hub: Hub,
    /// What takes secrets out of everything that comes in.
    pub redactor: Arc<Redactor>,
    pub otlp: Arc<OtlpIntake>,
    pub access: Arc<Access>,
    /// Whether all that waited in the spool is taken. Until then silence means nothing.
    pub caught_up: Arc<AtomicBool>,
    /// Imports transcripts. While it does, silence means nothing either.
    pub importer: Importer,
    /// Which folders belong to which project.
    pub projects: Arc<Projects>,
    /// Every connection holds a receiver of this for as long as it lives.
    pub connections: Arc<watch::Sender<()>>,
}

/// Who may use the server.
pub(crate) struct Access {
    /// What requests must carry, if others than this machine can reach the server.
    pub token: Option<Token>,
    /// What the page's cookie holds once somebody logged in: made anew at each start.
    pub cookie: Token,
}

impl App {
    /// Whether every hook call that waited for the server is taken. Before that nothing may be
    /// concluded from what hooks did not tell.
    pub(crate) fn is_caught_up(&self) -> bool {
        self.caught_up.load(Ordering::Relaxed)
    }

    /// Reads from the store, off the threads that serve connections.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Reader) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let _turn = Arc::clone(&self.reading).acquire_owned().await;
        let readers = Arc::clone(&self.readers);
        match tokio::task::spawn_blocking(move || readers.with(work)).await {
            Ok(result) => result,
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        }
    }
}
