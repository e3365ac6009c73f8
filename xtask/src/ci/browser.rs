//! The tests in a real browser, and the two programs that come from the system.

use std::path::PathBuf;
use std::process::Command;

use super::step::{Outcome, Setting, openly, quietly, works};
use super::web;
use crate::workspace::{Workspace, root};

/// Installs Chromium and strace where they are missing and apt may be used.
pub(super) fn tools(setting: &Setting) -> anyhow::Result<Outcome> {
    let missing = missing(setting);
    if missing.is_empty() {
        return Ok(Outcome::Passed);
    }
    if is_root() && works(Command::new("apt-get").arg("--version")) {
        println!("installing {}", missing.join(" and "));
        quietly(&mut apt(&["update"]))?;
        let mut install = apt(&["install", "-y", "--no-install-recommends"]);
        quietly(install.args(&missing))?;
    }
    match self::missing(setting).as_slice() {
        [] => Ok(Outcome::Passed),
        missing => Ok(Outcome::Skipped(format!(
            "not installed: {}",
            missing.join(", ")
        ))),
    }
}

/// Drives the built binary and its page in Chromium.
pub(super) fn test(_: &Setting) -> anyhow::Result<Outcome> {
    let Some(chromium) = chromium() else {
        return Ok(Outcome::skipped("no Chromium: set CHROMIUM to one"));
    };
    let folder = root().join("e2e");
    web::packages(&folder)?;
    let mut tests: Vec<PathBuf> = std::fs::read_dir(folder.join("tests"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    tests.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
    tests.sort();
    let binary = Workspace::read()?
        .target_directory
        .join("debug/agent-tracer");
    openly(
        Command::new("node")
            .current_dir(&folder)
            .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
            .args(tests)
            .env("CHROMIUM", chromium)
            .env("AGENT_TRACER_BIN", binary),
    )
}

/// The browser to drive: the one named by `CHROMIUM`, else what the system has.
pub(crate) fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    named.filter(|path| path.is_file()).or_else(|| {
        ["chromium", "chromium-browser", "google-chrome"]
            .iter()
            .find_map(|name| on_path(name))
    })
}

fn missing(setting: &Setting) -> Vec<&'static str> {
    let browser = !setting.browser || chromium().is_some();
    let strace = on_path("strace").is_some();
    [(browser, "chromium"), (strace, "strace")]
        .iter()
        .filter(|(present, _)| !present)
        .map(|(_, name)| *name)
        .collect()
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

fn is_root() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mut users = status.lines().filter_map(|line| line.strip_prefix("Uid:"));
    users.next().and_then(|ids| ids.split_whitespace().nth(1)) == Some("0")
}

fn apt(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command
        .args(["-o", "Acquire::Retries=3"])
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_of_the_path_is_found() {
        assert!(on_path("sh").is_some());
        assert!(on_path("no-such-program-here").is_none());
    }

    #[test]
    fn without_the_browser_tests_chromium_is_not_missed() {
        assert!(
            !missing(&Setting {
                ci: false,
                browser: false
            })
            .contains(&"chromium")
        );
    }
}
