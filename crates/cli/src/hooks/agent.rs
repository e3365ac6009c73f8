use std::fmt;

use clap::ValueEnum;

/// An agent whose hooks can be installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Agent {
    ClaudeCode,
    Codex,
    GeminiCli,
    #[value(name = "opencode")]
    OpenCode,
    CopilotCli,
}

impl Agent {
    pub(crate) const ALL: [Self; 5] = [
        Self::ClaudeCode,
        Self::Codex,
        Self::GeminiCli,
        Self::OpenCode,
        Self::CopilotCli,
    ];

    /// Its name in commands and routes.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::ClaudeCode => "claude-code",
            Self::Codex => "codex",
            Self::GeminiCli => "gemini-cli",
            Self::OpenCode => "opencode",
            Self::CopilotCli => "copilot-cli",
        }
    }

    /// The program that a person starts.
    pub(crate) fn program(self) -> &'static str {
        match self {
            Self::ClaudeCode => "claude",
            Self::Codex => "codex",
            Self::GeminiCli => "gemini",
            Self::OpenCode => "opencode",
            Self::CopilotCli => "copilot",
        }
    }

    /// What a person must still do, or may want to know, when its hooks have been written.
    pub(crate) fn after_install(self) -> &'static str {
        match self {
            Self::ClaudeCode => {
                "Start a new session to see it; one that runs already may keep the hooks it began with."
            }
            Self::Codex => {
                "Codex runs no new hook until you trust it: start codex in a terminal and accept the \
                 hooks when it asks, or later with /hooks."
            }
            Self::GeminiCli => "Start a new session to see it; /hooks lists what is registered.",
            Self::OpenCode => "Start OpenCode again: plugins are loaded when it starts.",
            Self::CopilotCli => {
                "Start a new session to see it: hook files are read when one starts."
            }
        }
    }
}

/// As its makers write it.
impl fmt::Display for Agent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::ClaudeCode => "Claude Code",
            Self::Codex => "Codex CLI",
            Self::GeminiCli => "Gemini CLI",
            Self::OpenCode => "OpenCode",
            Self::CopilotCli => "GitHub Copilot CLI",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agent_is_called_by_its_name() {
        for agent in Agent::ALL {
            assert_eq!(Agent::from_str(agent.name(), false), Ok(agent));
        }
    }
}
