use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::agent::Agent;

/// Where agents keep their settings, and where their programs are.
///
/// The variables are the agents' own, as their programs read them:
///
/// | agent | folder | read in |
/// |---|---|---|
/// | Claude Code | `CLAUDE_CONFIG_DIR`, else `~/.claude` | program 2.1.330 |
/// | Codex CLI | `CODEX_HOME`, else `~/.codex` | openai/codex, `codex-rs/utils/home-dir` |
/// | Gemini CLI | `.gemini` in `GEMINI_CLI_HOME`, else in `~` | bundle 0.61.0, `homedir()` |
/// | OpenCode | `OPENCODE_CONFIG_DIR`, else `opencode` in `XDG_CONFIG_HOME` or `~/.config` | program 1.18.33 |
/// | Copilot CLI | `COPILOT_HOME`, else `~/.copilot` (`XDG_CONFIG_HOME` does not move it) | program 1.0.102: `copilot help environment`, and the files that it opens |
pub(crate) struct Places {
    home: PathBuf,
    project: PathBuf,
    variable: Variables,
}

/// Looks up a variable of the environment.
type Variables = Box<dyn Fn(&str) -> Option<OsString>>;

/// Whose settings: the person's, or those of the project in the current folder.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scope {
    User,
    Project,
}

impl Places {
    pub(crate) fn of_this_process() -> anyhow::Result<Self> {
        let home = std::env::home_dir().filter(|home| home.is_absolute());
        Ok(Self {
            home: home.context("there is no home folder: set HOME")?,
            project: std::env::current_dir().context("the current folder is gone")?,
            variable: Box::new(|name| std::env::var_os(name)),
        })
    }

    /// The folder that an agent keeps its settings in.
    pub(crate) fn folder(&self, agent: Agent, scope: Scope) -> PathBuf {
        if scope == Scope::Project {
            return self.project.join(match agent {
                Agent::ClaudeCode => ".claude",
                Agent::Codex => ".codex",
                Agent::GeminiCli => ".gemini",
                Agent::OpenCode => ".opencode",
                Agent::CopilotCli => ".github",
            });
        }
        let chosen = |name| self.folder_in(name);
        let in_home = |name| self.home.join(name);
        match agent {
            Agent::ClaudeCode => chosen("CLAUDE_CONFIG_DIR").unwrap_or_else(|| in_home(".claude")),
            Agent::Codex => chosen("CODEX_HOME").unwrap_or_else(|| in_home(".codex")),
            Agent::GeminiCli => chosen("GEMINI_CLI_HOME")
                .unwrap_or_else(|| self.home.clone())
                .join(".gemini"),
            Agent::OpenCode => chosen("OPENCODE_CONFIG_DIR").unwrap_or_else(|| {
                let config = chosen("XDG_CONFIG_HOME");
                config
                    .unwrap_or_else(|| in_home(".config"))
                    .join("opencode")
            }),
            Agent::CopilotCli => chosen("COPILOT_HOME").unwrap_or_else(|| in_home(".copilot")),
        }
    }

    /// The file that the hooks of an agent are in.
    ///
    /// A project's file of Claude Code is the one that is not committed: the hooks name a program of
    /// this machine.
    pub(crate) fn file(&self, agent: Agent, scope: Scope) -> PathBuf {
        let name = match (agent, scope) {
            (Agent::ClaudeCode, Scope::Project) => "settings.local.json",
            (Agent::ClaudeCode | Agent::GeminiCli, _) => "settings.json",
            (Agent::Codex, _) => "hooks.json",
            (Agent::OpenCode, _) => "plugins/agent-tracer.js",
            (Agent::CopilotCli, _) => "hooks/agent-tracer.json",
        };
        self.folder(agent, scope).join(name)
    }

    /// Whether there is a sign of an agent on this machine.
    pub(crate) fn has(&self, agent: Agent) -> bool {
        self.folder(agent, Scope::User).is_dir() || self.program_of(agent).is_some()
    }

    /// The program of an agent. Claude Code is often started by an alias, without being on the path.
    pub(crate) fn program_of(&self, agent: Agent) -> Option<PathBuf> {
        let elsewhere: &[&str] = match agent {
            Agent::ClaudeCode => &[".local/bin/claude", ".claude/local/claude"],
            _ => &[],
        };
        let mut elsewhere = elsewhere.iter().map(|file| self.home.join(file));
        let on_path = self.program(agent.program());
        on_path.or_else(|| elsewhere.find(|file| is_program(file)))
    }

    /// A program on the path.
    pub(crate) fn program(&self, name: &str) -> Option<PathBuf> {
        let path = (self.variable)("PATH")?;
        let mut folders = std::env::split_paths(&path).filter(|folder| folder.is_absolute());
        folders.find_map(|folder| Some(folder.join(name)).filter(|file| is_program(file)))
    }

    /// Agents take a variable that holds nothing as one that is not there.
    fn folder_in(&self, name: &str) -> Option<PathBuf> {
        let value = (self.variable)(name).filter(|value| !value.is_empty())?;
        Some(self.project.join(value))
    }
}

pub(crate) fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = std::fs::metadata(file);
    metadata.is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(variables: &'static [(&str, &str)]) -> Places {
        Places {
            home: "/home/dev".into(),
            project: "/home/dev/project".into(),
            variable: Box::new(|name| {
                let mut found = variables.iter().filter(|(known, _)| *known == name);
                found.next().map(|(_, value)| value.into())
            }),
        }
    }

    #[track_caller]
    fn check(agent: Agent, variables: &'static [(&str, &str)], expected: &str) {
        let file = places(variables).file(agent, Scope::User);
        assert_eq!(file, Path::new(expected));
    }

    #[test]
    fn the_variables_of_each_agent_are_honoured() {
        let unset = &[("CODEX_HOME", ""), ("XDG_CONFIG_HOME", "")];
        check(Agent::ClaudeCode, unset, "/home/dev/.claude/settings.json");
        check(Agent::Codex, unset, "/home/dev/.codex/hooks.json");
        check(Agent::GeminiCli, unset, "/home/dev/.gemini/settings.json");
        check(
            Agent::OpenCode,
            unset,
            "/home/dev/.config/opencode/plugins/agent-tracer.js",
        );
        check(
            Agent::CopilotCli,
            unset,
            "/home/dev/.copilot/hooks/agent-tracer.json",
        );
        check(
            Agent::ClaudeCode,
            &[("CLAUDE_CONFIG_DIR", "/c")],
            "/c/settings.json",
        );
        check(Agent::Codex, &[("CODEX_HOME", "/c")], "/c/hooks.json");
        check(
            Agent::GeminiCli,
            &[("GEMINI_CLI_HOME", "/c")],
            "/c/.gemini/settings.json",
        );
        check(
            Agent::CopilotCli,
            &[("COPILOT_HOME", "/c")],
            "/c/hooks/agent-tracer.json",
        );
        check(
            Agent::OpenCode,
            &[("XDG_CONFIG_HOME", "/x")],
            "/x/opencode/plugins/agent-tracer.js",
        );
        let both = &[("XDG_CONFIG_HOME", "/x"), ("OPENCODE_CONFIG_DIR", "/c")];
        check(Agent::OpenCode, both, "/c/plugins/agent-tracer.js");
        check(
            Agent::Codex,
            &[("CODEX_HOME", "c")],
            "/home/dev/project/c/hooks.json",
        );
    }
}
