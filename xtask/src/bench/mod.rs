//! Measurements of the server beside a bare one: a ratio outlives the machine it was taken on.

pub(crate) mod bare;
mod browser;
mod cpu;
mod disk;
mod fill;
mod growth;
mod hook;
mod ingest;
pub(crate) mod live;
mod load;
mod redaction;
mod report;
mod served;
mod web;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, ensure};

use crate::workspace::{Workspace, cargo};

#[derive(clap::Subcommand)]
pub(crate) enum Bench {
    /// How fast events come in, and what one costs in a short and in a long task.
    Ingest(ingest::Options),
    /// What a hook adds to the time of an agent's call.
    Hook(hook::Options),
    /// What a delivered message, a connection and a page cost.
    Live(live::Options),
    /// How fast texts are looked through for secrets, and how often ordinary text is taken for one.
    Redaction(redaction::Options),
    /// How smooth the page is with much data and many events, in a real browser.
    Web(web::Options),
}

/// Measures, in a release build: a debug build starts itself again as one.
pub(crate) fn run(bench: &Bench) -> anyhow::Result<ExitCode> {
    if cfg!(debug_assertions) {
        return in_release();
    }
    match bench {
        Bench::Ingest(options) => ingest::run(options, &built_server()?)?,
        Bench::Hook(options) => hook::run(options, &built_server()?)?,
        Bench::Live(options) => live::run(options, &built_server()?)?,
        Bench::Redaction(options) => redaction::run(options)?,
        Bench::Web(options) => web::run(options, &built_server()?)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds the server; gives the folder it is in.
fn built_server() -> anyhow::Result<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--quiet", "--release", "-p", "agent-tracer", "-j2"]);
    ensure!(build.status()?.success(), "the server did not build");
    Ok(Workspace::read()?.target_directory.join("release"))
}

fn in_release() -> anyhow::Result<ExitCode> {
    let status = cargo()
        .args(["run", "--quiet", "--release", "-p", "xtask", "--"])
        .args(std::env::args_os().skip(1))
        .status()
        .context("could not start cargo run")?;
    Ok(ExitCode::from(u8::from(!status.success())))
}
