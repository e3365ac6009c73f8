//! A gap as what its session is told.

use agent_tracer_core::adapter::Agent;
use agent_tracer_core::command::Command;
use agent_tracer_core::entity::Metadata;
use agent_tracer_core::report::{AgentReport, Delivery, What};
use agent_tracer_core::vocabulary::{EventKind, Lane};
use serde_json::json;

use super::lost::{Gap, Reason};

/// Where losses are told that belong to no session that is known.
const UNKNOWN_SESSION: &str = "lost hook calls";

impl Gap {
    /// Tells the gap in the session that lost the calls. Where that is not known, in one of its
    /// own, which is over at once.
    pub(super) fn command(self) -> Command {
        let mut reports = vec![self.report(self.noted())];
        if self.of.session.is_none() {
            let reason = "gap".to_owned();
            let metadata = Metadata::new();
            reports.push(self.report(What::SessionEnded { reason, metadata }));
        }
        Command::Report(Box::new(Delivery {
            id: Some(self.delivery),
            sent_at: self.to,
            process: None,
            reports,
            usage: Vec::new(),
            raw: None,
        }))
    }

    fn report(&self, what: What) -> AgentReport {
        let agent = self.of.agent.as_deref().and_then(Agent::of_source);
        AgentReport {
            source: agent.map_or("agent-tracer", Agent::source).to_owned(),
            agent_name: agent.map_or("Agent Tracer", Agent::name).to_owned(),
            runtime_session_id: self
                .of
                .session
                .clone()
                .unwrap_or(UNKNOWN_SESSION.to_owned()),
            workspace_path: None,
            subagent: None,
            prompt_id: None,
            happened_at: None,
            event_id: None,
            hook_event: "gap".to_owned(),
            what,
        }
    }

    fn noted(&self) -> What {
        let calls = match self.count {
            1 => "1 hook call was lost".to_owned(),
            count => format!("{count} hook calls were lost"),
        };
        let between = self.from.zip(self.to);
        let mut metadata = Metadata::new();
        metadata.insert(
            "gap".to_owned(),
            json!({ "count": self.count, "from": self.from, "to": self.to, "reason": self.reason }),
        );
        What::Noted {
            kind: EventKind::ContextSaved,
            lane: Lane::Background,
            title: format!("{calls}: {}", because(self.reason)),
            body: between.map(|(from, to)| format!("Between {from} and {to}.")),
            metadata,
        }
    }
}

fn because(reason: Reason) -> &'static str {
    match reason {
        Reason::Full => "too many waited for the server already",
        Reason::Unwritable => "the server did not answer, and the disk took nothing",
        Reason::TooLarge => "larger than 16 MiB",
        Reason::Torn => "written only by half",
        Reason::Settings => "the settings, which say what may be kept, could not be read",
    }
}
