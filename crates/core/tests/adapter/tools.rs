//! What each tool is on the timeline.

use crate::support::{returned, rows, started};
use agent_tracer_core::vocabulary::ToolStatus;
use serde_json::{Value, json};

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
