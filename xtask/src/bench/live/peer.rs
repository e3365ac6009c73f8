//! The broadcaster of `xtask/bench-peer`, installed beside the build: nothing of it lands in the tree.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context as _;

use crate::bench::served::Served;
use crate::ci;
use crate::workspace::root;

/// Installs and starts it. `None`, with a line why, where npm cannot do that.
pub(super) fn start(release: &Path, folder: &Path) -> anyhow::Result<Option<Served>> {
    let npm = Command::new("npm")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    if !npm.is_ok_and(|status| status.success()) {
        println!("the Node peer is left out: there is no npm");
        return Ok(None);
    }
    let installed = release.join("bench-peer");
    std::fs::create_dir_all(&installed)?;
    for file in ["package.json", "package-lock.json", "server.mjs"] {
        let from = root().join("xtask/bench-peer").join(file);
        std::fs::copy(&from, installed.join(file))
            .with_context(|| format!("could not copy {}", from.display()))?;
    }
    if let Err(error) = ci::packages(&installed) {
        println!("the Node peer is left out: {error:#}");
        return Ok(None);
    }
    let mut command = Command::new("node");
    command.arg("server.mjs").current_dir(&installed);
    Served::start(command, folder, "/broadcast").map(Some)
}
