//! What to show as a task's title.
//!
//! A task is titled before anybody said what it is about: "Claude Code — my-app". Such a title is
//! generic, and the first thing that was said about the work is shown in its place.

use serde::{Deserialize, Serialize};

use crate::entity::Metadata;
use crate::paths::{collapse, last_segment};
use crate::vocabulary::{EventKind, Lane};

/// What a title that names only its agent begins with.
const AGENTS: &[&str] = &[
    "agent",
    "ai cli",
    "aider",
    "claude",
    "claude code",
    "codex",
    "codex cli",
    "copilot",
    "copilot cli",
    "cursor",
    "gemini",
    "gemini cli",
    "github copilot",
    "github copilot cli",
    "open code",
    "opencode",
];

const SPACED_DASHES: &[&str] = &[" — ", " – ", " - "];

const TITLE_CHARS_MAX: usize = 120;

/// The title to show for a task: never longer than [`clean_title`] makes it, and empty only if
/// the title is blank.
///
/// A title that says something is shown; in place of a generic one, what the person asked for
/// first, else what the task was started with, else what was heard of it first, else the title
/// without the id of a session at its end.
pub fn display_title(
    title: &str,
    workspace_path: Option<&str>,
    slug: &str,
    candidates: &TitleCandidates,
) -> String {
    if !is_generic(title, workspace_path, slug) {
        return clean_title(title);
    }
    match candidates.best() {
        Some(candidate) => candidate.to_owned(),
        None => clean_title(without_session(title)),
    }
}

/// Title with white space collapsed, cut to 120 characters (117 and `...`).
pub fn clean_title(text: &str) -> String {
    collapse(text, TITLE_CHARS_MAX, "...")
}

/// Whether a title is "`<agent>` — `<directory>`", with nothing said about the work.
///
/// Upper and lower case are the same here. The title is looked at before it is cut, so that a
/// long directory name still counts as what it is.
pub fn is_generic(title: &str, workspace_path: Option<&str>, slug: &str) -> bool {
    let title = collapse(title, usize::MAX, "");
    let Some((agent, rest)) = split_at_dash(&title) else {
        return false;
    };
    let place = without_session(rest).to_lowercase();
    let directory = workspace_path.map(|path| lower(last_segment(path.trim())));
    let is_place = directory.as_ref() == Some(&place) || lower(slug) == place;
    is_agent(agent) && split_at_dash(rest).is_none() && !place.is_empty() && is_place
}

/// The texts that may stand in for a task's title.
///
/// Kept with a task from its first event on, even while not needed: a person may rename a task to
/// something generic, and no event is read twice. Each is cleaned, cut, and never blank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleCandidates {
    /// What the person said first.
    #[serde(default, rename = "user", skip_serializing_if = "Option::is_none")]
    first_user_text: Option<String>,
    /// What the task was started with.
    #[serde(default, rename = "start", skip_serializing_if = "Option::is_none")]
    start_text: Option<String>,
    /// What was first heard of it otherwise.
    #[serde(default, rename = "other", skip_serializing_if = "Option::is_none")]
    first_other: Option<String>,
}

impl TitleCandidates {
    /// Looks at an event of the task and says whether a candidate was found in it.
    ///
    /// Each event is to be shown once, in order. A candidate once set never changes, and nothing
    /// is looked for once the person's own text, the best of them, is known. Not looked at: what
    /// the agent said, and prompts that were made for a background task rather than by a person.
    #[expect(
        clippy::too_many_arguments,
        reason = "the fields of one event, which has no id and no place yet"
    )]
    pub fn consider(
        &mut self,
        kind: EventKind,
        lane: Lane,
        title: &str,
        body: Option<&str>,
        metadata: &Metadata,
    ) -> bool {
        if self.first_user_text.is_some() {
            return false;
        }
        let title = renamed(metadata).unwrap_or(title);
        match role(kind) {
            Role::Start => set(&mut self.start_text, || body.and_then(said)),
            Role::Neither => false,
            Role::Other if is_notification(title) || body.is_some_and(is_notification) => false,
            Role::Other => {
                let user_text = body.filter(|_| lane == Lane::User);
                set(&mut self.first_user_text, || user_text.and_then(said))
                    || set(&mut self.first_other, || first_heard(title, body))
            }
        }
    }

    fn best(&self) -> Option<&str> {
        let first = self.first_user_text.as_ref().or(self.start_text.as_ref());
        first.or(self.first_other.as_ref()).map(String::as_str)
    }
}

/// What an event may be a candidate for.
enum Role {
    Start,
    Other,
    Neither,
}

fn role(kind: EventKind) -> Role {
    match kind {
        EventKind::TaskStart => Role::Start,
        EventKind::TaskComplete
        | EventKind::TaskError
        | EventKind::FileChanged
        | EventKind::AssistantResponse => Role::Neither,
        EventKind::PlanLogged
        | EventKind::ActionLogged
        | EventKind::AgentActivityLogged
        | EventKind::VerificationLogged
        | EventKind::RuleLogged
        | EventKind::ToolUsed
        | EventKind::TerminalCommand
        | EventKind::ContextSaved
        | EventKind::ThoughtLogged
        | EventKind::UserMessage
        | EventKind::QuestionLogged
        | EventKind::TodoLogged => Role::Other,
    }
}

/// Fills an empty candidate; says whether it did.
fn set(candidate: &mut Option<String>, found: impl FnOnce() -> Option<String>) -> bool {
    if candidate.is_some() {
        return false;
    }
    *candidate = found();
    candidate.is_some()
}

/// A text as a candidate, unless it is blank.
fn said(text: &str) -> Option<String> {
    let text = clean_title(text);
    (!text.is_empty()).then_some(text)
}

/// Body, then title, of an event, without those that only say that an agent is there. If both
/// say no more, the next event is asked.
fn first_heard(title: &str, body: Option<&str>) -> Option<String> {
    let texts = body.into_iter().chain([title]);
    texts
        .filter_map(said)
        .find(|text| !only_names_an_agent(text))
}

/// The title an event shows where it was sent with another than its own.
fn renamed(metadata: &Metadata) -> Option<&str> {
    metadata.get("displayTitle")?.as_str()
}

/// A prompt that tells the agent about the end of its own background task.
fn is_notification(text: &str) -> bool {
    text.trim_start().starts_with("<task-notification")
}

/// "`<agent>` session started…" or "`<agent>` - …".
fn only_names_an_agent(text: &str) -> bool {
    let text = text.to_lowercase();
    let dashed = split_at_dash(&text).is_some_and(|(agent, _)| is_agent(agent));
    dashed
        || text
            .split_once(" session started")
            .is_some_and(|(agent, _)| is_agent(agent))
}

fn is_agent(name: &str) -> bool {
    AGENTS.iter().any(|agent| agent.eq_ignore_ascii_case(name))
}

/// The parts before and behind the first spaced dash of any length.
fn split_at_dash(text: &str) -> Option<(&str, &str)> {
    let splits = SPACED_DASHES
        .iter()
        .filter_map(|dash| text.split_once(dash));
    splits.min_by_key(|(before, _)| before.len())
}

/// A title without "(ses_…)" or "(session…)" at its end; whole if it is nothing else.
fn without_session(title: &str) -> &str {
    let title = title.trim_end();
    let opened = title
        .strip_suffix(')')
        .and_then(|title| title.rsplit_once('('));
    match opened.map(|(before, inner)| (before.trim_end(), inner.to_lowercase())) {
        Some((before, inner))
            if !before.is_empty()
                && (inner.starts_with("ses_") || inner.starts_with("session")) =>
        {
            before
        }
        Some(_) | None => title,
    }
}

fn lower(text: &str) -> String {
    collapse(text, usize::MAX, "").to_lowercase()
}

#[cfg(test)]
mod tests;
