use serde_json::Value;

use crate::usage::read::{count, owned, text, time};
use crate::usage::record::{MessageKey, Tokens, UsageOrigin, UsageRecord};

pub(super) const SOURCE: &str = "codex";

/// Newer transcripts have a `token_usage_record` for each answer. Older ones have only
/// `token_count`, which is written more than once for an answer; its running total tells which.
#[derive(Debug, Default)]
pub(super) struct Reader {
    session_id: Option<String>,
    turn_id: Option<String>,
    model: String,
    has_records: bool,
}

impl Reader {
    pub(super) fn read(&mut self, line: &Value) -> Option<UsageRecord> {
        let payload = line.get("payload")?;
        match text(line, "/type")? {
            "session_meta" => {
                let session = owned(payload, "/session_id").or_else(|| owned(payload, "/id"));
                self.session_id = session.or(self.session_id.take());
                None
            }
            "turn_context" => {
                self.turn_id = owned(payload, "/turn_id").or(self.turn_id.take());
                self.model = owned(payload, "/model").unwrap_or_default();
                None
            }
            "token_usage_record" => {
                self.has_records = true;
                self.answer(line, payload)
            }
            "event_msg" if text(payload, "/type")? == "token_count" && !self.has_records => {
                self.running_count(line, payload)
            }
            _ => None,
        }
    }

    fn answer(&self, line: &Value, payload: &Value) -> Option<UsageRecord> {
        let session = owned(payload, "/session_id").or_else(|| self.session_id.clone())?;
        let thread = owned(payload, "/thread_id").filter(|thread| *thread != session);
        let key = MessageKey::Named(owned(payload, "/response_id")?);
        let mut record = self.record(line, session, key, payload.get("usage")?);
        record.subagent = thread;
        record.prompt_id = owned(payload, "/turn_id").or(record.prompt_id);
        Some(record)
    }

    fn running_count(&self, line: &Value, payload: &Value) -> Option<UsageRecord> {
        let total = count(payload, "/info/total_token_usage/total_tokens");
        let usage = payload.pointer("/info/last_token_usage")?;
        let session = self.session_id.clone()?;
        let key = MessageKey::Named(format!("{session}:{total}"));
        Some(self.record(line, session, key, usage))
    }

    fn record(&self, line: &Value, session: String, key: MessageKey, usage: &Value) -> UsageRecord {
        let tokens = Tokens {
            input: count(usage, "/input_tokens"),
            cache_read: count(usage, "/cached_input_tokens"),
            cache_creation: count(usage, "/cache_write_input_tokens"),
            output: count(usage, "/output_tokens"),
            cache_creation_1h: 0,
            reasoning: count(usage, "/reasoning_output_tokens"),
        };
        UsageRecord {
            source: SOURCE.to_owned(),
            runtime_session_id: session,
            subagent: None,
            prompt_id: self.turn_id.clone(),
            key,
            origin: UsageOrigin::Transcript,
            model: self.model.clone(),
            at: time(line, "/timestamp"),
            tokens: tokens.with_inclusive_input(),
            reported_cost_micros: None,
        }
    }
}
