use serde_json::Value;

use crate::adapter::{Agent, read};
use crate::entity::Metadata;
use crate::report::{AgentReport, What};
use crate::time::Timestamp;

/// The name under which imported events say who told them (`metadata.hookEvent`).
const HOOK_EVENT: &str = "transcript";

/// One thing that a transcript tells, as the payload of the hook that would have told it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// When it happened.
    pub at: Timestamp,
    /// What the hook would have been given. What is not to be kept is to be taken out of it here.
    pub payload: Value,
    hook: &'static str,
    sort: Sort,
    call_id: Option<String>,
    facts: Metadata,
}

/// How the payload is to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// As the hook's.
    Hook,
    /// More is known of the run than hooks say.
    Facts,
    /// The turn was broken off, which no hook tells.
    Interrupted,
    /// The session is over, for all that is known.
    GuessedEnd,
}

impl Told {
    pub(super) fn hook(at: Timestamp, hook: &'static str, payload: Value) -> Self {
        Self {
            at,
            payload,
            hook,
            sort: Sort::Hook,
            call_id: None,
            facts: Metadata::new(),
        }
    }

    /// Facts about the run: each field of the payload beside those that name the session.
    pub(super) fn facts(at: Timestamp, payload: Value) -> Self {
        let sort = Sort::Facts;
        Self {
            sort,
            ..Self::hook(at, "SessionStart", payload)
        }
    }

    pub(super) fn interrupted(at: Timestamp, payload: Value) -> Self {
        let sort = Sort::Interrupted;
        Self {
            sort,
            ..Self::hook(at, "SessionStart", payload)
        }
    }

    pub(super) fn guessed_end(at: Timestamp, hook: &'static str, mut payload: Value) -> Self {
        payload["reason"] = "the transcript ends here".into();
        let sort = Sort::GuessedEnd;
        Self {
            sort,
            ..Self::hook(at, hook, payload)
        }
    }

    /// The same with the id of the call it is about, which this agent's hooks do not give.
    pub(super) fn of_call(mut self, id: &str) -> Self {
        self.call_id = Some(id.to_owned());
        self
    }

    /// The same with a fact that hooks do not tell: laid over what a run or a call says of itself.
    pub(super) fn with(mut self, name: &str, fact: Option<Value>) -> Self {
        self.facts.extend(fact.map(|fact| (name.to_owned(), fact)));
        self
    }

    /// Whether it is the beginning of a run or of a turn. What comes in between belongs to one that
    /// began before, however long ago.
    pub fn begins_a_turn(&self) -> bool {
        let begins = [
            "SessionStart",
            "sessionStart",
            "UserPromptSubmit",
            "BeforeAgent",
            "userPromptSubmitted",
        ];
        self.sort == Sort::Hook && begins.contains(&self.hook)
    }

    /// What it means. Nothing, if the payload says nothing that is told.
    pub fn reports(self, agent: Agent) -> Vec<AgentReport> {
        let (at, sort, hook) = (self.at, self.sort, self.hook);
        let (call_id, facts) = (self.call_id, self.facts);
        let known = (sort == Sort::Facts).then(|| known_facts(&self.payload));
        let mut reports = agent.reports(Some(hook), self.payload).unwrap_or_default();
        if sort != Sort::Hook {
            reports.truncate(1);
        }
        for (place, report) in reports.iter_mut().enumerate() {
            adjust(&mut report.what, sort, known.clone());
            enrich(&mut report.what, call_id.as_deref(), &facts);
            HOOK_EVENT.clone_into(&mut report.hook_event);
            report.happened_at = Some(at);
            report.event_id = event_id(report, hook, place, at);
        }
        reports
    }
}

/// What a payload of facts says, under the names of metadata.
fn known_facts(payload: &Value) -> Metadata {
    [("model", "model"), ("session_title", "sessionTitle")]
        .into_iter()
        .filter_map(|(key, name)| Some((name.to_owned(), read::text(payload, key)?.into())))
        .collect()
}

fn adjust(what: &mut What, sort: Sort, facts: Option<Metadata>) {
    match sort {
        Sort::Hook => {}
        Sort::Facts => {
            *what = What::RunDescribed {
                metadata: facts.unwrap_or_default(),
            };
        }
        Sort::Interrupted => {
            *what = What::Interrupted {
                title: "Turn interrupted".to_owned(),
                metadata: Metadata::new(),
            };
        }
        Sort::GuessedEnd => {
            if let What::SessionEnded { metadata, .. } = what {
                metadata.insert("guess".to_owned(), true.into());
            }
        }
    }
}

fn enrich(what: &mut What, call_id: Option<&str>, facts: &Metadata) {
    let id = || call_id.map(str::to_owned);
    match what {
        What::CallStarted(call) => call.id = call.id.take().or_else(id),
        What::CallEnded { call, end } => {
            call.id = call.id.take().or_else(id);
            end.metadata.extend(facts.clone());
        }
        What::SessionStarted { metadata, .. } => metadata.extend(facts.clone()),
        _ => {}
    }
}

/// What tells it apart when the transcript is read again. Calls, and what has a turn's id, are told
/// once by those.
fn event_id(report: &AgentReport, hook: &str, place: usize, at: Timestamp) -> Option<String> {
    let has_own = match &report.what {
        What::CallStarted(call) | What::CallEnded { call, .. } => call.id.is_some(),
        What::Prompted { .. } | What::TurnEnded { .. } => report.prompt_id.is_some(),
        What::RunDescribed { .. } | What::BatchEnded { .. } => true,
        _ => false,
    };
    let is_beginning = match &report.what {
        What::SessionStarted { how, .. } => how != "resume",
        What::SubagentStarted { .. } => true,
        _ => false,
    };
    // There is one, whenever it was: the first lines of a transcript may be gone later.
    if is_beginning {
        return Some(format!("{HOOK_EVENT}:{hook}"));
    }
    (!has_own).then(|| format!("{HOOK_EVENT}:{hook}:{}:{place}", at.as_millis()))
}
