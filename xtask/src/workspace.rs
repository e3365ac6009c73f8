//! What Cargo and git know of this repository.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use anyhow::{Context as _, ensure};
use serde::Deserialize;

/// The repository's root folder.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        here.parent().unwrap_or(here).to_path_buf()
    });
    &ROOT
}

/// The Cargo that runs us, started at the root with the jobs that a small machine bears.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).env("CARGO_BUILD_JOBS", "2");
    command
}

/// The members of the workspace and where their binaries land.
#[derive(Deserialize)]
pub(crate) struct Workspace {
    pub(crate) packages: Vec<Package>,
    pub(crate) target_directory: PathBuf,
}

#[derive(Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// `None` for an ordinary one, else `dev` or `build`.
    pub(crate) kind: Option<String>,
    pub(crate) optional: bool,
    /// Set for a crate of this workspace.
    pub(crate) path: Option<PathBuf>,
}

impl Workspace {
    pub(crate) fn read() -> anyhow::Result<Self> {
        let output = cargo()
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .output()
            .context("could not start cargo metadata")?;
        ensure!(
            output.status.success(),
            "cargo metadata failed:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).context("could not read cargo metadata")
    }
}

/// Every file that is tracked or about to be, relative to the root, with `/` between folders.
///
/// An unpacked archive has no git to ask: there it is every file outside the folders of builds.
pub(crate) fn files() -> anyhow::Result<Vec<String>> {
    let mut files = if root().join(".git").exists() {
        git_files()?
    } else {
        walked(root())?
    };
    files.retain(|path| root().join(path).is_file());
    files.sort();
    files.dedup();
    Ok(files)
}

fn git_files() -> anyhow::Result<Vec<String>> {
    let output = Command::new("git")
        .current_dir(root())
        .args(["-c", "safe.directory=*", "ls-files", "-z"])
        .args(["--cached", "--others", "--exclude-standard"])
        .output()
        .context("could not start git ls-files")?;
    ensure!(
        output.status.success(),
        "git ls-files failed:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let paths = output
        .stdout
        .split(|byte| *byte == 0)
        .filter(|path| !path.is_empty());
    Ok(paths
        .map(|path| String::from_utf8_lossy(path).into_owned())
        .collect())
}

fn walked(top: &Path) -> anyhow::Result<Vec<String>> {
    let mut files = Vec::new();
    let mut folders = vec![top.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            let built = ["target", "node_modules", "dist", "out", ".git"];
            if !path.is_dir() {
                files.push(path.strip_prefix(top)?.to_string_lossy().into_owned());
            } else if !built.iter().any(|name| path.ends_with(name)) {
                folders.push(path);
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_names_the_members() {
        let workspace = Workspace::read().unwrap();
        assert!(
            workspace
                .packages
                .iter()
                .any(|package| package.name == "xtask")
        );
    }

    #[test]
    fn git_names_this_file() {
        assert!(
            files()
                .unwrap()
                .contains(&"xtask/src/workspace.rs".to_owned())
        );
    }
}
