//! `agent-tracer hooks`: what is written into whose settings, and what is not.

mod install;
mod plugin;
mod refuse;
mod uninstall;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use tempfile::TempDir;

use crate::support::program;

const CLAUDE_CODE: &str = include_str!("settings/claude-code.json");
const CODEX: &str = include_str!("settings/codex.json");
const GEMINI_CLI: &str = include_str!("settings/gemini-cli.json");
const COPILOT_CLI: &str = include_str!("settings/copilot-cli.json");

/// A person's home, a project in it, and the programs they have.
pub(crate) struct Home(TempDir);

impl Home {
    /// With Claude Code on the path, and nothing set up.
    pub(crate) fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        home.write("bin/claude", "#!/bin/sh\necho '2.1.330 (Claude Code)'\n");
        home.set_mode("bin/claude", 0o755);
        fs::create_dir(home.path("project")).unwrap();
        home
    }

    /// With settings of every agent, most with hooks of others.
    pub(crate) fn of_all_agents() -> Self {
        let home = Self::new();
        home.write(".claude/settings.json", CLAUDE_CODE);
        home.write(".codex/hooks.json", CODEX);
        home.write(".gemini/settings.json", GEMINI_CLI);
        home.write(".copilot/hooks/log.json", COPILOT_CLI);
        home.write(
            ".config/opencode/plugins/theirs.js",
            "export const Theirs = async () => ({});\n",
        );
        home.write("project/.claude/settings.local.json", "{}");
        home.write("project/.gemini/settings.json", "");
        home
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    pub(crate) fn set_mode(&self, file: &str, mode: u32) {
        fs::set_permissions(self.path(file), fs::Permissions::from_mode(mode)).unwrap();
    }

    /// Runs the program here, with nobody to answer it.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, &[])
    }

    pub(crate) fn run_with(&self, arguments: &[&str], variables: &[(&str, &Path)]) -> Output {
        let mut command = program();
        for unset in [
            "CLAUDE_CONFIG_DIR",
            "CODEX_HOME",
            "GEMINI_CLI_HOME",
            "OPENCODE_CONFIG_DIR",
            "XDG_CONFIG_HOME",
            "COPILOT_HOME",
            "NO_COLOR",
        ] {
            command.env_remove(unset);
        }
        let path = format!("{}:/usr/bin:/bin", self.path("bin").display());
        command
            .args(arguments)
            .envs(variables.iter().copied())
            .env("HOME", self.0.path())
            .env("PATH", path)
            .current_dir(self.path("project"))
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    /// Runs it and expects it to do well; gives what it said.
    #[track_caller]
    pub(crate) fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = self.said(&output);
        assert_eq!(output.status.code(), Some(0), "{said}");
        said
    }

    /// Runs it and expects it to complain; gives the complaints.
    #[track_caller]
    pub(crate) fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{}", self.said(&output));
        self.neutral(&output.stderr)
    }

    pub(crate) fn said(&self, output: &Output) -> String {
        self.neutral(&output.stdout) + &self.neutral(&output.stderr)
    }

    /// The words of the program without what differs between machines.
    fn neutral(&self, said: &[u8]) -> String {
        let said = String::from_utf8(said.to_vec()).unwrap();
        assert!(!said.contains('\u{1b}'), "no colour where nobody looks");
        let said = said.replace(&self.0.path().display().to_string(), "~");
        said.replace(env!("CARGO_BIN_EXE_agent-tracer"), "/usr/bin/agent-tracer")
    }

    /// Every file and folder, with its mode, and what is in it.
    pub(crate) fn everything(&self) -> BTreeMap<PathBuf, (u32, Vec<u8>)> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.0.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let metadata = fs::symlink_metadata(&path).unwrap();
                let content = if metadata.is_dir() {
                    folders.push(path.clone());
                    Vec::new()
                } else if metadata.is_symlink() {
                    fs::read_link(&path)
                        .unwrap()
                        .into_os_string()
                        .into_encoded_bytes()
                } else {
                    fs::read(&path).unwrap()
                };
                found.insert(path, (metadata.permissions().mode(), content));
            }
        }
        found
    }
}
