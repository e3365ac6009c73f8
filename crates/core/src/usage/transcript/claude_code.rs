use serde_json::Value;

use crate::usage::read::{count, owned, text, time};
use crate::usage::record::{MessageKey, Tokens, UsageOrigin, UsageRecord};

pub(super) const SOURCE: &str = "claude-code";

/// An answer stands on several lines, one for each part of it, each with the usage of the whole.
/// Only the person's lines name the prompt.
#[derive(Debug, Default)]
pub(super) struct Reader {
    prompt_id: Option<String>,
}

impl Reader {
    pub(super) fn read(&mut self, line: &Value) -> Option<UsageRecord> {
        match text(line, "/type")? {
            "user" => {
                self.prompt_id = owned(line, "/promptId").or(self.prompt_id.take());
                None
            }
            "assistant" => self.answer(line),
            _ => None,
        }
    }

    fn answer(&self, line: &Value) -> Option<UsageRecord> {
        let usage = line.pointer("/message/usage")?;
        let model = owned(line, "/message/model")?;
        // Telemetry names the request, and nothing else of the answer.
        let id = owned(line, "/requestId").or_else(|| owned(line, "/message/id"))?;
        let tokens = Tokens {
            input: count(usage, "/input_tokens"),
            cache_read: count(usage, "/cache_read_input_tokens"),
            cache_creation: count(usage, "/cache_creation_input_tokens"),
            output: count(usage, "/output_tokens"),
            cache_creation_1h: count(usage, "/cache_creation/ephemeral_1h_input_tokens"),
            reasoning: count(usage, "/output_tokens_details/thinking_tokens"),
        };
        // What the program itself put in (an error, say) is the answer of no model.
        (model != "<synthetic>").then_some(UsageRecord {
            source: SOURCE.to_owned(),
            runtime_session_id: owned(line, "/sessionId")?,
            subagent: owned(line, "/agentId"),
            prompt_id: self.prompt_id.clone(),
            key: MessageKey::Named(id),
            origin: UsageOrigin::Transcript,
            model,
            at: time(line, "/timestamp"),
            tokens,
            reported_cost_micros: None,
        })
    }
}
