use serde_json::Value;

use crate::usage::read::{count, owned, text, time};
use crate::usage::record::{MessageKey, Tokens, UsageOrigin, UsageRecord};

pub(super) const SOURCE: &str = "copilot-cli";

/// Each answer has a `session.usage_record`. Its `cost` is in requests of the plan, not in money.
#[derive(Debug, Default)]
pub(super) struct Reader {
    session_id: Option<String>,
    interaction_id: Option<String>,
}

impl Reader {
    pub(super) fn read(&mut self, line: &Value) -> Option<UsageRecord> {
        let data = line.get("data")?;
        match text(line, "/type")? {
            "session.start" => {
                self.session_id = owned(data, "/sessionId").or(self.session_id.take());
                None
            }
            "assistant.turn_start" => {
                let interaction = owned(data, "/interactionId");
                self.interaction_id = interaction.or(self.interaction_id.take());
                None
            }
            "session.usage_record" => self.answer(line, data.get("usage")?),
            _ => None,
        }
    }

    fn answer(&self, line: &Value, usage: &Value) -> Option<UsageRecord> {
        let tokens = Tokens {
            input: count(usage, "/inputTokens"),
            cache_read: count(usage, "/cacheReadTokens"),
            cache_creation: count(usage, "/cacheWriteTokens"),
            output: count(usage, "/outputTokens"),
            cache_creation_1h: 0,
            reasoning: count(usage, "/reasoningTokens"),
        };
        let named = owned(usage, "/accounting/sourceSessionId");
        Some(UsageRecord {
            source: SOURCE.to_owned(),
            runtime_session_id: named.or_else(|| self.session_id.clone())?,
            subagent: None,
            prompt_id: self.interaction_id.clone(),
            key: MessageKey::Named(owned(usage, "/apiCallId")?),
            origin: UsageOrigin::Transcript,
            model: owned(usage, "/model").unwrap_or_default(),
            at: time(line, "/timestamp"),
            tokens: tokens.with_inclusive_input(),
            reported_cost_micros: None,
        })
    }
}
