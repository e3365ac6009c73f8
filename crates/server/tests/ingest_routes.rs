//! Every `POST` route: what it answers and what it stores.

use agent_tracer_core::wire::request::PostRoute;
use serde_json::{Value, json};

use crate::support::{Host, keys, text, without};

/// A request to a route, what its answer holds, and the events it stores.
struct Example {
    route: &'static str,
    request: Value,
    answer: &'static [&'static str],
    stored: Value,
}

const ENVELOPE: &[&str] = &["events", "sessionId", "task"];
const TASK: &str = "t";

fn example(route: &'static str, request: Value, stored: Value) -> Example {
    Example {
        route,
        request,
        answer: ENVELOPE,
        stored,
    }
}

fn answering(answer: &'static [&'static str], example: Example) -> Example {
    Example { answer, ..example }
}

/// An event without what differs from run to run.
fn event(kind: &str, lane: &str, title: &str, body: Option<&str>, metadata: Value) -> Value {
    let mut metadata = metadata;
    let fields = metadata.as_object_mut().unwrap();
    fields.entry("filePaths").or_insert_with(|| json!([]));
    let mut event = json!({ "kind": kind, "lane": lane, "title": title, "metadata": metadata });
    if let Some(body) = body {
        event["body"] = body.into();
    }
    event
}

fn lifecycle() -> Vec<Example> {
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

fn tools() -> Vec<Example> {
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

fn actions() -> Vec<Example> {
    vec![
        example(
            "plan",
            json!({ "taskId": TASK, "action": "outline" }),
            json!([event(
                "plan.logged",
                "planning",
                "outline",
                None,
                json!({ "action": "outline" })
            )]),
        ),
        example(
            "action",
            json!({ "taskId": TASK, "action": "readFile", "title": "Look" }),
            json!([event(
                "action.logged",
                "exploration",
                "Look",
                None,
                json!({ "action": "readFile" })
            )]),
        ),
        example(
            "verify",
            json!({ "taskId": TASK, "action": "run tests", "result": "All passed" }),
            json!([event(
                "verification.logged",
                "implementation",
                "run tests",
                Some("All passed"),
                json!({ "action": "run tests", "result": "All passed", "verificationStatus": "pass" }),
            )]),
        ),
        example(
            "rule",
            json!({
                "taskId": TASK, "action": "check", "ruleId": "no-any", "severity": "high",
                "status": "violated",
            }),
            json!([event(
                "rule.logged",
                "implementation",
                "check",
                Some("no-any · high · violated"),
                json!({
                    "action": "check", "ruleId": "no-any", "severity": "high",
                    "ruleStatus": "violated", "ruleSource": "rule-guard",
                }),
            )]),
        ),
    ]
}

fn talk() -> Vec<Example> {
    let said = json!({ "messageId": "m", "source": "s" });
    let model = json!({ "modelName": "m", "modelProvider": "p" });
    let with = |base: &Value, more: Value| {
        let mut all = base.clone();
        all.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        all
    };
    vec![
        example(
            "user-message",
            with(
                &said,
                json!({
                    "taskId": TASK, "sessionId": "(session)", "captureMode": "raw", "title": "Hello",
                    "body": "See `src/a.rs`",
                }),
            ),
            json!([event(
                "user.message",
                "user",
                "Hello",
                Some("See `src/a.rs`"),
                with(
                    &said,
                    json!({
                        "captureMode": "raw", "contractVersion": "1", "phase": "initial",
                        "filePaths": ["src/a.rs"],
                    })
                ),
            )]),
        ),
        answering(
            &["events", "task"],
            example(
                "assistant-response",
                with(&said, json!({ "taskId": TASK, "title": "Hi" })),
                json!([event(
                    "assistant.response",
                    "user",
                    "Hi",
                    None,
                    said.clone()
                )]),
            ),
        ),
        example(
            "question",
            with(
                &model,
                json!({
                    "taskId": TASK, "questionId": "q", "questionPhase": "asked", "title": "Which?",
                    "sequence": 1,
                }),
            ),
            json!([event(
                "question.logged",
                "questions",
                "Which?",
                None,
                with(
                    &model,
                    json!({ "questionId": "q", "questionPhase": "asked", "sequence": 1 })
                ),
            )]),
        ),
        example(
            "todo",
            json!({ "taskId": TASK, "todoId": "d", "todoState": "added", "title": "Do", "sequence": 0 }),
            json!([event(
                "todo.logged",
                "todos",
                "Do",
                None,
                json!({ "todoId": "d", "todoState": "added", "sequence": 0 }),
            )]),
        ),
        example(
            "thought",
            with(
                &model,
                json!({ "taskId": TASK, "title": "Hm", "body": "Well" }),
            ),
            json!([event(
                "thought.logged",
                "planning",
                "Hm",
                Some("Well"),
                model.clone()
            )]),
        ),
    ]
}

#[tokio::test]
async fn every_route_answers_and_stores_what_the_contract_says() {
    let mut examples = [lifecycle(), tools(), actions(), talk()].concat_all();
    for route in PostRoute::ALL {
        let place = examples
            .iter()
            .position(|example| example.route == route.path);
        let place = place.unwrap_or_else(|| panic!("no example for /api/{}", route.path));
        check(examples.swap_remove(place)).await;
    }
    assert!(examples.is_empty(), "an example for no route");
}

trait ConcatAll<T> {
    fn concat_all(self) -> Vec<T>;
}

impl<T, const N: usize> ConcatAll<T> for [Vec<T>; N] {
    fn concat_all(self) -> Vec<T> {
        self.into_iter().flatten().collect()
    }
}

async fn check(example: Example) {
    let host = Host::start().await;
    let session = host.task(TASK).await;
    let mut request = example.request;
    if request["sessionId"] == "(session)" {
        request["sessionId"] = session.clone().into();
    }
    let answer = host.api(example.route, &request).await;
    assert_eq!(keys(&answer), example.answer, "{}", example.route);
    let events = host.events(TASK).await;
    let varying = ["id", "taskId", "sessionId", "createdAt", "classification"];
    let stored = without(&Value::from(events.clone()), &varying);
    let wanted = without(&example.stored, &["taskId"]);
    assert_eq!(stored, wanted, "{}", example.route);
    for event in &events {
        let mut known = vec![
            "classification",
            "createdAt",
            "id",
            "kind",
            "lane",
            "metadata",
        ];
        known.extend(["taskId", "title"]);
        known.extend(event.get("body").map(|_| "body"));
        known.extend((example.route != "assistant-response").then_some("sessionId"));
        known.sort_unstable();
        assert_eq!(keys(event), known, "{}", example.route);
        assert_eq!(event["classification"]["lane"], event["lane"]);
    }
    if let Some(named) = answer.get("events") {
        let of_event = |event: &Value| json!({ "id": event["id"], "kind": event["kind"] });
        let stored: Vec<Value> = events.iter().map(of_event).collect();
        assert_eq!(*named, Value::from(stored), "{}", example.route);
    }
    if example.answer.contains(&"task") {
        assert_eq!(text(&answer["task"]["id"]), TASK);
    }
    host.stop().await;
}
