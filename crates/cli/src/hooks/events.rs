//! Which events of each agent are registered, and on what grounds.
//!
//! Every name was seen in a recorded session of the agent, or stands in its makers' types. Left out
//! on purpose:
//!
//! - Claude Code's `WorktreeCreate`: a hook on it *replaces* what the agent does. `MessageDisplay`:
//!   it fires for each piece of a text. `FileChanged`, `CwdChanged`, `InstructionsLoaded`,
//!   `ConfigChange`, model switches and the like: not shown, so not asked for.
//! - Gemini CLI's `BeforeModel`, `AfterModel` (one for each piece of an answer) and
//!   `BeforeToolSelection`: each repeats the whole conversation, and the agent waits for each.
//! - Copilot CLI's `preCompact`: never seen.

use super::agent::Agent;
use super::version::Version;

/// An event that a hook is registered for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Event {
    pub name: &'static str,
    /// Narrows what the agent calls the hook for. Without one it is called for everything.
    pub matcher: Option<&'static str>,
}

/// Before this version Claude Code ignored a settings file *whole* (with its permissions) when it
/// named a hook event that it did not know. (Its changelog, 2.1.101.)
const CLAUDE_CODE_SKIPS_UNKNOWN: Version = Version(2, 1, 101);

/// Known to Claude Code since 1.0.85 (its changelog), so that no version in use refuses them.
const CLAUDE_CODE_EARLY: &[&str] = &[
    "SessionStart",
    "UserPromptSubmit",
    "PreToolUse",
    "PostToolUse",
    "Notification",
    "Stop",
    "SubagentStop",
    "PreCompact",
    "SessionEnd",
];

/// Seen in Claude Code 2.1.330, but for `PermissionDenied`, which is in the types of that version.
const CLAUDE_CODE: &[&str] = &[
    "SessionStart",
    "UserPromptSubmit",
    "PreToolUse",
    "PostToolUse",
    "PostToolUseFailure",
    "PostToolBatch",
    "PermissionRequest",
    "PermissionDenied",
    "Notification",
    "Stop",
    "StopFailure",
    "SubagentStart",
    "SubagentStop",
    "PreCompact",
    "PostCompact",
    "TaskCreated",
    "TaskCompleted",
    "SessionEnd",
];

/// Seen in Codex CLI 0.169.0. It passes over names that it does not know (its source:
/// `config/src/hook_config.rs`).
const CODEX: &[&str] = &[
    "SessionStart",
    "UserPromptSubmit",
    "PreToolUse",
    "PermissionRequest",
    "PostToolUse",
    "PreCompact",
    "PostCompact",
    "SubagentStart",
    "SubagentStop",
    "Stop",
    "SessionEnd",
];

/// Seen in Gemini CLI 0.61.0. It warns of names that it does not know, and goes on (its source:
/// `hooks/hookRegistry.ts`).
const GEMINI_CLI: &[&str] = &[
    "SessionStart",
    "BeforeAgent",
    "BeforeTool",
    "AfterTool",
    "AfterAgent",
    "PreCompress",
    "Notification",
    "SessionEnd",
];

/// Seen in GitHub Copilot CLI 1.0.102.
const COPILOT_CLI: &[&str] = &[
    "sessionStart",
    "userPromptSubmitted",
    "preToolUse",
    "permissionRequest",
    "postToolUse",
    "postToolUseFailure",
    "subagentStart",
    "subagentStop",
    "agentStop",
    "notification",
    "errorOccurred",
    "sessionEnd",
];

/// The events of an agent. An unknown version is taken for an old one.
///
/// OpenCode has no hooks to register: its plugin is handed everything and chooses.
pub(crate) fn events(agent: Agent, version: Option<Version>) -> Vec<Event> {
    let names = match agent {
        Agent::ClaudeCode if version >= Some(CLAUDE_CODE_SKIPS_UNKNOWN) => CLAUDE_CODE,
        Agent::ClaudeCode => CLAUDE_CODE_EARLY,
        Agent::Codex => CODEX,
        Agent::GeminiCli => GEMINI_CLI,
        Agent::OpenCode => &[],
        Agent::CopilotCli => COPILOT_CLI,
    };
    let matcher = |name| {
        // Fired before every call of the model, whether anything is compressed or not, unless a
        // person asked for it.
        (agent == Agent::GeminiCli && name == "PreCompress").then_some("manual")
    };
    let event = |&name| Event {
        name,
        matcher: matcher(name),
    };
    names.iter().map(event).collect()
}

/// What registered events say of an agent's version: later ones were registered by someone who knew
/// it.
pub(crate) fn implied<'e>(
    agent: Agent,
    mut registered: impl Iterator<Item = &'e str>,
) -> Option<Version> {
    let is_later = |event| CLAUDE_CODE.contains(&event) && !CLAUDE_CODE_EARLY.contains(&event);
    let later = agent == Agent::ClaudeCode && registered.any(is_later);
    later.then_some(CLAUDE_CODE_SKIPS_UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(agent: Agent, version: Option<Version>) -> Vec<&'static str> {
        let events = events(agent, version).into_iter();
        events.map(|event| event.name).collect()
    }

    #[test]
    fn what_would_change_or_flood_an_agent_is_never_registered() {
        let newest = Some(Version(99, 0, 0));
        for agent in Agent::ALL {
            let names = names(agent, newest);
            for never in [
                "WorktreeCreate",
                "MessageDisplay",
                "BeforeModel",
                "AfterModel",
            ] {
                assert!(!names.contains(&never), "{agent}: {never}");
            }
            let mut once = names.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(
                once.len(),
                names.len(),
                "{agent}: one of them is there twice"
            );
        }
    }

    #[test]
    fn an_old_or_unknown_claude_code_gets_what_every_version_knows() {
        let current = names(Agent::ClaudeCode, Some(Version(2, 1, 101)));
        assert_eq!(current.len(), 18);
        for version in [None, Some(Version(2, 1, 100)), Some(Version(1, 0, 128))] {
            let early = names(Agent::ClaudeCode, version);
            assert_eq!(early.len(), 9);
            assert!(early.iter().all(|name| current.contains(name)));
        }
    }
}
