use serde_json::Value;

use crate::usage::read::{count, owned, text, time};
use crate::usage::record::{MessageKey, Tokens, UsageOrigin, UsageRecord};

pub(super) const SOURCE: &str = "gemini-cli";

/// Only the first line names the session. An answer is written again as its calls finish, and a
/// `$set` writes all of them again.
#[derive(Debug, Default)]
pub(super) struct Reader {
    session_id: Option<String>,
}

impl Reader {
    pub(super) fn read(&mut self, line: &Value) -> Vec<UsageRecord> {
        if let Some(session) = owned(line, "/sessionId") {
            self.session_id = Some(session);
        }
        let again = line.pointer("/$set/messages").and_then(Value::as_array);
        let messages = again.into_iter().flatten().chain([line]);
        messages
            .filter_map(|message| self.answer(message))
            .collect()
    }

    fn answer(&self, message: &Value) -> Option<UsageRecord> {
        if text(message, "/type")? != "gemini" {
            return None;
        }
        let thoughts = count(message, "/tokens/thoughts");
        let tokens = Tokens {
            input: count(message, "/tokens/input"),
            cache_read: count(message, "/tokens/cached"),
            cache_creation: 0,
            output: count(message, "/tokens/output") + thoughts,
            cache_creation_1h: 0,
            reasoning: thoughts,
        };
        let mut tokens = tokens.with_inclusive_input();
        // What a tool of the maker put into the prompt is beside the input.
        tokens.input += count(message, "/tokens/tool");
        (tokens.all() > 0).then_some(UsageRecord {
            source: SOURCE.to_owned(),
            runtime_session_id: self.session_id.clone()?,
            subagent: None,
            prompt_id: None,
            key: MessageKey::Named(owned(message, "/id")?),
            origin: UsageOrigin::Transcript,
            model: owned(message, "/model").unwrap_or_default(),
            at: time(message, "/timestamp"),
            tokens,
            reported_cost_micros: None,
        })
    }
}
