//! What transcripts hold that no recording has: made up after what is known of them.

use agent_tracer_core::adapter::Agent;
use agent_tracer_core::adapter::transcript::Transcript;
use agent_tracer_core::report::{AgentReport, What};
use proptest::prelude::*;
use serde_json::{Value, json};

/// What lines tell, in short.
fn told(agent: Agent, lines: Vec<Value>) -> Vec<String> {
    reports(agent, lines).iter().map(short).collect()
}

fn reports(agent: Agent, lines: Vec<Value>) -> Vec<AgentReport> {
    let mut transcript = Transcript::new(agent, "path").unwrap();
    let mut told: Vec<_> = lines
        .into_iter()
        .flat_map(|line| transcript.read(line))
        .collect();
    told.extend(transcript.settle());
    told.into_iter()
        .flat_map(|told| told.reports(agent))
        .collect()
}

fn short(report: &AgentReport) -> String {
    match &report.what {
        What::SessionStarted { how, .. } => format!("start {how}"),
        What::Prompted {
            text, by_person, ..
        } => format!("prompt {text} {by_person}"),
        What::CallStarted(call) => format!("call {}", call.title),
        What::CallEnded { call, end } => {
            let started = end.started_subagent.as_ref().map(|it| it.id.clone());
            let started = started.unwrap_or_default();
            format!("{} {} {started}", end.status.as_str(), call.tool_name)
                .trim_end()
                .to_owned()
        }
        What::TurnEnded { text, error, .. } => format!("answer {text:?} {error:?}"),
        What::SubagentStarted { .. } => format!("subagent {:?}", report.subagent),
        What::Interrupted { .. } => "interrupted".to_owned(),
        What::RunDescribed { metadata } => format!("run {}", json!(metadata)),
        What::Noted { title, body, .. } => format!("note {title} {body:?}"),
        other => format!("{other:?}"),
    }
}

fn claude(mut line: Value) -> Value {
    for (key, value) in [
        ("sessionId", "s"),
        ("timestamp", "2026-01-01T00:00:00.000Z"),
        ("cwd", "/p"),
        ("promptId", "p"),
    ] {
        if line.get(key).is_none() {
            line[key] = value.into();
        }
    }
    line
}

fn user(text: &str) -> Value {
    claude(json!({ "type": "user", "message": { "content": text } }))
}

fn assistant(id: &str, part: &Value, stop: Option<&str>) -> Value {
    let message = json!({ "id": id, "model": "m", "stop_reason": stop, "content": [part] });
    claude(json!({ "type": "assistant", "message": message }))
}

fn says(id: &str, text: &str, stop: Option<&str>) -> Value {
    assistant(id, &json!({ "type": "text", "text": text }), stop)
}

fn calls(id: &str, call: &str, tool: &str, input: &Value) -> Value {
    let part = json!({ "type": "tool_use", "id": call, "name": tool, "input": input });
    assistant(id, &part, Some("tool_use"))
}

fn returns(call: &str, content: &str) -> Value {
    let part = json!({ "type": "tool_result", "tool_use_id": call, "content": content });
    claude(json!({ "type": "user", "message": { "content": [part] } }))
}

#[track_caller]
fn check_claude(lines: Vec<Value>, expected: &[&str]) {
    let told = told(Agent::ClaudeCode, lines);
    let shown: Vec<&str> = told.iter().map(String::as_str).collect();
    assert_eq!(shown, [&["start startup"], expected].concat());
}

const MODEL: &str = "run {\"model\":\"m\"}";

#[test]
fn a_command_is_a_prompt_if_the_model_answers_it() {
    let custom = "<command-message>fix is running…</command-message>\n\
                  <command-name>/fix</command-name>\n<command-args>the bug</command-args>";
    check_claude(
        vec![user(custom), says("m1", "Fixed.", Some("end_turn"))],
        &[
            "prompt /fix the bug true",
            MODEL,
            "answer Some(\"Fixed.\") None",
        ],
    );
    let own = "<command-name>/model</command-name>\n<command-args></command-args>";
    let output = "<local-command-stdout>Set model</local-command-stdout>";
    check_claude(
        vec![user(own), user(output), user("hi")],
        &["prompt hi true"],
    );
    check_claude(vec![user("<command-name>/exit</command-name>")], &[]);
}

#[test]
fn what_the_program_puts_in_is_no_prompt() {
    let mut meta = user("Caveat: the messages below");
    meta["isMeta"] = true.into();
    check_claude(
        vec![
            meta,
            user("<system-reminder>\nx\n</system-reminder>"),
            user("hi"),
        ],
        &["prompt hi true"],
    );
}

/// Older versions do not say why a message stopped.
#[test]
fn an_answer_is_what_nothing_of_the_turn_follows() {
    let read = json!({ "file_path": "/p/a" });
    check_claude(
        vec![
            user("one"),
            says("m1", "Looking.", None),
            calls("m2", "c1", "Read", &read),
            returns("c1", "text"),
            says("m3", "Done.", None),
            user("two"),
        ],
        &[
            "prompt one true",
            MODEL,
            "call Read a",
            "completed Read",
            "answer Some(\"Done.\") None",
            "prompt two true",
        ],
    );
}

#[test]
fn the_parts_of_one_message_are_one_answer() {
    check_claude(
        vec![
            says("m1", "One. ", Some("end_turn")),
            says("m1", "Two.", Some("end_turn")),
        ],
        &[MODEL, "answer Some(\"One. Two.\") None"],
    );
}

#[test]
fn a_failure_of_the_model_ends_the_turn() {
    let mut failed = says("m1", "API Error: 529", Some("stop_sequence"));
    failed["isApiErrorMessage"] = true.into();
    failed["error"] = "overloaded".into();
    check_claude(
        vec![user("hi"), failed],
        &[
            "prompt hi true",
            "answer Some(\"API Error: 529\") Some(\"overloaded\")",
        ],
    );
}

#[test]
fn a_compaction_is_told_with_its_summary() {
    let boundary = claude(json!({
        "type": "system", "subtype": "compact_boundary", "compactMetadata": { "trigger": "manual" }
    }));
    let mut summary = user("This session is being continued…");
    summary["isCompactSummary"] = true.into();
    check_claude(
        vec![boundary, summary],
        &["note Context compacted (manual) Some(\"This session is being continued…\")"],
    );
}

/// Where the program's own result is not written, as in a subagent's transcript.
#[test]
fn a_subagent_is_found_in_what_the_model_is_told() {
    let input = json!({ "prompt": "look", "description": "Look", "subagent_type": "Explore" });
    check_claude(
        vec![
            calls("m1", "c1", "Agent", &input),
            returns("c1", "Async agent launched.\nagentId: a5b8 (internal)"),
        ],
        &[MODEL, "call Look", "completed Agent a5b8"],
    );
}

#[test]
fn lines_of_unknown_sorts_are_counted_and_nothing_else() {
    let mut transcript = Transcript::new(Agent::ClaudeCode, "path").unwrap();
    let mut sidechain = user("of a subagent that has no name");
    sidechain["isSidechain"] = true.into();
    for line in [claude(json!({ "type": "later" })), sidechain] {
        assert_eq!(transcript.read(line), []);
    }
    assert_eq!(transcript.unknown(), 2);
}

fn codex(sort: &str, payload: &Value) -> Value {
    json!({ "timestamp": "2026-01-01T00:00:00.000Z", "type": sort, "payload": payload })
}

#[test]
fn an_old_rollout_is_understood() {
    let command = json!(["bash", "-lc", "false"]);
    let arguments = json!({ "command": command }).to_string();
    let output = json!({ "output": "no\n", "metadata": { "exit_code": 1 } }).to_string();
    let lines = vec![
        codex("session_meta", &json!({ "id": "s", "cwd": "/p" })),
        codex("turn_context", &json!({ "model": "gpt" })),
        codex(
            "event_msg",
            &json!({ "type": "user_message", "message": "go" }),
        ),
        codex(
            "response_item",
            &json!({ "type": "function_call", "call_id": "c", "name": "shell", "arguments": arguments }),
        ),
        codex(
            "response_item",
            &json!({ "type": "function_call_output", "call_id": "c", "output": output }),
        ),
        codex(
            "event_msg",
            &json!({ "type": "turn_aborted", "reason": "interrupted" }),
        ),
    ];
    assert_eq!(
        told(Agent::Codex, lines),
        [
            "start startup",
            "prompt go true",
            "call false",
            "failed Bash",
            "interrupted",
        ]
    );
}

#[test]
fn a_rollout_of_another_thread_is_a_subagents() {
    let lines = vec![
        codex(
            "session_meta",
            &json!({ "id": "t", "session_id": "s", "cwd": "/p" }),
        ),
        codex("turn_context", &json!({ "model": "gpt" })),
        codex(
            "event_msg",
            &json!({ "type": "user_message", "message": "what its agent asks" }),
        ),
    ];
    let reports = reports(Agent::Codex, lines);
    let whose = |report: &AgentReport| {
        let subagent = report.subagent.clone().unwrap();
        (report.runtime_session_id.clone(), subagent.id)
    };
    let whose: Vec<_> = reports.iter().map(whose).collect();
    assert_eq!(whose, [("s".to_owned(), "t".to_owned())]);
}

fn any_json() -> impl Strategy<Value = Value> {
    const KEYS: &[&str] = &[
        "type",
        "timestamp",
        "payload",
        "data",
        "message",
        "content",
        "sessionId",
        "id",
        "item",
        "toolCalls",
        "toolUseResult",
        "is_error",
        "tool_use_id",
        "call_id",
        "name",
        "arguments",
        "output",
        "toolCallId",
        "toolName",
        "result",
        "$set",
        "messages",
        "agentId",
        "stop_reason",
        "subtype",
        "args",
        "status",
        "success",
    ];
    const WORDS: &[&str] = &[
        "user",
        "assistant",
        "system",
        "gemini",
        "event_msg",
        "response_item",
        "session_meta",
        "s",
        "tool_use",
        "tool_result",
        "text",
        "2026-01-01T00:00:00Z",
        "session.start",
        "function_call",
        "assistant.message",
        "tool.execution_start",
        "item_completed",
        "compact_boundary",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop::sample::select(WORDS).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, move |inner| {
        let key = prop::sample::select(KEYS).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..8)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a file holds, it makes poorer reports and no failure.
    #[test]
    fn no_line_is_too_strange(lines in prop::collection::vec(any_json(), 0..12)) {
        for agent in Agent::ALL {
            let Some(mut transcript) = Transcript::new(agent, "path") else { continue };
            let lines = lines.clone().into_iter();
            let mut told: Vec<_> = lines.flat_map(|line| transcript.read(line)).collect();
            told.extend(transcript.settle());
            told.extend(transcript.end(transcript.last_at().unwrap_or_default()));
            for report in told.into_iter().flat_map(|told| told.reports(agent)) {
                prop_assert!(!report.runtime_session_id.is_empty());
                prop_assert!(report.happened_at.is_some());
            }
        }
    }
}
