//! An id for a call that has none.

use serde_json::{Value, json};

use crate::adapter::payload::Payload;
use crate::adapter::text;
use crate::fingerprint::fingerprint;

/// Ids longer than this are no ids but accidents.
const LONGEST: usize = 128;

/// The agent's id of a call, or one made from what the call is.
///
/// A made id is the same for the beginning and the end of a call, since both carry the same
/// prompt, agent, tool and input: calls are paired by equal input. So two equal calls in one turn
/// that have no ids of their own count as one call.
pub(super) fn of(given: Option<&str>, context: &Context, tool: &str, input: &Value) -> String {
    match given {
        Some(id) if id.len() <= LONGEST => id.to_owned(),
        _ => context.make_id(tool, input),
    }
}

/// Whose call it is and in which turn.
pub(super) struct Context {
    prompt: String,
    agent: String,
}

impl Context {
    pub(super) fn of(payload: &Payload) -> Self {
        let part = |key| payload.word(key).unwrap_or_default();
        Self {
            prompt: part("prompt_id"),
            agent: part("agent_id"),
        }
    }

    /// The order of an object's keys makes no difference (they are kept sorted): Claude Code does
    /// not keep it from one event of a call to the next.
    fn make_id(&self, tool: &str, input: &Value) -> String {
        let what = json!([self.prompt, self.agent, tool, input]).to_string();
        let prompt = text::first_line(&self.prompt).unwrap_or_else(|| "no-prompt".to_owned());
        format!("{prompt}:{tool}:{}", fingerprint(&what))
    }
}
