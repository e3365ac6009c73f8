//! The browser, driven by a script of `e2e/bench/`: a child that is told and tells a line at a time.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context as _, ensure};

use crate::ci;
use crate::workspace::root;

/// Ended when it goes out of scope.
pub(super) struct Browser {
    child: Child,
    output: BufReader<ChildStdout>,
    log: PathBuf,
}

impl Browser {
    /// Whether there is one; says so if not.
    pub(super) fn is_there() -> anyhow::Result<bool> {
        let there = ci::chromium().is_some();
        if there {
            ci::packages(&root().join("e2e"))?;
        } else {
            println!("the page is left out: there is no Chromium (set CHROMIUM to one)");
        }
        Ok(there)
    }

    /// Runs a script, which is named from `e2e/`, with its arguments.
    pub(super) fn start(script: &[&str], folder: &Path) -> anyhow::Result<Self> {
        let log = folder.join("browser.log");
        let chromium = ci::chromium().context("there is no Chromium")?;
        let mut child = Command::new("node")
            .current_dir(root().join("e2e"))
            .args(script)
            .env("CHROMIUM", chromium)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(&log)?)
            .spawn()
            .context("could not start node")?;
        Ok(Self {
            output: BufReader::new(child.stdout.take().context("no output")?),
            child,
            log,
        })
    }

    pub(super) fn say(&mut self, line: &str) -> anyhow::Result<()> {
        let input = self.child.stdin.as_mut().context("no input")?;
        writeln!(input, "{line}").context("the browser's script has ended")
    }

    /// Its next line.
    pub(super) fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        let log = || std::fs::read_to_string(&self.log).unwrap_or_default();
        ensure!(!line.is_empty(), "the browser's script ended\n{}", log());
        Ok(line)
    }

    pub(super) fn expect(&mut self, word: &str) -> anyhow::Result<()> {
        let line = self.line()?;
        ensure!(line.trim_end() == word, "the browser said {line}");
        Ok(())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It ends by itself after its last line. If it waits for a word instead, waiting for it
        // closes its input, and it ends with a complaint that nobody needs.
        self.child.wait().ok();
    }
}
