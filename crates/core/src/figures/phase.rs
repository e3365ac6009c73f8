use crate::entity::Metadata;
use crate::rows::SessionRow;
use crate::time::Timestamp;
use crate::vocabulary::{EventKind, Lane, Phase};

/// The longest time after an event that counts for its phase; the rest of a gap is waiting.
pub const GAP_MILLIS_MAX: i64 = 90_000;

/// What the time after an event counts for; `None` is waiting.
pub fn phase_after(kind: EventKind, lane: Lane, metadata: &Metadata) -> Option<Phase> {
    match kind {
        EventKind::UserMessage | EventKind::AssistantResponse => None,
        EventKind::QuestionLogged => {
            let concluded = metadata
                .get("questionPhase")
                .is_some_and(|phase| phase == "concluded");
            concluded.then_some(Phase::Planning)
        }
        EventKind::TodoLogged
        | EventKind::ThoughtLogged
        | EventKind::PlanLogged
        | EventKind::ContextSaved
        | EventKind::TaskStart => Some(Phase::Planning),
        EventKind::FileChanged => Some(Phase::Exploration),
        EventKind::AgentActivityLogged => Some(Phase::Coordination),
        EventKind::VerificationLogged
        | EventKind::RuleLogged
        | EventKind::TaskComplete
        | EventKind::TaskError => Some(Phase::Verification),
        EventKind::ActionLogged | EventKind::TerminalCommand | EventKind::ToolUsed => of_lane(lane),
    }
}

fn of_lane(lane: Lane) -> Option<Phase> {
    match lane {
        Lane::User | Lane::Questions | Lane::Todos => None,
        Lane::Exploration => Some(Phase::Exploration),
        Lane::Planning => Some(Phase::Planning),
        Lane::Implementation => Some(Phase::Implementation),
        Lane::Background | Lane::Coordination => Some(Phase::Coordination),
    }
}

impl SessionRow {
    /// What the time from its last event to `now` adds to which phase.
    pub fn tail(&self, now: Timestamp) -> Option<(Phase, i64)> {
        let gap = now.millis_since(self.last_at).min(GAP_MILLIS_MAX);
        self.last_phase.map(|phase| (phase, gap))
    }
}
