//! The checks of the Rust code: one build profile for all of them, so that a cold run is short.

use std::path::Path;
use std::process::Command;

use super::step::{Outcome, Setting, openly, quietly, works};
use crate::workspace::{self, cargo, root};

pub(super) fn fmt(_: &Setting) -> anyhow::Result<Outcome> {
    quietly(cargo().args(["fmt", "--all", "--check"]))
}

pub(super) fn tidy(_: &Setting) -> anyhow::Result<Outcome> {
    let faults = crate::tidy::faults()?;
    anyhow::ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(Outcome::Passed)
}

pub(super) fn clippy(_: &Setting) -> anyhow::Result<Outcome> {
    quietly(cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}

pub(super) fn doc(_: &Setting) -> anyhow::Result<Outcome> {
    quietly(
        cargo()
            .args([
                "doc",
                "--workspace",
                "--no-deps",
                "--document-private-items",
            ])
            .env("RUSTDOCFLAGS", "-D warnings"),
    )
}

pub(super) fn test(setting: &Setting) -> anyhow::Result<Outcome> {
    openly(&mut testing(setting, nextest()))
}

/// Only nextest leaves the examples of the documentation out, so only then do they need a step.
pub(super) fn doctest(setting: &Setting) -> anyhow::Result<Outcome> {
    if !nextest() || !any_doctest()? {
        return Ok(Outcome::Passed);
    }
    let mut command = cargo();
    command.args(["test", "--workspace", "--doc"]);
    openly(strict(&mut command, setting))
}

pub(super) fn binary(_: &Setting) -> anyhow::Result<Outcome> {
    quietly(cargo().args(["build", "-p", "agent-tracer"]))
}

fn nextest() -> bool {
    works(cargo().args(["nextest", "--version"]))
}

fn testing(setting: &Setting, nextest: bool) -> Command {
    let mut command = cargo();
    if nextest {
        command.args(["nextest", "run", "--workspace"]);
    } else {
        command.args(["test", "--workspace", "--no-fail-fast"]);
    }
    strict(&mut command, setting);
    command
}

/// Snapshots must be current, and where nothing may be skipped the tests are told so.
fn strict<'a>(command: &'a mut Command, setting: &Setting) -> &'a mut Command {
    command
        .env("INSTA_UPDATE", "no")
        .env_remove("INSTA_FORCE_PASS");
    if setting.ci {
        command.env("AGENT_TRACER_REQUIRE_STRACE", "1");
    }
    command
}

fn any_doctest() -> anyhow::Result<bool> {
    let library = |path: &&String| {
        path.starts_with("crates/") && Path::new(path).extension().is_some_and(|end| end == "rs")
    };
    for path in workspace::files()?.iter().filter(library) {
        if has_doctest(&std::fs::read_to_string(root().join(path))?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a doc comment opens a fence that rustdoc would compile.
fn has_doctest(source: &str) -> bool {
    let mut open = false;
    for line in source.lines().map(str::trim_start) {
        let comment = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"));
        let Some(fence) = comment.and_then(|text| text.trim_start().strip_prefix("```")) else {
            continue;
        };
        if !open && !["text", "json", "sql", "console", "ignore"].contains(&fence.trim()) {
            return true;
        }
        open = !open;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_of_code_is_a_doctest_and_a_fence_of_text_is_not() {
        let check =
            |source: &str, expected: bool| assert_eq!(has_doctest(source), expected, "{source}");
        check("/// Says.\n/// ```\n/// f();\n/// ```", true);
        check("//! ```rust\n//! f();\n//! ```", true);
        check("/// ```text\n/// a picture\n/// ```", false);
        check("let fence = \"```\";", false);
    }

    #[test]
    fn ci_tells_the_tests_that_nothing_may_be_skipped() {
        let strict = |ci| {
            let command = testing(&Setting { ci, browser: true }, true);
            command
                .get_envs()
                .any(|(name, _)| name == "AGENT_TRACER_REQUIRE_STRACE")
        };
        assert!(strict(true));
        assert!(!strict(false));
    }
}
