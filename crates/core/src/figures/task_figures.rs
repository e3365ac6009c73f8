use serde::{Deserialize, Serialize};

use super::Top;
use crate::entity::{Classification, Metadata};
use crate::vocabulary::{EventKind, Lane, Phase};

/// The figures of one task that do not move with the clock.
///
/// Only [`crate::decide`] fills them, one event at a time; [`super::task_observability`] reads
/// them. Stored as one small JSON text beside the task: renaming a field needs a migration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TaskFigures {
    /// All events.
    pub events: i64,
    /// Time spent in each phase, in the order of [`Phase::ALL`], in milliseconds.
    pub phase_ms: [i64; 5],
    /// Time that calls themselves reported to have taken, in milliseconds.
    pub tool_ms: i64,
    /// All sessions.
    pub sessions: i64,
    /// Running sessions.
    pub open_sessions: i64,
    /// Raw user messages.
    pub raw_user_messages: i64,
    /// User messages of phase `follow_up`.
    pub follow_up_messages: i64,
    /// Distinct questions.
    pub questions: i64,
    /// Distinct questions that were concluded.
    pub questions_closed: i64,
    /// Distinct to-do items.
    pub todos: i64,
    /// Distinct to-do items that were completed.
    pub todos_completed: i64,
    /// Thoughts.
    pub thoughts: i64,
    /// `tool.used` events.
    pub tool_calls: i64,
    /// `terminal.command` events.
    pub terminal_commands: i64,
    /// `verification.logged` events.
    pub verifications: i64,
    /// `action.logged` events in lane background.
    pub background_transitions: i64,
    /// `agent.activity.logged` events.
    pub coordination_activities: i64,
    /// Distinct paths.
    pub paths: i64,
    /// Trace links.
    pub links: i64,
    /// Events with a link.
    pub linked_events: i64,
    /// Events with a link, of the kinds that ought to have one.
    pub linked_eligible_events: i64,
    /// Events of the kinds that ought to have a link.
    pub link_eligible_events: i64,
    /// Events whose action no rule knows, of the kinds that ought to have one.
    pub registry_gaps: i64,
    /// Events that ought to have an action that a rule knows.
    pub registry_eligible_events: i64,
    /// Links that wait for one of their ends.
    pub pending_links: i64,
    /// The most frequent paths.
    pub top_paths: Top,
    /// The most frequent tags.
    pub top_tags: Top,
}

impl TaskFigures {
    /// Counts a new event by its kind. Distinct things (tags, paths, questions, to-dos, links) are
    /// counted where their marks are at hand.
    pub(crate) fn count_kind(
        &mut self,
        kind: EventKind,
        classification: &Classification,
        metadata: &Metadata,
    ) {
        self.events += 1;
        let lane = classification.lane;
        match kind {
            EventKind::UserMessage => self.count_message(metadata),
            EventKind::ThoughtLogged => self.thoughts += 1,
            EventKind::ToolUsed => self.tool_calls += 1,
            EventKind::TerminalCommand => self.terminal_commands += 1,
            EventKind::VerificationLogged => self.verifications += 1,
            EventKind::AgentActivityLogged => self.coordination_activities += 1,
            EventKind::ActionLogged if lane == Lane::Background => self.background_transitions += 1,
            EventKind::ActionLogged
            | EventKind::TaskStart
            | EventKind::TaskComplete
            | EventKind::TaskError
            | EventKind::PlanLogged
            | EventKind::RuleLogged
            | EventKind::ContextSaved
            | EventKind::FileChanged
            | EventKind::QuestionLogged
            | EventKind::TodoLogged
            | EventKind::AssistantResponse => {}
        }
        if is_link_eligible(kind) {
            self.link_eligible_events += 1;
        }
        if is_registry_eligible(kind, lane) {
            self.registry_eligible_events += 1;
            self.registry_gaps += i64::from(classification.matches.is_empty());
        }
    }

    fn count_message(&mut self, metadata: &Metadata) {
        let says = |key: &str, word: &str| metadata.get(key).is_some_and(|value| value == word);
        self.raw_user_messages += i64::from(says("captureMode", "raw"));
        self.follow_up_messages += i64::from(says("phase", "follow_up"));
    }

    /// Adds time to a phase.
    pub(crate) fn add_time(&mut self, spent: Option<(Phase, i64)>) {
        if let Some((phase, millis)) = spent {
            self.phase_ms[phase as usize] += millis;
        }
    }
}

/// Whether events of this kind ought to have a trace link.
pub(crate) fn is_link_eligible(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::PlanLogged
            | EventKind::ActionLogged
            | EventKind::VerificationLogged
            | EventKind::RuleLogged
            | EventKind::AgentActivityLogged
            | EventKind::FileChanged
    )
}

fn is_registry_eligible(kind: EventKind, lane: Lane) -> bool {
    match kind {
        EventKind::PlanLogged | EventKind::VerificationLogged | EventKind::RuleLogged => true,
        EventKind::ActionLogged => lane != Lane::Background,
        _ => false,
    }
}
