//! The command that an agent runs as its hook, and how it is known again.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::agent::Agent;
use super::places::{Places, is_program};

const NAME: &str = "agent-tracer";
/// A hook that ends badly makes Copilot CLI refuse the tool: one whose program is gone must not.
const WHATEVER_HAPPENS: &str = " || true";

/// This program, as agents are to call it.
pub(crate) struct Program {
    pub path: PathBuf,
    quoted: String,
}

impl Program {
    pub(crate) fn of_this_process(places: &Places) -> anyhow::Result<Self> {
        let running = std::env::current_exe().context("this program cannot find itself")?;
        let on_path = places.program(NAME);
        Self::at(lasting(running, on_path))
    }

    fn at(path: PathBuf) -> anyhow::Result<Self> {
        let text = path
            .to_str()
            .context("the path of this program is not UTF-8")?;
        if path.file_name() != Some(NAME.as_ref()) {
            bail!(
                "this program must be called {NAME}, not {text}: its hooks are found by that name"
            );
        }
        let quoted = shlex::try_quote(text).context("the path of this program cannot be quoted")?;
        let quoted = quoted.into_owned();
        Ok(Self { path, quoted })
    }

    /// The command of a hook, for a shell.
    pub(crate) fn command(&self, agent: Agent, event: &str) -> String {
        let (program, name) = (&self.quoted, agent.name());
        match agent {
            // What it sends does not say which event it is.
            Agent::CopilotCli => format!("{program} hook {name} {event}{WHATEVER_HAPPENS}"),
            _ => format!("{program} hook {name}"),
        }
    }

    /// Whether it was built here and is gone with the next clean-up of the build.
    pub(crate) fn is_a_build(&self) -> bool {
        let mut folders = self.path.ancestors().skip(1);
        folders.any(|folder| folder.join(".rustc_info.json").is_file())
    }
}

/// The name on the path where that is this program: an update moves it along, and the file behind a
/// link does not.
fn lasting(running: PathBuf, on_path: Option<PathBuf>) -> PathBuf {
    let real = |path: &Path| path.canonicalize().ok();
    match on_path {
        Some(named) if real(&named).is_some() && real(&named) == real(&running) => named,
        _ => running,
    }
}

/// The program of a command, if the command is one of this product's hooks for the agent.
pub(crate) fn program_of(command: &str, agent: Agent) -> Option<PathBuf> {
    let command = command.strip_suffix(WHATEVER_HAPPENS).unwrap_or(command);
    let words = shlex::split(command)?;
    let [program, verb, of, rest @ ..] = words.as_slice() else {
        return None;
    };
    let path = PathBuf::from(program);
    let plain = |word: &String| word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_ours = path.file_name() == Some(NAME.as_ref())
        && verb == "hook"
        && of == agent.name()
        && rest.len() <= 1
        && rest.iter().all(plain);
    is_ours.then_some(path)
}

/// Whether a command of a hook can be run; one without a folder is looked up on the path.
pub(crate) fn can_run(program: &Path, places: &Places) -> bool {
    match program.to_str() {
        Some(name) if !name.contains('/') => places.program(name).is_some(),
        _ => is_program(program),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &str) -> Program {
        Program::at(path.into()).unwrap()
    }

    #[test]
    fn a_command_is_known_again_wherever_the_program_is() {
        for path in [
            "/usr/bin/agent-tracer",
            "/with space/it's/agent-tracer",
            "/a;b && c/$HOME/agent-tracer",
            "/ä/agent-tracer",
        ] {
            for agent in Agent::ALL {
                let command = at(path).command(agent, "preToolUse");
                assert_eq!(program_of(&command, agent), Some(path.into()), "{command}");
                let other = Agent::ALL.into_iter().find(|&other| other != agent);
                assert_eq!(program_of(&command, other.unwrap()), None, "{command}");
            }
        }
        let by_hand = program_of("agent-tracer hook claude-code", Agent::ClaudeCode);
        assert_eq!(by_hand, Some("agent-tracer".into()));
    }

    #[test]
    fn what_others_do_with_it_is_theirs() {
        for theirs in [
            "",
            "agent-tracer",
            "agent-tracer hook",
            "agent-tracer demo claude-code",
            "/bin/my-agent-tracer hook claude-code",
            "agent-tracer hook claude-code | tee log",
            "agent-tracer hook claude-code; rm x",
            "agent-tracer hook claude-code 2>/dev/null",
            "MONITOR_PORT=1 agent-tracer hook claude-code",
            "sh -c 'agent-tracer hook claude-code'",
            "agent-tracer hook 'claude-code",
        ] {
            assert_eq!(program_of(theirs, Agent::ClaudeCode), None, "{theirs}");
        }
    }

    #[test]
    fn a_program_of_another_name_would_not_be_found_again() {
        assert!(Program::at("/usr/bin/tracer".into()).is_err());
    }

    #[test]
    fn a_link_on_the_path_is_named_instead_of_what_is_behind_it() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("1.2.3"), folder.path().join("link"));
        std::fs::write(&real, "").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert_eq!(lasting(real.clone(), Some(link.clone())), link);
        std::fs::remove_file(&link).unwrap();
        assert_eq!(lasting(real.clone(), Some(link)), real);
        assert_eq!(lasting(real.clone(), None), real);
    }
}
