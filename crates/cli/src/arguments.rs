use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::hooks::Agent;

/// Shows, live, what the coding agents on this machine are doing, and keeps it.
///
/// Without a command it serves, as `serve` does.
#[derive(Debug, Parser)]
#[command(name = "agent-tracer", version, args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub verb: Option<Verb>,
    #[command(flatten)]
    pub serve: Serve,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Serves the dashboard and takes what agents report
    Serve(Serve),
    /// Plays recorded agent sessions, to see what it looks like
    Demo(Demo),
    /// Lets agents on this machine report, by hooks in their settings
    #[command(subcommand)]
    Hooks(Hooks),
    /// Brings in the sessions that agents wrote down on this machine before
    ///
    /// What was brought in once is not read again; what has grown goes on where it ended.
    Import(Import),
    /// Proves that what agents report arrives, and says what is wrong if it does not
    Doctor(Doctor),
    /// Takes one hook call of an agent from stdin and sends it to the server
    ///
    /// Prints nothing, always exits 0 and waits 50 ms at most for the server, so that it never gets
    /// in the agent's way. What the server does not take waits for it on the disk.
    Hook {
        /// The agent: claude-code, codex, gemini-cli, opencode or copilot-cli
        agent: String,
        /// The event that it is registered for, where the payload does not name it
        event: Option<String>,
        /// Port of the server [default: that of the running server]
        #[arg(long)]
        port: Option<u16>,
        /// Database file of the server, if it is not the usual one
        #[arg(long, value_name = "PATH")]
        db: Option<PathBuf>,
        /// Settings file of the server, if it is not the usual one
        #[arg(long, value_name = "PATH")]
        config: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Hooks {
    /// Puts the hooks into the settings of agents; shows what changes and asks first
    Install(HooksChange),
    /// Shows which agents are there, and whether their hooks are installed
    Status,
    /// Takes the hooks out of the settings of agents; what others put there stays
    Uninstall(HooksChange),
}

#[derive(Debug, Args)]
pub(crate) struct HooksChange {
    /// The agents [default: those found on this machine]
    #[arg(value_name = "AGENT")]
    pub agents: Vec<Agent>,
    /// Do it without asking
    #[arg(long)]
    pub yes: bool,
    /// Only show what would change
    #[arg(long)]
    pub dry_run: bool,
    /// In the settings of the project in the current folder, instead of your own
    #[arg(long)]
    pub project: bool,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Import {
    /// The agents [default: all]
    #[arg(value_name = "AGENT")]
    pub agents: Vec<Agent>,
    /// Only sessions that went on after this date (UTC)
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub since: Option<String>,
    /// Only say what there is
    #[arg(long)]
    pub dry_run: bool,
    /// Port of the running server [default: that of the database's server; if none runs, the
    /// import does it by itself]
    #[arg(long)]
    pub port: Option<u16>,
    /// Database file, if it is not the usual one
    #[arg(long, value_name = "PATH")]
    pub db: Option<PathBuf>,
    /// Settings file [default: agent-tracer/config.toml in the XDG config folder]
    #[arg(long, env = "AGENT_TRACER_CONFIG", value_name = "PATH")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// The agents [default: those found on this machine]
    #[arg(value_name = "AGENT")]
    pub agents: Vec<Agent>,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Port to serve on; 0 takes a free one
    #[arg(long, env = "MONITOR_PORT", default_value_t = 3847)]
    pub port: u16,
    /// Address to listen on; one that other machines can reach needs --token-file
    #[arg(long, default_value = "127.0.0.1", value_parser = host)]
    pub host: IpAddr,
    /// Database file [default: agent-tracer/agent-tracer.sqlite in the XDG data folder]
    #[arg(long, value_name = "PATH")]
    pub db: Option<PathBuf>,
    /// Settings file [default: agent-tracer/config.toml in the XDG config folder]
    #[arg(long, env = "AGENT_TRACER_CONFIG", value_name = "PATH")]
    pub config: Option<PathBuf>,
    /// File with a token that every request must carry
    #[arg(long, value_name = "PATH")]
    pub token_file: Option<PathBuf>,
    /// Also take OTLP over gRPC, on port 4317 unless said; over HTTP it is always taken
    #[arg(
        long,
        value_name = "PORT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "4317"
    )]
    pub otlp_grpc: Option<u16>,
    /// Show what agents write down as they do, for those without hooks [default: of all agents]
    #[arg(long, value_name = "AGENT,…", num_args = 0.., require_equals = true, value_delimiter = ',')]
    pub follow_transcripts: Option<Vec<Agent>>,
}

/// An address, or the one name that always means this machine.
fn host(text: &str) -> Result<IpAddr, String> {
    match text {
        "localhost" => Ok(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        _ => text
            .parse()
            .map_err(|_not_an_address| "must be an IP address, or localhost".to_owned()),
    }
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Port of the server to play into; if none runs there, the demo brings its own for as long as
    /// it runs
    #[arg(long, env = "MONITOR_PORT", default_value_t = 3847)]
    pub port: u16,
    /// Play only this session: first-edit, explore-subagent, interactive-permission, task-list or
    /// tool-failures [default: several at once]
    #[arg(long, value_name = "NAME")]
    pub session: Option<String>,
    /// How much faster than a watchable pace to play
    #[arg(long, default_value_t = 1.0, value_name = "FACTOR")]
    pub speed: f64,
}
