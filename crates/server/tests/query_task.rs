//! One task: exact fields, its timeline whole and in pages, its figures.

use serde_json::{Value, json};

use crate::support::{Host, is_time, keys, text};

#[tokio::test]
async fn a_task_has_its_timeline_sessions_and_children() {
    let host = Host::start().await;
    host.task("t").await;
    host.api(
        "task-start",
        &json!({ "taskId": "c", "title": "c", "parentTaskId": "t" }),
    )
    .await;
    let view = host.read("/api/tasks/t").await;
    let fields = ["children", "epoch", "seq", "sessions", "task", "timeline"];
    assert_eq!(keys(&view), fields);
    let wanted = [
        "createdAt",
        "displayTitle",
        "id",
        "lastActivityAt",
        "lastSessionStartedAt",
        "slug",
        "status",
        "taskKind",
        "title",
        "updatedAt",
    ];
    assert_eq!(keys(&view["task"]), wanted, "what is absent is left out");
    for time in [
        "createdAt",
        "updatedAt",
        "lastActivityAt",
        "lastSessionStartedAt",
    ] {
        assert!(is_time(&text(&view["task"][time])), "{time}");
    }
    assert_eq!(
        keys(&view["sessions"][0]),
        ["id", "startedAt", "status", "taskId"]
    );
    assert_eq!(view["children"][0]["id"], "c");
    let event = &view["timeline"][0];
    assert_eq!(keys(&event["classification"]), ["lane", "matches", "tags"]);
    assert_eq!(
        host.get("/api/tasks/none").await.refused(404),
        "task_not_found"
    );
    assert_eq!(
        host.get("/api/tasks/none?limit=1").await.refused(404),
        "task_not_found"
    );
}

#[tokio::test]
async fn a_match_of_the_registry_has_its_fields() {
    let host = Host::start().await;
    host.task("t").await;
    host.api("action", &json!({ "taskId": "t", "action": "readFile" }))
        .await;
    let events = host.events("t").await;
    let found = json!({
        "ruleId": "action-registry", "source": "action-registry", "score": 7,
        "lane": "exploration",
    });
    let matched = &events[0]["classification"]["matches"][0];
    assert_eq!(
        keys(matched),
        ["lane", "reasons", "ruleId", "score", "source", "tags"]
    );
    for field in ["ruleId", "source", "lane"] {
        assert_eq!(matched[field], found[field]);
    }
    assert_eq!(keys(&matched["reasons"][0]), ["kind", "value"]);
    assert_eq!(
        matched["reasons"][0],
        json!({ "kind": "action-prefix", "value": "read" })
    );
}

// spec: H3
#[tokio::test]
async fn a_timeline_in_pages_is_the_whole_one() {
    let host = Host::start().await;
    host.task("t").await;
    for number in 0..30 {
        let edit = json!({ "taskId": "t", "toolName": format!("{number}"), "filePaths": ["/a"] });
        host.api("tool-used", &edit).await;
    }
    let whole = host.read("/api/tasks/t").await;
    let all = whole["timeline"].as_array().unwrap();
    assert_eq!(all.len(), 61);
    for limit in [1, 10, 60, 61, 5_000] {
        let mut events: Vec<Value> = Vec::new();
        let mut before = String::new();
        loop {
            let page = host
                .read(&format!("/api/tasks/t?limit={limit}{before}"))
                .await;
            for field in ["task", "sessions", "children"] {
                assert_eq!(page[field], whole[field]);
            }
            let older = page["timeline"].as_array().unwrap().iter().cloned();
            events = older.chain(events).collect();
            let Some(next) = page.get("before") else {
                break;
            };
            before = format!("&before={}", text(next));
        }
        assert_eq!(events, *all, "{limit} at a time");
    }
}

#[tokio::test]
async fn a_large_timeline_is_streamed() {
    let host = Host::start().await;
    host.task("t").await;
    let body = "é\n\"".repeat(100_000);
    for _ in 0..5 {
        host.api(
            "thought",
            &json!({ "taskId": "t", "title": "x", "body": body }),
        )
        .await;
    }
    let answer = host.get("/api/tasks/t").await;
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("content-length"), None);
    let view = answer.ok();
    let bodies = view["timeline"].as_array().unwrap().iter().skip(1);
    assert!(bodies.clone().all(|event| event["body"] == body.as_str()));
    assert_eq!(bodies.count(), 5);
}

#[tokio::test]
async fn long_texts_of_a_page_are_cut_on_request_and_whole_in_the_event() {
    let host = Host::start().await;
    host.task("t").await;
    let request = json!({
        "taskId": "t", "title": "x", "body": "é".repeat(10),
        "metadata": { "a": { "b": ["short", "y".repeat(30)] } },
    });
    let logged = host.api("thought", &request).await;
    let page = host.read("/api/tasks/t?limit=1&cut=11").await;
    let event = &page["timeline"][0];
    assert_eq!(event["body"], "é".repeat(5), "never within a character");
    assert_eq!(
        event["metadata"]["a"]["b"],
        json!(["short", "y".repeat(11)])
    );
    assert_eq!(event["metadata"]["cutAt"], 11);
    let path = format!("/api/events/{}", text(&logged["events"][0]["id"]));
    let whole = host.read(&path).await;
    assert_eq!(keys(&whole), ["event"]);
    assert_eq!(whole["event"]["body"], request["body"]);
    assert_eq!(whole["event"]["metadata"].get("cutAt"), None);
    let uncut = host.read("/api/tasks/t?limit=1&cut=30").await;
    assert_eq!(uncut["timeline"][0]["metadata"].get("cutAt"), None);
    assert_eq!(
        host.get("/api/events/none").await.refused(404),
        "event_not_found"
    );
}

#[tokio::test]
async fn the_figures_of_a_task_have_all_their_fields() {
    let host = Host::start().await;
    host.task("t").await;
    let edit = json!({ "taskId": "t", "toolName": "Edit", "filePaths": ["/a"] });
    host.api("tool-used", &edit).await;
    let view = host.read("/api/tasks/t/observability").await;
    assert_eq!(keys(&view), ["epoch", "observability", "seq"]);
    let figures = &view["observability"];
    let wanted = [
        "actionRegistryEligibleEventCount",
        "actionRegistryGapCount",
        "activeDurationMs",
        "focus",
        "phaseBreakdown",
        "sessions",
        "signals",
        "taskId",
        "toolDurationMs",
        "totalDurationMs",
        "totalEvents",
        "traceLinkCount",
        "traceLinkCoverageRate",
        "traceLinkEligibleEventCount",
        "traceLinkedEventCount",
    ];
    assert_eq!(
        keys(figures),
        wanted,
        "runtimeSource is left out: there is none"
    );
    let phases = figures["phaseBreakdown"].as_array().unwrap();
    let names: Vec<&Value> = phases.iter().map(|phase| &phase["phase"]).collect();
    assert_eq!(
        names,
        [
            "planning",
            "exploration",
            "implementation",
            "verification",
            "coordination"
        ]
    );
    assert_eq!(keys(&phases[0]), ["durationMs", "phase", "share"]);
    assert_eq!(
        figures["sessions"],
        json!({ "total": 1, "resumed": 0, "open": 1 })
    );
    let wanted = [
        "backgroundTransitions",
        "coordinationActivities",
        "exploredFiles",
        "followUpMessages",
        "questionClosureRate",
        "questionsAsked",
        "questionsClosed",
        "rawUserMessages",
        "terminalCommands",
        "thoughts",
        "todoCompletionRate",
        "todosAdded",
        "todosCompleted",
        "toolCalls",
        "verifications",
    ];
    assert_eq!(keys(&figures["signals"]), wanted);
    assert_eq!(figures["signals"]["toolCalls"], 1);
    assert_eq!(keys(&figures["focus"]), ["topFiles", "topTags"]);
    assert_eq!(keys(&figures["focus"]["topFiles"][0]), ["count", "path"]);
    assert_eq!(
        figures["traceLinkCount"], 1,
        "the changed file was caused by the edit"
    );
    assert_eq!(figures["totalEvents"], 3);
    let none = host.get("/api/tasks/none/observability").await;
    assert_eq!(none.refused(404), "task_not_found");
}
