//! How fast texts are looked through for secrets, and how often ordinary text is taken for one.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use agent_tracer_core::redact::{Redactor, Removed};

use super::report::{figure, median};
use crate::workspace::{files, root};

/// How many characters around a marker are shown.
const AROUND: usize = 60;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Files and folders to look through instead of the repository.
    paths: Vec<PathBuf>,
    /// Shows what was removed, in its line.
    #[arg(long)]
    show: bool,
    /// How often to look through everything.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
}

pub(super) fn run(options: &Options) -> anyhow::Result<()> {
    let texts = texts(options)?;
    let redactor = Redactor::default();
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    let megabytes = figure(bytes as u64) / 1e6;
    let mut removed = Removed::default();
    for (path, text) in &texts {
        let (redacted, found) = redactor.redact_text(text);
        if options.show && !found.is_empty() {
            show(path, &redacted);
        }
        removed.extend(&found);
    }
    println!("{:<28} {:>8} {:>8}", "removed", "times", "per MB");
    for (kind, times) in removed.iter() {
        println!("{kind:<28} {times:>8} {:>8.2}", figure(times) / megabytes);
    }
    let speeds: Vec<f64> = (0..options.rounds)
        .map(|_| megabytes / look_through(&redactor, &texts).as_secs_f64())
        .collect();
    println!(
        "{} texts, {megabytes:.1} MB, {:.0} MB/s",
        texts.len(),
        median(&speeds)
    );
    Ok(())
}

fn look_through(redactor: &Redactor, texts: &[(PathBuf, String)]) -> Duration {
    let begin = Instant::now();
    let lengths = texts
        .iter()
        .map(|(_, text)| redactor.redact_text(text).0.len());
    std::hint::black_box(lengths.sum::<usize>());
    begin.elapsed()
}

fn texts(options: &Options) -> anyhow::Result<Vec<(PathBuf, String)>> {
    let mut paths = Vec::new();
    if options.paths.is_empty() {
        paths.extend(files()?.into_iter().map(|path| root().join(path)));
    }
    for path in &options.paths {
        collect(path, &mut paths)?;
    }
    let read = |path: PathBuf| Some((path.clone(), std::fs::read_to_string(path).ok()?));
    // What is no text is no ordinary text either.
    Ok(paths.into_iter().filter_map(read).collect())
}

fn collect(path: &Path, paths: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if !path.is_dir() {
        paths.push(path.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(path)? {
        collect(&entry?.path(), paths)?;
    }
    Ok(())
}

fn show(path: &Path, redacted: &str) {
    for (at, _) in redacted.match_indices("[removed: ") {
        let before: String = redacted[..at].chars().rev().take(AROUND).collect();
        let before: String = before.chars().rev().collect();
        let after: String = redacted[at..].chars().take(AROUND).collect();
        println!(
            "{}: {}",
            path.display(),
            format!("{before}{after}").escape_debug()
        );
    }
}
