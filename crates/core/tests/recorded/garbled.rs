//! Payloads that are not what they should be: each is understood as far as it goes or refused in
//! words, and none harms what comes before and after it.

use agent_tracer_core::adapter::Agent;
use agent_tracer_core::adapter::Agent::{CopilotCli, OpenCode};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::session::{Line, names, recorded};
use crate::support::delivered;

/// Words that mean something to an adapter, wherever they stand.
const TEXTS: &[&str] = &[
    "",
    "invalid",
    "text",
    "tool",
    "reasoning",
    "compaction",
    "completed",
    "error",
    "running",
    "assistant",
    "idle",
    "retry",
    "task",
    "question",
    "edit",
    "permission_prompt",
    "denied",
    "<exited with exit code é>",
    "<shell_metadata></shell_metadata>",
    "\n--- a/dev/null\n",
    "{\"command\": 5}",
    "\u{0}\u{2028}\u{1b}",
    "é",
];

/// Keys that an adapter looks for.
const KEYS: &[&str] = &[
    "hook",
    "event",
    "type",
    "properties",
    "sessionID",
    "info",
    "part",
    "state",
    "status",
    "input",
    "output",
    "metadata",
    "time",
    "start",
    "end",
    "exit",
    "diff",
    "callID",
    "tool",
    "parentID",
    "summary",
    "role",
    "message",
    "parts",
    "error",
    "id",
    "sessionId",
    "timestamp",
    "toolName",
    "toolArgs",
    "toolInput",
    "toolResult",
    "agentId",
    "parentAgentId",
    "prompt",
    "other",
];

const HOOKS: &[&str] = &[
    "event",
    "chat.message",
    "tool.execute.before",
    "init",
    "sessionStart",
    "sessionEnd",
    "userPromptSubmitted",
    "preToolUse",
    "postToolUse",
    "postToolUseFailure",
    "permissionRequest",
    "notification",
    "agentStop",
    "subagentStart",
    "subagentStop",
    "errorOccurred",
    "preCompact",
    "levitated",
];

fn any_json() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        ".{0,12}",
        prop::sample::select(TEXTS).prop_map(str::to_owned)
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 32, 5, |inner| {
        let key = prop::sample::select(KEYS).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn any_agent() -> impl Strategy<Value = Agent> {
    prop::sample::select(vec![OpenCode, CopilotCli])
}

/// Puts something else at the `place`th of all places in a value.
fn garble(value: &mut Value, place: &mut usize, garbage: &Value) {
    if *place == 0 {
        value.clone_from(garbage);
    }
    *place = place.wrapping_sub(1);
    match value {
        _ if *place == usize::MAX => {}
        Value::Array(items) => {
            for item in items {
                garble(item, place, garbage);
            }
        }
        Value::Object(fields) => {
            for field in fields.values_mut() {
                garble(field, place, garbage);
            }
        }
        _ => {}
    }
}

fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(fields) => fields.values().map(size).sum(),
        _ => 0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_is_understood_or_refused_in_words(
        agent in any_agent(),
        hook in prop::sample::select(HOOKS),
        payload in any_json(),
    ) {
        if let Err(refused) = agent.reports(Some(hook), payload) {
            prop_assert!(refused.to_string().contains(agent.name()), "{}", refused);
        }
    }

    #[test]
    fn a_garbled_payload_does_no_harm(
        agent in any_agent(),
        picks in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        place in any::<prop::sample::Index>(),
        garbage in any_json(),
    ) {
        let mut lines = session(agent, picks.0);
        let picked = picks.1.index(lines.len());
        let mut place = place.index(size(&lines[picked].payload));
        garble(&mut lines[picked].payload, &mut place, &garbage);
        let event = lines[picked].registered_for.clone();
        if agent.reports(Some(&event), lines[picked].payload.clone()).is_err() {
            lines.remove(picked);
        }
        prop_assert!(!delivered(agent, &lines).tasks.is_empty());
    }
}

fn session(agent: Agent, pick: prop::sample::Index) -> Vec<Line> {
    let names = names(agent);
    recorded(agent, &names[pick.index(names.len())])
}

#[test]
fn megabytes_are_understood() {
    let text = "é\n".repeat(2 << 20);
    let call = json!({
        "sessionId": "s", "toolName": "view", "toolArgs": {"path": "/p/a"},
        "toolResult": {"resultType": "success", "textResultForLlm": text},
    });
    assert_eq!(
        CopilotCli.reports(Some("postToolUse"), call).unwrap().len(),
        1
    );
    let state = json!({"status": "completed", "input": {"command": text}, "output": text});
    let part = json!({"type": "tool", "tool": "bash", "callID": "c", "state": state});
    let event = json!({
        "type": "message.part.updated", "properties": {"sessionID": "s", "part": part},
    });
    let payload = json!({"hook": "event", "event": event});
    assert_eq!(OpenCode.reports(None, payload).unwrap().len(), 1);
}
