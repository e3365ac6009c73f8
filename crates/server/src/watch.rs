//! Watching over the agents that say nothing: a worker that looks, every few seconds, which running
//! task was silent for long and which agent's process is gone, and tells the commit worker. What
//! that means is decided there, like everything else.

use std::time::Duration;

use agent_tracer_core::command::Command;
use agent_tracer_core::decide::is_silence_due;
use agent_tracer_store::StoreError;
use tokio::sync::watch;

use crate::clock;
use crate::process::is_gone;
use crate::state::App;

/// Starts the worker. It ends with the server.
pub(crate) fn start(app: App, every: Duration, mut stopping: watch::Receiver<bool>) {
    tokio::spawn(async move {
        loop {
            let stopped = stopping.wait_for(|stopping| *stopping);
            if tokio::time::timeout(every, stopped).await.is_ok() {
                return;
            }
            if !app.is_caught_up() || app.importer.is_running() {
                continue;
            }
            match due(&app).await {
                Ok(commands) => carry_out(&app, commands).await,
                Err(error) => tracing::warn!(%error, "the running tasks could not be looked at"),
            }
        }
    });
}

async fn due(app: &App) -> Result<Vec<Command>, StoreError> {
    let watched = app.read(agent_tracer_store::Read::watched).await?;
    let now = clock::now();
    let gone = watched.runs.into_iter().filter(|run| is_gone(&run.process));
    let silent = watched
        .tasks
        .into_iter()
        .filter(|task| is_silence_due(task, now));
    let commands = gone.map(Command::NoteProcessGone);
    Ok(commands
        .chain(silent.map(|task| Command::NoteSilence(task.id)))
        .collect())
}

/// What cannot be carried out now comes up again the next time.
async fn carry_out(app: &App, commands: Vec<Command>) {
    for command in commands {
        let Ok(place) = app.committer.reserve(0) else {
            return;
        };
        if app.committer.commit(command, place).await.is_err() {
            return;
        }
    }
}
