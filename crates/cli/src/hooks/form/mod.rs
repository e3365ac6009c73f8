//! What each agent's file looks like with the product's hooks in it, and without.

mod copilot;
mod opencode;
mod shared;

use super::agent::Agent;
use super::events::implied;
use super::program::Program;
use super::settings::{Refusal, Registered, Settings};
use super::version::Version;

/// How an agent takes hooks.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    /// Beside those of others, in a file that is the person's.
    Shared(Agent, Settings),
    /// A hook file of Copilot CLI, which is the product's alone.
    Copilot,
    /// A plugin of OpenCode, which is the product's alone.
    OpenCode,
}

impl Form {
    pub(crate) fn of(agent: Agent) -> Self {
        match agent {
            Agent::ClaudeCode | Agent::Codex | Agent::GeminiCli => {
                Self::Shared(agent, shared::settings(agent))
            }
            Agent::OpenCode => Self::OpenCode,
            Agent::CopilotCli => Self::Copilot,
        }
    }

    /// Whether others write the file too.
    pub(crate) fn is_shared(self) -> bool {
        matches!(self, Self::Shared(..))
    }

    /// What the file holds with exactly the present hooks.
    pub(crate) fn install(
        self,
        before: Option<&str>,
        program: &Program,
        version: Option<Version>,
    ) -> Result<String, Refusal> {
        if let Self::Shared(agent, settings) = self {
            let before = before.unwrap_or_default();
            let there = settings.registered(before)?;
            let there = there.iter().map(|one| one.event.as_str());
            let version = version.or_else(|| implied(agent, there));
            return settings.install(before, &shared::entries(agent, program, version));
        }
        if before.is_some_and(|text| self.registered(text) == Ok(Vec::new())) {
            return Err(Refusal::NotOurs);
        }
        Ok(match self {
            Self::Copilot => copilot::file(program),
            _ => opencode::plugin(program),
        })
    }

    /// What the file holds without the product's hooks; a file of the product alone goes.
    pub(crate) fn uninstall(self, before: &str) -> Result<Option<String>, Refusal> {
        if let Self::Shared(_, settings) = self {
            return settings.uninstall(before).map(Some);
        }
        let ours = !self.registered(before)?.is_empty();
        Ok((!ours).then(|| before.to_owned()))
    }

    /// The command of an event's hook in a file.
    pub(crate) fn command(self, text: &str, event: &str) -> Option<String> {
        let mut registered = self.registered(text).ok()?.into_iter();
        let one = registered.find(|one| one.event == event)?;
        Some(one.command)
    }

    /// The product's hooks in a file.
    pub(crate) fn registered(self, text: &str) -> Result<Vec<Registered>, Refusal> {
        match self {
            Self::Shared(_, settings) => settings.registered(text),
            Self::Copilot => copilot::registered(text),
            Self::OpenCode => Ok(opencode::registered(text)),
        }
    }
}
