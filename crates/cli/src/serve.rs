use std::net::IpAddr;
use std::path::PathBuf;

use agent_tracer_server::{
    Config, Server, Token, TranscriptFolder, default_database, note_settings,
};
use anyhow::Context as _;
use tracing_subscriber::EnvFilter;

use crate::arguments::Serve;
use crate::hooks::Agent;
use crate::import::transcript_folders;
use crate::say::{counted, say};
use crate::settings;

/// `agent-tracer serve`.
pub(crate) fn run(arguments: &Serve) -> anyhow::Result<()> {
    log_to_stderr();
    let config = config(arguments)?;
    runtime()?.block_on(async {
        let server = Server::bind(config).await?;
        // Before anybody is told that it serves: who is told may stop it at once.
        let stopped = asked_to_stop()?;
        note_settings(server.database(), settings_file(arguments).as_deref())
            .context("hooks cannot be told which settings to keep to")?;
        introduce(&server);
        offer_history(&server).await;
        server.run(stopped).await.context("the server failed")
    })
}

fn config(arguments: &Serve) -> anyhow::Result<Config> {
    let database = match &arguments.db {
        Some(path) => path.clone(),
        None => default_database(|name| std::env::var(name).ok())
            .context("there is no home folder to keep the database in: give a file with --db")?,
    };
    let token = match &arguments.token_file {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("the token file {} cannot be read", path.display()))?;
            let token = Token::new(&text).map_err(anyhow::Error::msg);
            Some(token.with_context(|| format!("in the token file {}", path.display()))?)
        }
        None => None,
    };
    let redaction = settings::redaction(arguments.config.as_deref())?;
    let transcripts = transcript_folders().unwrap_or_default();
    Ok(Config {
        host: arguments.host,
        port: arguments.port,
        token,
        redaction,
        token_file: arguments
            .token_file
            .as_deref()
            .and_then(|path| path.canonicalize().ok()),
        otlp_grpc_port: arguments.otlp_grpc,
        followed: followed(arguments.follow_transcripts.as_deref(), &transcripts),
        transcripts,
        ..Config::local(database)
    })
}

/// The settings file, if it is not the usual one.
fn settings_file(arguments: &Serve) -> Option<PathBuf> {
    let path = arguments.config.as_deref()?;
    // It was read just before.
    path.canonicalize().ok()
}

/// The folders that are followed: those of the agents that are named, or all if none is.
fn followed(asked: Option<&[Agent]>, folders: &[TranscriptFolder]) -> Vec<TranscriptFolder> {
    let Some(agents) = asked else {
        return Vec::new();
    };
    let wanted = |place: &&TranscriptFolder| {
        let mut names = agents.iter().map(|agent| agent.name());
        agents.is_empty() || names.any(|name| name == place.agent.source())
    };
    folders.iter().filter(wanted).cloned().collect()
}

/// What runs everything that waits.
pub(crate) fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the threads of the server cannot be started")
}

/// Logs go to stderr: stdout is what the program says to its user. `RUST_LOG` chooses how much.
pub(crate) fn log_to_stderr() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

/// Done on Ctrl-C or SIGTERM. A second one ends the process at once, as without this.
pub(crate) fn asked_to_stop() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for signals")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for signals")?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tokio::spawn(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            std::process::exit(130);
        });
    })
}

/// Where to look, where it is kept, and how to attach an agent.
pub(crate) fn introduce(server: &Server) {
    let address = server.address();
    let demo = port_option(address.port());
    say(&format!("Agent Tracer is at http://{address}"));
    say(&format!(
        "It keeps everything in {}",
        server.database().display()
    ));
    if let Some(address) = server.otlp_grpc_address() {
        say(&format!("It takes OTLP over gRPC at http://{address}"));
    }
    say("");
    say(&format!("See what it looks like:  agent-tracer demo{demo}"));
    say("Let your agents report:  agent-tracer hooks install (new sessions then appear)");
    say("See whether they do:     agent-tracer doctor");
    if !is_loopback(address.ip()) {
        say("");
        say("Other machines can reach it; they need the token.");
    }
}

/// Says that there is a history to bring in, while nothing is recorded.
async fn offer_history(server: &Server) {
    let sessions = server.history_to_import().await;
    if sessions > 0 {
        let are = if sessions == 1 { "is" } else { "are" };
        let sessions = counted(sessions, "session");
        say(&format!(
            "Bring in your history:   agent-tracer import ({sessions} {are} on this disk)"
        ));
    }
}

fn port_option(port: u16) -> String {
    if port == 3847 {
        String::new()
    } else {
        format!(" --port {port}")
    }
}

fn is_loopback(address: IpAddr) -> bool {
    address.is_loopback()
}
