//! The checks of the page, and the packages that they and the browser tests need.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use super::step::{Outcome, Setting, openly, quietly};
use crate::workspace::root;

/// npm writes locks that its own `npm ci` then refuses, so the lock itself is checked.
pub(super) fn lock(_: &Setting) -> anyhow::Result<Outcome> {
    each(|folder| quietly(npm(folder).args(["ci", "--dry-run", "--ignore-scripts"])))
}

pub(super) fn install(_: &Setting) -> anyhow::Result<Outcome> {
    each(|folder| packages(folder).map(|()| Outcome::Passed))
}

pub(super) fn biome(_: &Setting) -> anyhow::Result<Outcome> {
    if let skipped @ Outcome::Skipped(_) = script("check", quietly)? {
        return Ok(skipped);
    }
    // The browser tests have no Biome of their own: they follow the page's.
    let mut browser_tests = Command::new(root().join("web/node_modules/.bin/biome"));
    browser_tests
        .current_dir(root())
        .args(["ci", "--config-path=web"]);
    quietly(browser_tests.args(["e2e/lib", "e2e/tests", "e2e/screenshots.mjs"]))
}

pub(super) fn typecheck(_: &Setting) -> anyhow::Result<Outcome> {
    script("typecheck", quietly)
}

pub(super) fn vitest(_: &Setting) -> anyhow::Result<Outcome> {
    script("test", openly)
}

/// Installs a folder's packages unless its stamp says that this very lock is installed.
pub(crate) fn packages(folder: &Path) -> anyhow::Result<()> {
    let lock = folder.join("package-lock.json");
    let lock =
        std::fs::read(&lock).with_context(|| format!("could not read {}", lock.display()))?;
    let stamp = folder.join("node_modules/.installed-lock");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    quietly(npm(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    // A lock without packages makes no folder to put the stamp in.
    std::fs::create_dir_all(folder.join("node_modules"))?;
    std::fs::write(&stamp, lock).with_context(|| format!("could not write {}", stamp.display()))
}

fn npm(folder: &Path) -> Command {
    let mut command = Command::new("npm");
    command
        .current_dir(folder)
        .env("npm_config_update_notifier", "false");
    command
}

/// The folders with packages of their own.
fn folders() -> [PathBuf; 2] {
    [root().join("web"), root().join("e2e")]
}

fn each(work: impl Fn(&Path) -> anyhow::Result<Outcome>) -> anyhow::Result<Outcome> {
    for folder in folders() {
        if !folder.join("package.json").is_file() {
            return Ok(Outcome::Skipped(format!(
                "{} has no package.json",
                folder.display()
            )));
        }
        work(&folder)?;
    }
    Ok(Outcome::Passed)
}

fn script(name: &str, run: fn(&mut Command) -> anyhow::Result<Outcome>) -> anyhow::Result<Outcome> {
    let web = root().join("web");
    if !web.join("package.json").is_file() {
        return Ok(Outcome::skipped("web has no package.json"));
    }
    packages(&web)?;
    run(npm(&web).args(["run", "--silent", name]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installed_lock_is_not_installed_again() {
        let folder = tempfile::tempdir().unwrap();
        let lock = b"this is no lock, so an install would fail";
        std::fs::create_dir(folder.path().join("node_modules")).unwrap();
        std::fs::write(folder.path().join("package-lock.json"), lock).unwrap();
        std::fs::write(folder.path().join("node_modules/.installed-lock"), lock).unwrap();
        packages(folder.path()).unwrap();
    }

    #[test]
    fn a_folder_without_a_lock_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let error = packages(folder.path()).err().unwrap().to_string();
        assert!(error.contains("package-lock.json"), "{error}");
    }
}
