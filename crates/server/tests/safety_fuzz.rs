//! Nonsense at every door: it is refused, and the server goes on.

use agent_tracer_core::wire::request::PostRoute;
use serde_json::{Map, Value, json};

use crate::support::{Host, Request, Seeded, keys};

const ROUNDS: usize = 3_000;
const FIELDS: &[&str] = &[
    "taskId",
    "sessionId",
    "title",
    "body",
    "metadata",
    "filePaths",
    "lane",
    "toolName",
    "command",
    "action",
    "result",
    "status",
    "ruleId",
    "severity",
    "asyncTaskId",
    "asyncStatus",
    "durationMs",
    "activityType",
    "messageId",
    "captureMode",
    "source",
    "phase",
    "questionId",
    "questionPhase",
    "todoId",
    "todoState",
    "sequence",
    "parentEventId",
    "relatedEventIds",
    "relationType",
    "runtimeSource",
    "runtimeSessionId",
    "completeTask",
    "completionReason",
    "parentTaskId",
    "backgroundCompletions",
    "errorMessage",
    "displayTitle",
    "eventId",
    "note",
    "taskKind",
    "workspacePath",
    "summary",
    "session_id",
    "hook_event_name",
    "tool_name",
    "tool_input",
    "tool_use_id",
    "tool_response",
    "prompt",
    "prompt_id",
    "agent_id",
    "cwd",
    "reason",
];
const TEXTS: &[&str] = &[
    "t",
    "u",
    "none",
    "",
    " ",
    "finished",
    "..",
    "raw",
    "running",
    "asked",
    "added",
    "idle",
    "completed",
    "search",
    "implements",
    "user",
    "PreToolUse",
    "PostToolUse",
    "Stop",
    "SessionStart",
    "SessionEnd",
    "SubagentStop",
    "UserPromptSubmit",
    "PostToolBatch",
    "Bash",
    "Edit",
    "Task",
    "TodoWrite",
    "AskUserQuestion",
    "\u{0}",
    "'; DROP TABLE tasks; --",
    "\u{202e}🦀",
    "9223372036854775808",
    "-1",
    "2026-11-24T00:00:00.000Z",
    "<script>",
    "%s%n",
    "/a/b.rs",
];

fn value(seeded: &mut Seeded, depth: usize) -> Value {
    match seeded.below(if depth == 0 { 7 } else { 10 }) {
        0 => Value::Null,
        1 => seeded.below(2).eq(&0).into(),
        2 => json!(-1),
        3 => json!(1.5e300),
        4 => json!(u64::MAX),
        7 => (0..seeded.below(4))
            .map(|_| value(seeded, depth - 1))
            .collect(),
        8 => object(seeded, depth - 1),
        _ => seeded.of(TEXTS).into(),
    }
}

fn object(seeded: &mut Seeded, depth: usize) -> Value {
    let count = seeded.below(12);
    let fields = (0..count).map(|_| (seeded.of(FIELDS).to_owned(), value(seeded, depth)));
    Value::Object(fields.collect::<Map<_, _>>())
}

fn body(seeded: &mut Seeded) -> Vec<u8> {
    let mut body = object(seeded, 3);
    if seeded.below(2) == 0 {
        body["taskId"] = seeded.of(&["t", "u"]).into();
        body["session_id"] = seeded.of(&["s", "r"]).into();
    }
    let mut body = body.to_string().into_bytes();
    match seeded.below(8) {
        0 => body.truncate(seeded.below(body.len() + 1)),
        1 => {
            let place = seeded.below(body.len());
            body[place] = u8::try_from(seeded.below(256)).unwrap();
        }
        _ => {}
    }
    body
}

fn path(seeded: &mut Seeded, posts: &[String]) -> String {
    const PATHS: &[&str] = &[
        "/",
        "/ws",
        "/health",
        "/login",
        "/api/tasks",
        "/api/tasks/finished",
        "/api/overview",
        "/api/bookmarks",
        "/api/bookmarks/none",
        "/api/events/none",
        "/api/none",
        "/hooks/claude-code",
        "/hooks/nobody",
        "/api/tasks/t",
        "/api/tasks/u",
        "/api/tasks/%ff",
        "/api/tasks/t/observability",
        "/api/tasks/finished?before=2026-01-01T00:00:00Z",
        "/api/trash",
        "/api/tasks/none/observability",
        "/assets/x.js",
    ];
    const QUERIES: &[&str] = &[
        "",
        "?",
        "?limit=1",
        "?limit=x",
        "?before=1-1",
        "?before=-",
        "?cut=0&limit=1",
        "?limit=18446744073709551616",
        "?before=9223372036854775807-%27&limit=3",
        "?taskId=t",
        "?limit=1&limit=2",
        "?%ff=%ff",
        "?taskId=%ff",
        "?before=-9223372036854775808-x&limit=2",
    ];
    if seeded.below(2) == 0 {
        posts[seeded.below(posts.len())].clone()
    } else {
        format!("{}{}", seeded.of(PATHS), seeded.of(QUERIES))
    }
}

#[tokio::test]
async fn nonsense_is_refused_and_harms_nothing() {
    let host = Host::start().await;
    host.task("t").await;
    host.task("u").await;
    let posts: Vec<String> = PostRoute::ALL
        .iter()
        .map(|route| format!("/api/{}", route.path))
        .chain(
            [
                "/hooks/claude-code",
                "/api/tasks/restore",
                "/api/tasks/t/restore",
            ]
            .map(str::to_owned),
        )
        .collect();
    let mut seeded = Seeded::new(31);
    let mut good = 0;
    for round in 0..ROUNDS {
        let path = path(&mut seeded, &posts);
        let method = if posts.contains(&path) {
            "POST"
        } else {
            seeded.of(&[
                "GET", "GET", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS", "PUT",
            ])
        };
        let mut request = Request::new(method, &path).body(body(&mut seeded));
        if seeded.below(8) == 0 {
            request = request.chunked();
        }
        let answer = host.send(request.clone()).await;
        assert!(
            answer.status < 500,
            "round {round}: {request:?}: {}",
            answer.text()
        );
        if answer.status >= 400 && method != "HEAD" {
            assert_eq!(
                keys(&answer.json()),
                ["code", "error"],
                "round {round}: {request:?}"
            );
        }
        good += usize::from(answer.status == 200);
        if answer.status == 200 && method == "DELETE" {
            host.task("t").await;
            host.task("u").await;
        }
    }
    assert!(good > ROUNDS / 20, "some nonsense makes sense: {good}");
    assert_eq!(host.read("/health").await["ok"], true);
    let listed = host.read("/api/tasks").await;
    for task in listed["tasks"].as_array().unwrap() {
        let path = format!("/api/tasks/{}", task["id"].as_str().unwrap());
        host.read(&path).await;
        host.read(&format!("{path}/observability")).await;
    }
}
