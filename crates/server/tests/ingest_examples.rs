//! What agents do, route by route.

use serde_json::{Value, json};

/// A request to a route, what its answer holds, and the events it stores.
pub(crate) struct Example {
    pub(crate) route: &'static str,
    pub(crate) request: Value,
    pub(crate) answer: &'static [&'static str],
    pub(crate) stored: Value,
}

const ENVELOPE: &[&str] = &["events", "sessionId", "task"];
pub(crate) const TASK: &str = "t";

pub(crate) fn example(route: &'static str, request: Value, stored: Value) -> Example {
    Example {
        route,
        request,
        answer: ENVELOPE,
        stored,
    }
}

pub(crate) fn answering(answer: &'static [&'static str], example: Example) -> Example {
    Example { answer, ..example }
}

/// An event without what differs from run to run.
pub(crate) fn event(
    kind: &str,
    lane: &str,
    title: &str,
    body: Option<&str>,
    metadata: Value,
) -> Value {
    let mut metadata = metadata;
    let fields = metadata.as_object_mut().unwrap();
    fields.entry("filePaths").or_insert_with(|| json!([]));
    let mut event = json!({ "kind": kind, "lane": lane, "title": title, "metadata": metadata });
    if let Some(body) = body {
        event["body"] = body.into();
    }
    event
}

pub(crate) fn lifecycle() -> Vec<Example> {
    let runtime = json!({ "runtimeSource": "claude-hook", "runtimeSessionId": "r" });
    let mut ensure = runtime.clone();
    ensure["title"] = "Ensured".into();
    vec![
        example(
            "task-start",
            json!({ "taskId": TASK, "title": "Again", "workspacePath": "/w/" }),
            json!([]),
        ),
        answering(
            &["task"],
            example(
                "task-link",
                json!({ "taskId": TASK, "title": " Linked " }),
                json!([]),
            ),
        ),
        example(
            "task-complete",
            json!({ "taskId": TASK, "summary": "Done", "metadata": { "k": 1 } }),
            json!([event(
                "task.complete",
                "user",
                "Task t",
                Some("Done"),
                json!({ "k": 1 })
            )]),
        ),
        example(
            "task-error",
            json!({ "taskId": TASK, "errorMessage": "It broke" }),
            json!([event(
                "task.error",
                "user",
                "Task t",
                Some("It broke"),
                json!({})
            )]),
        ),
        answering(
            &["sessionId", "task"],
            example(
                "session-end",
                json!({ "taskId": TASK, "completeTask": true, "summary": "Over" }),
                json!([event(
                    "task.complete",
                    "user",
                    "Task t",
                    Some("Over"),
                    json!({})
                )]),
            ),
        ),
        answering(
            &["sessionCreated", "sessionId", "taskCreated", "taskId"],
            example("runtime-session-ensure", ensure, json!([])),
        ),
        answering(&["ok"], example("runtime-session-end", runtime, json!([]))),
        answering(
            &["bookmark"],
            example(
                "bookmarks",
                json!({ "taskId": TASK, "note": "n" }),
                json!([]),
            ),
        ),
    ]
}

pub(crate) fn tools() -> Vec<Example> {
    let related = json!({
        "parentEventId": "p", "relatedEventIds": ["r"], "relationType": "implements",
        "relationLabel": "l", "relationExplanation": "e",
    });
    let mut tool = related.clone();
    tool.as_object_mut().unwrap().extend(
        json!({ "taskId": TASK, "toolName": "Edit", "body": "b", "metadata": { "k": [1] } })
            .as_object()
            .unwrap()
            .clone(),
    );
    let mut kept = related;
    kept["toolName"] = "Edit".into();
    kept["k"] = json!([1]);
    vec![
        example(
            "tool-used",
            tool,
            json!([event(
                "tool.used",
                "implementation",
                "Edit",
                Some("b"),
                kept
            )]),
        ),
        example(
            "terminal-command",
            json!({ "taskId": TASK, "command": "ls -la", "parentEventId": "dropped" }),
            json!([event(
                "terminal.command",
                "implementation",
                "ls -la",
                Some("ls -la"),
                json!({ "command": "ls -la" }),
            )]),
        ),
        example(
            "save-context",
            json!({ "taskId": TASK, "title": "Saved" }),
            json!([event("context.saved", "planning", "Saved", None, json!({}))]),
        ),
        example(
            "explore",
            json!({ "taskId": TASK, "toolName": "Read", "title": "Read it", "filePaths": ["/w/a"] }),
            json!([event(
                "tool.used",
                "exploration",
                "Read it",
                None,
                json!({ "toolName": "Read", "filePaths": ["/w/a"] }),
            )]),
        ),
        example(
            "agent-activity",
            json!({
                "taskId": TASK, "activityType": "mcp_call", "agentName": "a", "skillName": "s",
                "skillPath": "/s", "mcpServer": "m", "mcpTool": "t",
            }),
            json!([event(
                "agent.activity.logged",
                "coordination",
                "MCP call",
                None,
                json!({
                    "activityType": "mcp_call", "agentName": "a", "skillName": "s",
                    "skillPath": "/s", "mcpServer": "m", "mcpTool": "t",
                }),
            )]),
        ),
        example(
            "async-task",
            json!({
                "taskId": TASK, "asyncTaskId": "a", "asyncStatus": "running", "description": "d",
                "agent": "Explore", "category": "c", "parentSessionId": "ps", "durationMs": 5,
            }),
            json!([event(
                "action.logged",
                "background",
                "Async task running",
                Some("d"),
                json!({
                    "asyncTaskId": "a", "asyncStatus": "running", "description": "d",
                    "asyncAgent": "Explore", "asyncCategory": "c", "parentSessionId": "ps",
                    "asyncDurationMs": 5,
                }),
            )]),
        ),
    ]
}
