//! Pictures of the page, for people to look at.

use std::process::Command;

use anyhow::{Context as _, ensure};

use crate::ci;
use crate::workspace::{Workspace, cargo, root};

/// Builds the binary and writes `e2e/out/*.png`.
pub(crate) fn write() -> anyhow::Result<()> {
    let chromium = ci::chromium().context("no Chromium: set CHROMIUM to one")?;
    let folder = root().join("e2e");
    ci::packages(&folder)?;
    run(cargo().args(["build", "-p", "agent-tracer"]))?;
    let binary = Workspace::read()?
        .target_directory
        .join("debug/agent-tracer");
    run(Command::new("node")
        .current_dir(&folder)
        .arg("screenshots.mjs")
        .env("CHROMIUM", chromium)
        .env("AGENT_TRACER_BIN", binary))
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status()?;
    ensure!(status.success(), "{command:?}: {status}");
    Ok(())
}
