//! `agent-tracer import`: the sessions that agents wrote down themselves, brought in.
//!
//! The running server does it; where none runs, one of our own does for as long as it takes.

mod places;
mod progress;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use agent_tracer_core::wire::{ImportState, ImportStatus};
use agent_tracer_server::{Config, Record, Server, default_database};
use anyhow::{Context as _, bail};
pub(crate) use places::transcript_folders;
use progress::Progress;
use serde_json::json;
use tokio::sync::oneshot;

use crate::arguments::Import;
use crate::client::{Answer, Local, loopback, token, token_in};
use crate::say::say;
use crate::serve::{asked_to_stop, log_to_stderr, runtime};
use crate::settings;

/// How long the server may take for an answer.
const ANSWER_MAX: Duration = Duration::from_secs(30);
/// How often it is asked how far it is.
const ASK_EVERY: Duration = Duration::from_millis(100);

/// `agent-tracer import`.
pub(crate) fn run(arguments: &Import) -> anyhow::Result<()> {
    log_to_stderr();
    let variable = |name: &str| std::env::var(name).ok();
    let database = match &arguments.db {
        Some(path) => path.clone(),
        None => default_database(variable)
            .context("there is no home folder to keep the database in: give a file with --db")?,
    };
    match running(arguments, &database) {
        Some(server) => import(&server, arguments),
        None => with_own_server(database, arguments),
    }
}

/// The running server: at the port that was given, or the one of the database.
fn running(arguments: &Import, database: &Path) -> Option<There> {
    let record = Record::of_running(database);
    let token_file = record.as_ref().and_then(|record| record.token_file.clone());
    let address = match arguments.port {
        Some(port) => loopback(port),
        None => record?.address,
    };
    let token = token(|name| std::env::var(name).ok());
    Some(There {
        address,
        token: token.or_else(|| token_in(&token_file?)),
    })
}

/// A server on this machine.
struct There {
    address: SocketAddr,
    token: Option<String>,
}

impl There {
    fn local(&self) -> Local {
        Local {
            address: self.address,
            token: self.token.clone(),
            deadline: Instant::now() + ANSWER_MAX,
        }
    }

    fn status(&self) -> anyhow::Result<ImportStatus> {
        let answer = self.local().get("/api/import");
        read(&answer.with_context(|| format!("no server answers at http://{}", self.address))?)
    }

    fn start(&self, arguments: &Import) -> anyhow::Result<()> {
        let agents: Vec<_> = arguments.agents.iter().map(|agent| agent.name()).collect();
        let wanted = json!({ "agents": agents, "since": arguments.since });
        let body = wanted.to_string();
        let answer = self.local().post("/api/import", &[], body.as_bytes());
        let answer = answer.context("the server does not answer")?;
        match answer.status {
            202 => Ok(()),
            409 => {
                say("An import runs already.");
                Ok(())
            }
            _ => bail!("the server refused: {}", problem(&answer)),
        }
    }
}

fn read(answer: &Answer) -> anyhow::Result<ImportStatus> {
    if answer.status != 200 {
        bail!("the server refused: {}", problem(answer));
    }
    serde_json::from_slice(&answer.body).context("the server answers nothing that can be read")
}

fn problem(answer: &Answer) -> String {
    let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let said = body["error"].as_str().map(str::to_owned);
    said.unwrap_or_else(|| format!("status {}", answer.status))
}

/// Imports into the database itself, by a server that nobody else needs to find.
fn with_own_server(database: PathBuf, arguments: &Import) -> anyhow::Result<()> {
    let config = Config {
        port: 0,
        redaction: settings::redaction(arguments.config.as_deref())?,
        transcripts: transcript_folders()?,
        ..Config::local(database)
    };
    let arguments = arguments.clone();
    runtime()?.block_on(async {
        let server = Server::bind(config).await?;
        let stopped = asked_to_stop()?;
        let there = There {
            address: server.address(),
            token: None,
        };
        let (finish, finished) = oneshot::channel::<()>();
        let importing = std::thread::spawn(move || {
            let result = import(&there, &arguments);
            drop(finish);
            result
        });
        let was_stopped = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&was_stopped);
        let until = async move {
            tokio::select! {
                () = stopped => told.store(true, Ordering::Relaxed),
                _ = finished => {}
            }
        };
        let outcome = server.run(until).await;
        let result = importing.join();
        outcome.context("the server failed")?;
        if was_stopped.load(Ordering::Relaxed) {
            bail!("stopped: what was read is kept, and `agent-tracer import` goes on from there");
        }
        result.unwrap_or_else(|panicked| std::panic::resume_unwind(panicked))
    })
}

fn import(server: &There, arguments: &Import) -> anyhow::Result<()> {
    let before = server.status()?;
    if before.state != ImportState::Running {
        progress::say_found(&before, &arguments.agents);
        if arguments.dry_run {
            return Ok(());
        }
        server.start(arguments)?;
    }
    let mut progress = Progress::new();
    loop {
        let status = server.status()?;
        if status.state != ImportState::Running {
            return progress.end(&status);
        }
        progress.show(&status);
        std::thread::sleep(ASK_EVERY);
    }
}
