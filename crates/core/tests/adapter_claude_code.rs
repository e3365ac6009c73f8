//! The Claude Code adapter: recorded sessions as they are understood, made-up payloads for what
//! was never recorded, and garbage.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, like tests"
)]

use agent_tracer_core::adapter::claude_code::{AGENT_NAME, PayloadError, SOURCE, report};
use agent_tracer_core::report::{AgentReport, CallEnd, ToolCall, What};
use agent_tracer_core::vocabulary::{EventKind, Lane, TodoState, ToolStatus};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

// ---- recorded sessions

fn recorded(name: &str) -> Vec<AgentReport> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/claude-code");
    let text = std::fs::read_to_string(format!("{folder}/{name}.jsonl")).unwrap();
    text.split('\n')
        .filter(|line| !line.is_empty())
        .map(understood)
        .collect()
}

fn understood(line: &str) -> AgentReport {
    let mut line: Value = serde_json::from_str(line).unwrap();
    report(line["payload"].take()).unwrap()
}

macro_rules! recorded {
    ($($test:ident = $name:literal),+ $(,)?) => {
        $(#[test] fn $test() {
            insta::assert_json_snapshot!($name, recorded($name));
        })+

        #[test]
        fn every_recorded_session_has_its_snapshot() {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/claude-code");
            let mut found: Vec<String> = std::fs::read_dir(folder).unwrap()
                .filter_map(|entry| entry.unwrap().file_name().into_string().unwrap()
                    .strip_suffix(".jsonl").map(str::to_owned))
                .collect();
            found.sort();
            assert_eq!(found, [$($name),+]);
        }
    };
}

recorded! {
    two_runs_of_one_session = "continue",
    a_subagent_that_outlives_the_turn = "explore-subagent",
    a_first_edit = "first-edit",
    hooks_over_http = "http-hooks",
    permission_in_the_terminal = "interactive-permission",
    a_task_list = "task-list",
    failing_tools = "tool-failures",
}

#[test]
fn a_calls_beginning_and_end_are_the_same_call() {
    for name in ["continue", "first-edit", "task-list", "tool-failures"] {
        let reports = recorded(name);
        let started: Vec<&ToolCall> = reports.iter().filter_map(|r| as_started(&r.what)).collect();
        let ended: Vec<&ToolCall> = reports.iter().filter_map(|r| as_ended(&r.what)).collect();
        assert!(!ended.is_empty());
        for call in ended {
            assert!(
                started.contains(&call),
                "{name}: {} has no equal beginning",
                call.id
            );
        }
    }
}

fn as_started(what: &What) -> Option<&ToolCall> {
    match what {
        What::CallStarted(call) => Some(call),
        _ => None,
    }
}

fn as_ended(what: &What) -> Option<&ToolCall> {
    match what {
        What::CallEnded { call, .. } => Some(call),
        _ => None,
    }
}

// ---- made-up payloads

/// A payload of a hook with the fields that every payload has.
fn payload(hook: &str, fields: Value) -> Value {
    let mut payload = json!({
        "session_id": "s-1", "transcript_path": "/t.jsonl", "cwd": "/p", "hook_event_name": hook,
        "prompt_id": "p-1", "permission_mode": "default",
    });
    let Value::Object(fields) = fields else {
        panic!("fields are an object")
    };
    payload.as_object_mut().unwrap().extend(fields);
    payload
}

fn what(hook: &str, fields: Value) -> What {
    report(payload(hook, fields)).unwrap().what
}

fn noted(hook: &str, fields: Value) -> (EventKind, Lane, String, Option<String>, Value) {
    match what(hook, fields) {
        What::Noted {
            kind,
            lane,
            title,
            body,
            metadata,
        } => (kind, lane, title, body, Value::Object(metadata)),
        other => panic!("{hook} is not noted: {other:?}"),
    }
}

fn started(tool: &str, input: &Value) -> ToolCall {
    let fields = json!({"tool_name": tool, "tool_input": input, "tool_use_id": "t-1"});
    match what("PreToolUse", fields) {
        What::CallStarted(call) => call,
        other => panic!("no call: {other:?}"),
    }
}

fn ended(hook: &str, fields: Value) -> (ToolCall, CallEnd) {
    match what(hook, fields) {
        What::CallEnded { call, end } => (call, end),
        other => panic!("no end: {other:?}"),
    }
}

fn returned(tool: &str, input: &Value, response: &Value) -> CallEnd {
    let fields = json!({
        "tool_name": tool, "tool_input": input, "tool_use_id": "t-1", "tool_response": response,
    });
    ended("PostToolUse", fields).1
}

fn batched(tool: &str, response: &Value) -> CallEnd {
    let call = json!({"tool_name": tool, "tool_input": {}, "tool_use_id": "t-1",
        "tool_response": response});
    match what("PostToolBatch", json!({"tool_calls": [call]})) {
        What::BatchEnded { mut calls } => calls.remove(0).1,
        other => panic!("no batch: {other:?}"),
    }
}

#[test]
fn only_what_belongs_to_no_session_is_refused() {
    assert_eq!(
        report(json!([1])),
        Err(PayloadError::NotAnObject { found: "an array" })
    );
    assert_eq!(report(json!({})), Err(PayloadError::NoSession));
    assert_eq!(
        report(json!({"session_id": 7})),
        Err(PayloadError::NoSession)
    );
    assert_eq!(
        report(json!({"session_id": " "})),
        Err(PayloadError::NoSession)
    );
    assert!(PayloadError::NoSession.to_string().contains("session_id"));
}

#[test]
fn a_report_says_whose_it_is() {
    let fields = json!({"agent_id": "a-1", "agent_type": "Explore", "tool_name": "LS"});
    let report = report(payload("PreToolUse", fields)).unwrap();
    assert_eq!(
        (report.source.as_str(), report.agent_name.as_str()),
        (SOURCE, AGENT_NAME)
    );
    assert_eq!(report.runtime_session_id, "s-1");
    assert_eq!(report.workspace_path.as_deref(), Some("/p"));
    assert_eq!(report.prompt_id.as_deref(), Some("p-1"));
    assert_eq!(report.hook_event, "PreToolUse");
    let subagent = report.subagent.unwrap();
    assert_eq!(
        (subagent.id.as_str(), subagent.agent_type.as_deref()),
        ("a-1", Some("Explore"))
    );
}

#[test]
fn runs_begin_and_end() {
    let What::SessionStarted { how, metadata } = what("SessionStart", json!({"model": "m"})) else {
        panic!("no start")
    };
    assert_eq!((how.as_str(), &metadata["model"]), ("startup", &json!("m")));
    assert_eq!(metadata["transcriptPath"], json!("/t.jsonl"));
    let What::SessionEnded { reason, .. } = what("SessionEnd", json!({"reason": "clear"})) else {
        panic!("no end")
    };
    assert_eq!(reason, "clear");
}

#[test]
fn compaction_is_no_new_run() {
    let (kind, lane, title, _, metadata) = noted("SessionStart", json!({"source": "compact"}));
    assert_eq!((kind, lane), (EventKind::ContextSaved, Lane::Planning));
    assert_eq!(title, "Context compacted");
    assert_eq!(
        metadata,
        json!({"compactEvent": true, "compactPhase": "session-start"})
    );

    let (_, _, title, _, metadata) = noted("PreCompact", json!({"trigger": "auto"}));
    assert_eq!(title, "Compacting the context (auto)");
    assert_eq!(
        metadata,
        json!({"compactEvent": true, "compactPhase": "before", "trigger": "auto"})
    );

    let (_, _, title, body, metadata) = noted(
        "PostCompact",
        json!({"trigger": "manual", "compact_summary": "It was long."}),
    );
    assert_eq!(title, "Context compacted (manual)");
    assert_eq!(
        (body.as_deref(), &metadata["compactPhase"]),
        (Some("It was long."), &json!("after"))
    );
}

#[test]
fn the_helper_of_a_compaction_is_no_subagent() {
    let fields = json!({"agent_id": "a-1", "agent_type": "", "last_assistant_message": "Done."});
    let stopped = report(payload("SubagentStop", fields.clone())).unwrap();
    assert_eq!(stopped.subagent, None);
    let (kind, lane, title, body, metadata) = noted("SubagentStop", fields.clone());
    assert_eq!(
        (kind, lane),
        (EventKind::AgentActivityLogged, Lane::Coordination)
    );
    assert_eq!(
        (title.as_str(), body.as_deref()),
        ("Helper agent finished", Some("Done."))
    );
    assert_eq!(metadata["helperAgentId"], json!("a-1"));
    assert_eq!(noted("SubagentStart", fields).2, "Helper agent started");
}

#[test]
fn subagents_begin_and_end() {
    let fields = json!({"agent_id": "a-1", "agent_type": "Explore", "last_assistant_message": "x"});
    assert!(matches!(
        what("SubagentStart", fields.clone()),
        What::SubagentStarted { .. }
    ));
    let What::SubagentEnded { text, .. } = what("SubagentStop", fields) else {
        panic!("no end")
    };
    assert_eq!(text.as_deref(), Some("x"));
}

#[test]
fn prompts_are_a_persons_or_the_programs() {
    let prompt = |text: &str| match what("UserPromptSubmit", json!({"prompt": text})) {
        What::Prompted {
            by_person,
            title,
            metadata,
            ..
        } => (by_person, title, metadata),
        other => panic!("no prompt: {other:?}"),
    };
    assert_eq!(prompt("\n  Do it\nnow").1, "Do it");
    assert_eq!(
        prompt("\n  Do it\nnow").2["permissionMode"],
        json!("default")
    );
    assert_eq!(prompt("").1, "Empty prompt");
    assert!(prompt("about <task-notification>").0);

    let (by_person, title, metadata) = prompt(
        "\n<task-notification><task-id>a</task-id><status>completed</status>\
         <summary>It ended</summary><result>see <summary>this</summary>, </result>.</result>\
         </task-notification>",
    );
    assert_eq!((by_person, title.as_str()), (false, "It ended"));
    assert_eq!(
        metadata["taskNotification"],
        json!({"taskId": "a", "status": "completed",
            "result": "see <summary>this</summary>, </result>."})
    );
    assert_eq!(prompt("<task-notification>").1, "Background task reported");
}

#[test]
fn turns_end_well_or_badly() {
    let tasks = json!([{"id": "a"}]);
    let fields = json!({"last_assistant_message": "Done.\nMore.", "background_tasks": tasks});
    let What::TurnEnded {
        text,
        error,
        title,
        metadata,
    } = what("Stop", fields)
    else {
        panic!("no end")
    };
    assert_eq!(
        (text.as_deref(), error, title.as_str()),
        (Some("Done.\nMore."), None, "Done.")
    );
    assert_eq!(metadata["backgroundTasks"], tasks);

    let fields = json!({"error": "rate_limit", "error_details": "Wait."});
    let What::TurnEnded {
        error,
        title,
        metadata,
        ..
    } = what("StopFailure", fields)
    else {
        panic!("no end")
    };
    assert_eq!(
        (error.as_deref(), title.as_str()),
        (Some("rate_limit"), "Turn failed: rate limit")
    );
    assert_eq!(metadata["errorDetails"], json!("Wait."));
}

#[test]
fn todos_move() {
    let moved = |hook: &str| {
        let fields = json!({"task_id": 3, "task_subject": "Test it"});
        match what(hook, fields) {
            What::TodoMoved {
                todo_id,
                state,
                title,
                ..
            } => (todo_id, state, title),
            other => panic!("no move: {other:?}"),
        }
    };
    let expected = |state| ("3".to_owned(), state, "Test it".to_owned());
    assert_eq!(moved("TaskCreated"), expected(TodoState::Added));
    assert_eq!(moved("TaskCompleted"), expected(TodoState::Completed));
    assert_eq!(noted("TaskCreated", json!({})).1, Lane::Todos);
}

/// hook | its fields | lane | title
const NOTES: &str = r#"
Notification | {"message": "May I?", "notification_type": "permission_prompt"} | questions | May I?
Notification | {"message": "Waiting", "notification_type": "idle_prompt"} | coordination | Waiting
Notification | {"title": "Hello"} | coordination | Hello
UserPromptExpansion | {"command_name": "review", "command_args": "12"} | planning | Command expanded: /review 12
InstructionsLoaded | {"file_path": "/p/CLAUDE.md"} | planning | Instructions loaded: CLAUDE.md
CwdChanged | {"old_cwd": "/p", "new_cwd": "/q"} | planning | Working folder: /q
ConfigChange | {"source": "user_settings"} | planning | Configuration changed: user_settings
DirectoryAdded | {"directory": "/q"} | planning | Folder added: /q
FileChanged | {"file_path": "/p/a.rs", "event": "change"} | implementation | File changed on disk: a.rs
WorktreeCreate | {"name": "w"} | implementation | Worktree created: w
WorktreeRemove | {"worktree_path": "/p/w"} | implementation | Worktree removed: w
PreModelSwitch | {"from_model": "a", "to_model": "b"} | planning | Switching model: a to b
PostModelSwitch | {"from_model": "a", "to_model": "b"} | planning | Model switched: a to b
Elicitation | {"mcp_server_name": "orders", "message": "Which?"} | questions | Which?
Elicitation | {"mcp_server_name": "orders"} | questions | orders asks something
ElicitationResult | {"mcp_server_name": "orders", "action": "accept"} | questions | orders was answered: accept
TeammateIdle | {"teammate_name": "Ann"} | coordination | Teammate idle: Ann
Setup | {"trigger": "init"} | planning | Setup: init
MessageDisplay | {"delta": "Hel"} | planning | Message shown
"#;

/// The rows of a table, each cut into `N` cells.
fn rows<const N: usize>(table: &str) -> Vec<[&str; N]> {
    let cells = |line| str::split(line, " | ").map(str::trim).collect::<Vec<_>>();
    table
        .trim()
        .lines()
        .map(|line| cells(line).try_into().unwrap())
        .collect()
}

#[test]
fn every_other_hook_is_noted_with_a_title() {
    for [hook, fields, lane, title] in rows(NOTES) {
        let (kind, found, found_title, ..) = noted(hook, serde_json::from_str(fields).unwrap());
        assert_eq!(kind, EventKind::ContextSaved);
        assert_eq!(
            (found.as_str(), found_title.as_str()),
            (lane, title),
            "{hook}"
        );
    }
}

#[test]
fn a_note_keeps_its_fields() {
    let fields = json!({"file_path": "/p/CLAUDE.md", "load_reason": "session_start"});
    assert_eq!(
        noted("InstructionsLoaded", fields).4,
        json!({"filePaths": ["/p/CLAUDE.md"], "loadReason": "session_start"})
    );
    let fields = json!({"action": "accept", "content": {"a": 1}});
    assert_eq!(
        noted("ElicitationResult", fields).4,
        json!({"elicitationAction": "accept", "content": {"a": 1}})
    );
}

#[test]
fn fields_of_a_later_version_never_pass_for_ours() {
    let fields = json!({"displayTitle": "mine", "filePaths": 1, "severity": "high"});
    assert_eq!(
        noted("CwdChanged", fields.clone()).4,
        json!({"extra": fields})
    );
}

#[test]
fn unknown_hooks_are_kept_whole() {
    let sent = payload("Telepathy", json!({"x": 1}));
    let (kind, lane, title, _, metadata) = noted("Telepathy", json!({"x": 1}));
    assert_eq!((kind, lane), (EventKind::ContextSaved, Lane::Planning));
    assert_eq!(
        (title.as_str(), metadata),
        ("Unknown hook: Telepathy", json!({"raw": sent}))
    );

    let nameless = report(json!({"session_id": "s", "hook_event_name": 5})).unwrap();
    assert_eq!(nameless.hook_event, "unknown");
    assert!(
        matches!(nameless.what, What::Noted { title, .. } if title == "Unknown hook without a name")
    );
}

#[test]
fn no_documented_hook_is_unknown() {
    assert_eq!(HOOKS.split_whitespace().count(), 33);
    for hook in HOOKS.split_whitespace() {
        let what = what(hook, json!({}));
        let raw = matches!(&what, What::Noted { metadata, .. } if metadata.contains_key("raw"));
        assert!(!raw, "{hook} is unknown");
    }
}

const HOOKS: &str = "
    PreToolUse PostToolUse PostToolUseFailure PostToolBatch Notification UserPromptSubmit
    UserPromptExpansion SessionStart SessionEnd Stop StopFailure SubagentStart SubagentStop
    PreCompact PostCompact PreModelSwitch PostModelSwitch PermissionRequest PermissionDenied
    Setup TeammateIdle TaskCreated TaskCompleted Elicitation ElicitationResult ConfigChange
    WorktreeCreate WorktreeRemove InstructionsLoaded CwdChanged FileChanged DirectoryAdded
    MessageDisplay";

// ---- tools

/// tool | input | kind | lane | title | subtype
const PLACES: &str = r##"
Bash | {"command": "a\nb"} | terminal.command | implementation | a | run_command
Bash | {"command": "cargo test", "description": "Test"} | terminal.command | implementation | Test | run_test
BashOutput | {"bash_id": "b1"} | tool.used | implementation | Output of shell b1 | shell_probe
KillShell | {"shell_id": "b1"} | tool.used | implementation | Stop shell b1 | -
Read | {"file_path": "/p/a.py"} | tool.used | exploration | Read a.py | read_file
Glob | {"pattern": "*.py"} | tool.used | exploration | Find *.py | glob_files
Grep | {"pattern": "foo", "path": "/p/src"} | tool.used | exploration | Search "foo" in src | grep_code
LS | {"path": "/p/src"} | tool.used | exploration | List src | list_files
WebSearch | {"query": "q"} | tool.used | exploration | Search the web for "q" | web_search
WebFetch | {"url": "http://x"} | tool.used | exploration | Fetch http://x | web_fetch
ToolSearch | {"query": "select:A,B"} | tool.used | exploration | Look up tools: A,B | -
Edit | {"file_path": "/p/a.py"} | tool.used | implementation | Edit a.py | modify_file
MultiEdit | {"file_path": "/p/a.py"} | tool.used | implementation | Edit a.py | modify_file
NotebookEdit | {"notebook_path": "/p/a.ipynb"} | tool.used | implementation | Edit a.ipynb | modify_file
Write | {"file_path": "/p/a.py"} | tool.used | implementation | Write a.py | create_file
Agent | {"description": "Look", "subagent_type": "Explore"} | agent.activity.logged | coordination | Look | delegation
Task | {"prompt": "Look\nhard"} | agent.activity.logged | coordination | Look | delegation
Skill | {"skill": "pdf"} | agent.activity.logged | coordination | Skill pdf | skill_use
mcp__orders__find__one | {} | agent.activity.logged | coordination | orders: find__one | mcp_call
TodoWrite | {"todos": [{"content": "a", "status": "completed"}, {}]} | todo.logged | todos | 2 to-dos, 1 done | -
TaskCreate | {"subject": "a"} | todo.logged | todos | a | -
TaskUpdate | {"taskId": 1, "status": "in_progress"} | todo.logged | todos | Task #1: in progress | -
TaskUpdate | {"taskId": "1", "subject": "b"} | todo.logged | todos | b | -
TaskList | {} | tool.used | todos | Look at the to-dos | -
TaskGet | {} | tool.used | todos | Look at a to-do | -
AskUserQuestion | {"questions": [{"question": "Which?"}, {}]} | question.logged | questions | Which? (and 1 more) | -
ExitPlanMode | {"plan": "# The plan\n1."} | plan.logged | planning | The plan | -
EnterPlanMode | {} | tool.used | implementation | EnterPlanMode | -
Monitor | {"description": "Watch"} | tool.used | implementation | Monitor: Watch | -
"##;

#[test]
fn every_tool_has_its_place() {
    for [tool, input, kind, lane, title, subtype] in rows(PLACES) {
        let input: Value = serde_json::from_str(input).unwrap();
        let call = started(tool, &input);
        assert_eq!(
            (call.kind.as_str(), call.lane.as_str()),
            (kind, lane),
            "{tool}"
        );
        assert_eq!(call.title, title);
        let found = call
            .metadata
            .get("subtypeKey")
            .and_then(Value::as_str)
            .unwrap_or("-");
        assert_eq!(found, subtype, "{tool}");
        assert_eq!(call.metadata["toolInput"], input);
        assert_eq!(call.metadata["sourceTool"], json!(tool));
        assert_eq!(call.metadata["toolUseId"], json!("t-1"));
    }
}

#[test]
fn only_editing_tools_change_files() {
    for (tool, changes) in [
        ("Edit", true),
        ("Write", true),
        ("MultiEdit", true),
        ("Read", false),
    ] {
        let call = started(tool, &json!({"file_path": "/p/a.py"}));
        assert_eq!(
            (call.changes_files, call.file_paths),
            (changes, vec!["/p/a.py".to_owned()])
        );
    }
}

#[test]
fn what_coordination_names_is_in_its_metadata() {
    let call = started("mcp__orders__find", &json!({}));
    assert_eq!(call.metadata["mcpServer"], json!("orders"));
    assert_eq!(call.metadata["mcpTool"], json!("find"));
    assert_eq!(
        started("Skill", &json!({"skill": "pdf"})).metadata["skillName"],
        json!("pdf")
    );
    let call = started(
        "Agent",
        &json!({"subagent_type": "Explore", "prompt": "Look"}),
    );
    assert_eq!(call.metadata["agentName"], json!("Explore"));
    assert_eq!(call.body.as_deref(), Some("Look"));
}

#[test]
fn an_agent_call_names_the_subagent_it_started() {
    let end = returned(
        "Agent",
        &json!({"description": "Look"}),
        &json!({"agentId": "a-1"}),
    );
    let subagent = end.started_subagent.unwrap();
    assert_eq!(
        (subagent.id.as_str(), subagent.description.as_deref()),
        ("a-1", Some("Look"))
    );
}

#[test]
fn a_question_is_settled_by_its_end() {
    let call = started("AskUserQuestion", &json!({}));
    assert_eq!(call.metadata["questionId"], json!("t-1"));
    assert_eq!(call.metadata["questionPhase"], json!("asked"));
    let end = returned(
        "AskUserQuestion",
        &json!({}),
        &json!({"answers": {"Which?": "This"}}),
    );
    assert_eq!(end.metadata["questionPhase"], json!("concluded"));
    assert_eq!(end.metadata["answer"], json!("This"));
    let both = json!({"answers": {"A?": "1", "B?": ["2", "3"]}});
    let end = returned("AskUserQuestion", &json!({}), &both);
    assert_eq!(end.metadata["answer"], json!("A? 1\nB? [\"2\",\"3\"]"));
}

#[test]
fn a_todo_moves_only_when_its_call_did_its_work() {
    let end = returned("TaskCreate", &json!({}), &json!({"task": {"id": "7"}}));
    assert_eq!(end.metadata["todoId"], json!("7"));
    let input = json!({"taskId": "7", "status": "deleted"});
    assert_eq!(
        started("TaskUpdate", &input).metadata["todoState"],
        json!("cancelled")
    );
    let end = returned(
        "TaskUpdate",
        &input,
        &json!({"success": false, "error": "No task"}),
    );
    assert_eq!(
        (end.status, &end.metadata["error"]),
        (ToolStatus::Failed, &json!("No task"))
    );
    assert_eq!(end.metadata["todoState"], Value::Null);
}

// ---- ends

#[test]
fn a_call_ends_in_four_ways() {
    let failure = json!({"tool_name": "Bash", "error": "Exit code 3\nout", "duration_ms": 5});
    let (_, end) = ended("PostToolUseFailure", failure);
    assert_eq!(end.status, ToolStatus::Failed);
    assert_eq!(
        Value::Object(end.metadata),
        json!({"failed": true, "exitCode": 3, "error": "Exit code 3\nout", "durationMs": 5})
    );

    let (_, end) = ended("PostToolUseFailure", json!({"is_interrupt": true}));
    assert_eq!(end.status, ToolStatus::Interrupted);

    let (_, end) = ended(
        "PermissionDenied",
        json!({"tool_name": "Bash", "reason": "Too risky"}),
    );
    assert_eq!(
        (end.status, &end.metadata["reason"]),
        (ToolStatus::Refused, &json!("Too risky"))
    );

    let end = returned("Bash", &json!({}), &json!({"stdout": "a", "stderr": "b"}));
    assert_eq!(
        (end.status, &end.metadata["output"]),
        (ToolStatus::Completed, &json!("a\nb"))
    );
    assert_eq!(end.metadata["stderr"], json!("b"));
    let end = returned(
        "Bash",
        &json!({}),
        &json!({"stdout": "", "interrupted": true}),
    );
    assert_eq!(
        (end.status, &end.metadata["interrupted"]),
        (ToolStatus::Interrupted, &json!(true))
    );
}

#[test]
fn a_batch_tells_refusals_and_failures_by_how_its_text_begins() {
    let end = batched("Edit", &json!("<tool_use_error>No match</tool_use_error>"));
    assert_eq!(
        (end.status, &end.metadata["error"]),
        (ToolStatus::Refused, &json!("No match"))
    );
    let end = batched("Edit", &json!("<tool_use_error>cut"));
    assert_eq!(end.status, ToolStatus::Refused);
    let end = batched("Bash", &json!("Exit code 2\nx"));
    assert_eq!(
        (end.status, &end.metadata["exitCode"]),
        (ToolStatus::Failed, &json!(2))
    );
    let end = batched("Read", &json!("1\tit sends <tool_use_error>"));
    assert_eq!(end.status, ToolStatus::Completed);
    let blocks = json!([{"type": "text", "text": "a"}, {"type": "image"}, {"text": "b"}]);
    assert_eq!(batched("Agent", &blocks).metadata["output"], json!("a\nb"));
}

#[test]
fn outputs_are_text_for_a_person() {
    let output = |tool: &str, response: Value| {
        returned(tool, &json!({}), &response)
            .metadata
            .get("output")
            .cloned()
            .unwrap_or_default()
    };
    assert_eq!(
        output("Read", json!({"file": {"content": "x\n"}})),
        json!("x\n")
    );
    assert_eq!(
        output("Glob", json!({"filenames": ["a", "b"]})),
        json!("a\nb")
    );
    assert_eq!(
        output("Grep", json!({"content": "", "filenames": ["a"]})),
        json!("a")
    );
    assert_eq!(
        output("WebFetch", json!({"code": 200, "result": "r"})),
        json!("r")
    );
    let found = json!({"results": ["Found:", {"content": [{"title": "T", "url": "u"}]}]});
    assert_eq!(output("WebSearch", found), json!("Found:\nT\nu"));
    assert_eq!(
        output("Write", json!({"content": "what it wrote"})),
        Value::Null
    );
    assert_eq!(output("mcp__a__b", json!([{"text": "m"}])), json!("m"));
}

#[test]
fn a_large_response_is_not_stored_twice() {
    let big = "x".repeat(1 << 20);
    let end = returned("Read", &json!({}), &json!({"file": {"content": big}}));
    assert_eq!(end.metadata["output"], json!(big));
    assert!(!end.metadata.contains_key("toolResponse"));
    let end = returned("Read", &json!({}), &json!({"file": {"content": "small"}}));
    assert_eq!(
        end.metadata["toolResponse"],
        json!({"file": {"content": "small"}})
    );
    let end = returned("Odd", &json!({}), &json!({"pages": big}));
    assert_eq!(end.metadata["toolResponse"], json!({"pages": big}));
}

#[test]
fn permission_is_asked_in_one_line() {
    let asked = |tool: &str, input: Value| match what(
        "PermissionRequest",
        json!({"tool_name": tool, "tool_input": input}),
    ) {
        What::PermissionAsked { title, .. } => title,
        other => panic!("not asked: {other:?}"),
    };
    assert_eq!(
        asked("Bash", json!({"command": "echo a\nb"})),
        "Permission to run: echo a"
    );
    let title = asked("Write", json!({"file_path": "/p/a.py"}));
    assert_eq!(title, "Permission to use Write: Write a.py");
}

// ---- ids

fn id_of(hook: &str, fields: Value) -> String {
    match what(hook, fields) {
        What::CallStarted(call) | What::CallEnded { call, .. } => call.id,
        other => panic!("no call: {other:?}"),
    }
}

#[test]
fn calls_without_an_id_are_paired_by_equal_input() {
    let call = |input: &str| json!({"tool_name": "Bash", "tool_input": serde_json::from_str::<Value>(input).unwrap()});
    let id = id_of("PreToolUse", call(r#"{"command": "a", "timeout": 1}"#));
    assert!(id.starts_with("p-1:Bash:"), "{id}");
    assert_eq!(
        id,
        id_of("PostToolUse", call(r#"{"timeout": 1, "command": "a"}"#))
    );
    assert_ne!(
        id,
        id_of("PostToolUse", call(r#"{"command": "b", "timeout": 1}"#))
    );
    let mut elsewhere = call(r#"{"command": "a", "timeout": 1}"#);
    elsewhere["agent_id"] = json!("a-1");
    assert_ne!(id, id_of("PreToolUse", elsewhere));
}

#[test]
fn a_made_id_never_changes() {
    let input = json!({"timeout": 1, "command": "a"});
    let fields = json!({"tool_name": "Bash", "tool_input": input, "tool_use_id": ""});
    assert_eq!(id_of("PreToolUse", fields), "p-1:Bash:b18a3638deec8edc");
}

// ---- bad shapes

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

fn any_json() -> impl Strategy<Value = Value> {
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

fn one_of(words: &'static str) -> impl Strategy<Value = &'static str> {
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
        let understood = report(Value::Object(sent)).unwrap();
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
        prop_assert!(report(sent["payload"].take()).is_ok());
    }

    #[test]
    fn anything_that_is_no_object_is_refused_in_words(value in any_json()) {
        if !value.is_object() {
            let refused = report(value).unwrap_err();
            prop_assert!(refused.to_string().contains("JSON object"));
        }
    }
}
