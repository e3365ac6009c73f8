//! One module per agent: a raw hook payload in, [`AgentReport`]s out.
//!
//! [`Agent::reports`] is the only door. Adapters are tolerant: an unknown hook or a missing field
//! makes a poorer report, never an error, as long as the payload is a JSON object that names a
//! session.
//!
//! What every agent's module draws on stands beside them: a payload's fields (`payload`), reading
//! values of any shape (`read`), cutting text (`text`), what a tool gave back (`output`), what a call
//! looks like (`tools`), what hooks mean that several agents have (`lifecycle`, `note`,
//! `permission`), what a call changed (`diff`).
//!
//! [`transcript`] turns an agent's own record of a session into the payloads that its hooks would
//! have been given.

pub mod claude_code;
pub mod codex;
pub mod copilot_cli;
mod diff;
mod error;
pub mod gemini_cli;
mod lifecycle;
mod note;
pub mod opencode;
mod output;
mod payload;
mod permission;
mod read;
mod text;
mod tools;
pub mod transcript;

use serde_json::Value;

pub use self::error::PayloadError;
use crate::report::AgentReport;

/// An agent whose hooks are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Agent {
    /// Claude Code.
    ClaudeCode,
    /// Codex CLI.
    Codex,
    /// Gemini CLI.
    GeminiCli,
    /// `OpenCode`.
    OpenCode,
    /// GitHub Copilot CLI.
    CopilotCli,
}

impl Agent {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::ClaudeCode,
        Self::Codex,
        Self::GeminiCli,
        Self::OpenCode,
        Self::CopilotCli,
    ];

    /// The agent of a name on the wire.
    pub fn of_source(source: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|agent| agent.source() == source)
    }

    /// Its name on the wire (`runtimeSource`, and in `/hooks/:agent`).
    pub fn source(self) -> &'static str {
        match self {
            Self::ClaudeCode => claude_code::SOURCE,
            Self::Codex => codex::SOURCE,
            Self::GeminiCli => gemini_cli::SOURCE,
            Self::OpenCode => opencode::SOURCE,
            Self::CopilotCli => copilot_cli::SOURCE,
        }
    }

    /// Its name for a person.
    pub fn name(self) -> &'static str {
        match self {
            Self::ClaudeCode => claude_code::AGENT_NAME,
            Self::Codex => codex::AGENT_NAME,
            Self::GeminiCli => gemini_cli::AGENT_NAME,
            Self::OpenCode => opencode::AGENT_NAME,
            Self::CopilotCli => copilot_cli::AGENT_NAME,
        }
    }

    /// Understands one raw payload: usually one report, none if it says nothing that is told, more
    /// if one payload tells of several things.
    ///
    /// `event` is the hook that the payload was registered for: some payloads do not name it. One
    /// that the payload names itself wins.
    ///
    /// Takes the payload by value, so that megabytes of tool output move instead of being copied.
    ///
    /// # Errors
    /// Only when the payload is not an object, or names no session.
    pub fn reports(
        self,
        event: Option<&str>,
        payload: Value,
    ) -> Result<Vec<AgentReport>, PayloadError> {
        match self {
            Self::ClaudeCode => claude_code::report(event, payload).map(|report| vec![report]),
            Self::Codex => codex::reports(event, payload),
            Self::GeminiCli => gemini_cli::reports(event, payload),
            Self::OpenCode => opencode::reports(event, payload),
            Self::CopilotCli => copilot_cli::reports(event, payload),
        }
    }
}
