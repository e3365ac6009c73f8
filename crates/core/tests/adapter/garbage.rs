//! Bad shapes.

use crate::notes::HOOKS;
use crate::support::{started, what};
use agent_tracer_core::adapter::claude_code::report;
use agent_tracer_core::report::What;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

#[test]
fn bad_shapes_make_poorer_reports() {
    let call = started("Bash", &json!(null));
    assert_eq!((call.title.as_str(), call.body), ("Bash", None));
    assert_eq!(started("Read", &json!([1])).title, "Read a file");
    assert_eq!(started("Bash", &json!({"command": 5})).title, "Bash");
    assert_eq!(
        started("Bash", &json!({"command": "a\u{0}b\u{1b}"})).title,
        "ab"
    );
    assert_eq!(started("", &json!({})).tool_name, "unknown");
    for calls in [json!("x"), json!(null), json!([]), json!([1, null])] {
        let what = what("PostToolBatch", json!({"tool_calls": calls}));
        assert_eq!(what, What::BatchEnded { calls: Vec::new() });
    }
    let huge = started("Bash", &json!({"command": "é".repeat(1 << 20)}));
    assert_eq!(huge.title.chars().count(), 120);
}

pub(crate) fn any_json() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        ".*",
        Just("<task-notification><summary>".to_owned()),
        Just("</result><result>".to_owned()),
        Just("<tool_use_error>".to_owned()),
        Just("Exit code é".to_owned()),
        Just("mcp____".to_owned()),
        Just("\u{0}\u{2028}\u{1b}".to_owned()),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(prop_oneof![any_key(), any_word()], inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn any_key() -> impl Strategy<Value = String> {
    one_of(KEYS).prop_map(str::to_owned)
}

pub(crate) fn one_of(words: &'static str) -> impl Strategy<Value = &'static str> {
    prop::sample::select(words.split_whitespace().collect::<Vec<_>>())
}

fn any_word() -> impl Strategy<Value = String> {
    "[a-zé_]{0,6}"
}

const KEYS: &str = "
    hook_event_name cwd prompt_id agent_id agent_type permission_mode effort transcript_path
    source reason prompt tool_name tool_input tool_use_id tool_response tool_calls error
    is_interrupt duration_ms message title notification_type last_assistant_message
    background_tasks trigger file_path compact_summary task_id task_subject delta action
    command description pattern path todos questions question options answers plan subject
    status taskId task id agentId stdout stderr interrupted success file content filenames
    results text subagent_type skill";

const TOOLS: &str = "
    Bash BashOutput KillShell Read Glob Grep LS WebSearch WebFetch ToolSearch Edit
    NotebookEdit Write Agent Skill TodoWrite TaskCreate TaskUpdate TaskList AskUserQuestion
    ExitPlanMode mcp__a__b mcp__ Other";

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_object_with_a_session_is_understood(
        hook in one_of(HOOKS),
        tool in one_of(TOOLS),
        fields in prop::collection::btree_map(any_key(), any_json(), 0..12),
        session in "[a-z0-9é-]{1,20}",
        named in prop::bool::weighted(0.9),
    ) {
        let mut sent: Map<String, Value> = fields.into_iter().collect();
        if named {
            sent.insert("hook_event_name".to_owned(), hook.into());
            sent.insert("tool_name".to_owned(), tool.into());
        }
        sent.insert("session_id".to_owned(), session.as_str().into());
        let understood = report(None, Value::Object(sent)).unwrap();
        prop_assert_eq!(understood.runtime_session_id, session);
        prop_assert!(!understood.hook_event.is_empty());
    }

    #[test]
    fn a_recorded_payload_with_one_field_garbled_is_understood(
        line in 0_usize..36,
        key in any_key(),
        garbage in any_json(),
    ) {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/claude-code");
        let text = std::fs::read_to_string(format!("{folder}/task-list.jsonl")).unwrap();
        let mut sent: Value = serde_json::from_str(text.split('\n').nth(line).unwrap()).unwrap();
        sent["payload"][key] = garbage;
        prop_assert!(report(None, sent["payload"].take()).is_ok());
    }

    #[test]
    fn anything_that_is_no_object_is_refused_in_words(value in any_json()) {
        if !value.is_object() {
            let refused = report(None, value).unwrap_err();
            prop_assert!(refused.to_string().contains("JSON object"));
        }
    }
}
