use super::{Signal, SignalKind};
use crate::usage::record::{MessageKey, Tokens, UsageOrigin, UsageRecord};

/// The span of an answer, in the words of the conventions. The span around an agent's whole turn
/// sums those of its answers, and is left out.
pub(super) fn usage(signal: &Signal) -> Option<UsageRecord> {
    let told = &signal.attributes;
    let is_chat = told.text("gen_ai.operation.name") == Some("chat");
    // Others use these conventions as well; the interaction is named by this agent alone.
    let interaction = told.owned("github.copilot.interaction_id")?;
    if signal.kind != SignalKind::Span || !is_chat {
        return None;
    }
    let tokens = Tokens {
        input: told.count("gen_ai.usage.input_tokens"),
        cache_read: told.count("gen_ai.usage.cache_read.input_tokens"),
        cache_creation: told.count("gen_ai.usage.cache_write.input_tokens"),
        output: told.count("gen_ai.usage.output_tokens"),
        cache_creation_1h: 0,
        reasoning: told.count("gen_ai.usage.reasoning.output_tokens"),
    };
    let model = told.owned("gen_ai.response.model");
    Some(UsageRecord {
        source: "copilot-cli".to_owned(),
        runtime_session_id: told.owned("gen_ai.conversation.id")?,
        subagent: None,
        prompt_id: Some(interaction),
        key: MessageKey::Named(told.owned("gen_ai.response.id")?),
        origin: UsageOrigin::Otlp,
        model: model
            .or_else(|| told.owned("gen_ai.request.model"))
            .unwrap_or_default(),
        at: signal.at,
        tokens: tokens.with_inclusive_input(),
        reported_cost_micros: None,
    })
}
