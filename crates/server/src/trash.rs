//! Emptying the trash: a worker that looks whether tasks were deleted long enough ago, tells the
//! commit worker to let them go, and then has their rows removed a few at a time, behind whatever
//! else waits to be committed. What a start finds of it is finished first.

use std::time::Duration;

use agent_tracer_core::command::Command;
use agent_tracer_store::Read;
use tokio::sync::watch;

use crate::clock;
use crate::state::App;

/// How often the trash is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Starts the worker. It ends with the server.
pub(crate) fn start(app: App, mut stopping: watch::Receiver<bool>) {
    tokio::spawn(async move {
        let mut has_remains = true;
        loop {
            has_remains |= empty(&app).await;
            if has_remains {
                has_remains = !remove_remains(&app).await;
            }
            let stopped = stopping.wait_for(|stopping| *stopping);
            if tokio::time::timeout(LOOK_EVERY, stopped).await.is_ok() {
                return;
            }
        }
    });
}

/// Lets go of what was in the trash for its time; says whether there was anything.
async fn empty(app: &App) -> bool {
    let mut any = false;
    while is_due(app).await {
        let Ok(place) = app.committer.reserve(0) else {
            return any;
        };
        if app
            .committer
            .commit(Command::EmptyTrash, place)
            .await
            .is_err()
        {
            return any;
        }
        any = true;
    }
    any
}

async fn is_due(app: &App) -> bool {
    let due = app.read(|reader| reader.is_trash_due(clock::now())).await;
    due.unwrap_or_else(|error| {
        tracing::warn!(%error, "the trash could not be looked at");
        false
    })
}

/// Removes rows until none is left; says whether it came to that.
async fn remove_remains(app: &App) -> bool {
    loop {
        match app.committer.sweep().await {
            Ok(true) => {}
            Ok(false) => return true,
            Err(_) => return false,
        }
    }
}
