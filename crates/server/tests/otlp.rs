//! OTLP over HTTP: what agents really sent, and what nobody should send.

use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use serde_json::{Value, json};

use crate::recorded::{deliver, recorded};
use crate::support::{Answer, Host, Request, keys, text};

const JSON: &str = "application/json";
const PROTOBUF: &str = "application/x-protobuf";

/// A body that an agent sent: where to, in which encoding, what.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) path: String,
    encoding: String,
    pub(crate) body: Vec<u8>,
}

/// The bodies of a recorded session, in the order they came.
pub(crate) fn sent(session: &str) -> Vec<Sent> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let folder = folder.join(format!("{session}.otlp"));
    let index = std::fs::read_to_string(folder.join("index.jsonl")).unwrap();
    let read = |line: &str| {
        let entry: Value = serde_json::from_str(line).unwrap();
        let headers = &entry["headers"];
        let encoding = headers.get("content-type").or(headers.get("Content-Type"));
        Sent {
            path: text(&entry["path"]),
            encoding: text(encoding.unwrap()),
            body: std::fs::read(folder.join(text(&entry["file"]))).unwrap(),
        }
    };
    index.lines().map(read).collect()
}

impl Sent {
    fn request(&self) -> Request {
        Request::new("POST", &self.path)
            .header("content-type", &self.encoding)
            .body(self.body.clone())
    }
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

async fn take(host: &Host, sent: &Sent, request: Request) {
    let answer = host.send(request).await;
    assert_eq!(answer.status, 200, "{} {}", sent.path, answer.text());
    let content_type = answer.header("content-type");
    assert_eq!(content_type, Some(sent.encoding.as_str()));
    match sent.encoding.as_str() {
        JSON => assert_eq!(answer.json(), json!({})),
        _ => assert!(answer.body.is_empty(), "nothing was rejected"),
    }
}

/// Makes the session of an agent known; gives its task.
pub(crate) async fn attach(host: &Host, source: &str, session: &str) -> String {
    let ensure = json!({ "runtimeSource": source, "runtimeSessionId": session, "title": "A task" });
    text(&host.api("runtime-session-ensure", &ensure).await["taskId"])
}

async fn usage(host: &Host, task: &str) -> Value {
    host.read(&format!("/api/tasks/{task}/usage")).await["usage"].clone()
}

fn counts(usage: &Value) -> [i64; 5] {
    let names = [
        "requests",
        "inputTokens",
        "cacheReadTokens",
        "cacheCreationTokens",
        "outputTokens",
    ];
    names.map(|name| usage[name].as_i64().unwrap())
}

#[tokio::test]
async fn what_agents_sent_is_counted_once() {
    let sessions = [
        (
            "claude-code",
            "task-list",
            "4f556e3d-508b-4dd8-b4c3-dbc9446fbd9b",
            [9, 12_987, 135_000, 3_780, 540],
        ),
        (
            "codex",
            "resume",
            "01a20ada-e0a8-7591-9465-2c48291c5dc8",
            [4, 5_188, 60_000, 0, 240],
        ),
        (
            "copilot-cli",
            "continue",
            "a361432d-215d-443d-b428-015b48b34e0b",
            [4, 5_299, 60_000, 0, 240],
        ),
        (
            "gemini-cli",
            "first-edit",
            "93766808-1981-4f31-93cb-3879e502cdc2",
            [6, 7_949, 90_000, 0, 360],
        ),
    ];
    for (agent, name, session, expected) in sessions {
        let host = Host::start().await;
        let all = sent(&format!("{agent}/{name}"));
        for sent in &all {
            take(&host, sent, sent.request()).await;
        }
        let waits = host.read("/api/usage").await;
        assert!(
            waits["usage"]["waiting"].as_i64() >= Some(expected[0]),
            "{agent}"
        );
        let task = attach(&host, agent, session).await;
        assert_eq!(
            counts(&usage(&host, &task).await["total"]),
            expected,
            "{agent}"
        );
        for sent in &all {
            let packed = sent.request().body(gzip(&sent.body));
            take(&host, sent, packed.header("content-encoding", "gzip")).await;
            take(&host, sent, sent.request().chunked()).await;
        }
        assert_eq!(
            counts(&usage(&host, &task).await["total"]),
            expected,
            "{agent}, again"
        );
        let shown = host.read(&format!("/api/tasks/{task}?limit=1")).await;
        assert_eq!(counts(&shown["task"]["usage"]), expected);
        host.stop().await;
    }
}

#[tokio::test]
async fn usage_is_told_of_each_side_of_a_task() {
    let host = Host::start().await;
    for call in recorded(("claude-code", "explore-subagent")) {
        deliver(&host, &call).await;
    }
    for sent in sent("claude-code/explore-subagent") {
        take(&host, &sent, sent.request()).await;
    }
    let listed = host.read("/api/tasks").await;
    let main = listed["tasks"].as_array().unwrap().iter();
    let main = main.clone().find(|task| task["parentTaskId"].is_null());
    let told = usage(&host, &text(&main.unwrap()["id"])).await;
    assert_eq!(counts(&told["total"])[0], 3);
    assert_eq!(told["subagents"].as_array().unwrap().len(), 1);
    assert_eq!(counts(&told["subagents"][0]["usage"])[0], 3);
    let prompts = told["prompts"].as_array().unwrap().iter();
    let prompts: Vec<_> = prompts.map(|it| counts(&it["usage"])[0]).collect();
    assert_eq!(prompts, [2, 1]);
    assert_eq!(told["models"][0]["model"], "claude-sonnet-4-5");
    assert_eq!(
        told["total"]["costMicros"],
        told["total"]["reportedCostMicros"]
    );
    let series = told["series"].as_array().unwrap();
    assert_eq!(series.len(), 3);
    assert!(series.iter().all(|answer| answer["subagent"].is_null()));
    let last = &told["context"];
    assert_eq!(last["tokens"], 16_849);
    assert_eq!(last["window"], 200_000);
    assert_eq!(last["at"], series[2]["at"]);
    let report = host.read("/api/usage?from=1970-01-01&to=9999-12-30").await;
    assert_eq!(counts(&report["usage"]["total"])[0], 6);
    assert_eq!(report["usage"]["total"]["costMicros"], 66_210);
    assert!(report["telemetry"]["records"].as_i64() > report["telemetry"]["used"].as_i64());
}

/// A log record of Claude Code, with an answer of its own.
fn answer(request: &str, day: &str) -> Value {
    let attribute = |key: &str, value: Value| json!({ "key": key, "value": value });
    json!({
        "timeUnixNano": "1795478349272000000",
        "body": { "stringValue": "claude_code.api_request" },
        "attributes": [
            attribute("session.id", json!({ "stringValue": "s" })),
            attribute("request_id", json!({ "stringValue": request })),
            attribute("event.timestamp", json!({ "stringValue": format!("{day}T12:00:00Z") })),
            attribute("model", json!({ "stringValue": "mock-1" })),
            attribute("input_tokens", json!({ "intValue": "100" })),
            attribute("output_tokens", json!({ "stringValue": "5" })),
        ],
    })
}

pub(crate) fn logs(records: &[Value]) -> Value {
    json!({ "resourceLogs": [{ "scopeLogs": [{ "logRecords": records }] }] })
}

#[tokio::test]
async fn days_are_asked_for_by_their_names() {
    let host = Host::start().await;
    attach(&host, "claude-code", "s").await;
    let body = logs(&[
        answer("a", "2024-02-28"),
        answer("b", "2024-02-29"),
        answer("c", "2024-03-01"),
    ]);
    host.post("/v1/logs", &body).await.ok();
    let report = host.read("/api/usage?from=2024-02-29&to=2024-03-01").await;
    let days = report["usage"]["days"].as_array().unwrap().iter();
    let days: Vec<_> = days.map(|day| text(&day["day"])).collect();
    assert_eq!(days, ["2024-03-01", "2024-02-29"]);
    let total = &report["usage"]["total"];
    assert_eq!(
        (total["unpricedTokens"].as_i64(), total.get("costMicros")),
        (Some(210), None)
    );
    for bad in [
        "from=yesterday",
        "to=2024-13-01",
        "from=2024-02-29T00:00:00Z",
    ] {
        let answer = host.get(&format!("/api/usage?{bad}")).await;
        assert_eq!(answer.refused(400), "invalid_request", "{bad}");
    }
    assert_eq!(
        host.get("/api/tasks/nowhere/usage").await.refused(404),
        "task_not_found"
    );
}

#[tokio::test]
async fn a_record_that_makes_no_sense_does_not_take_the_others_with_it() {
    let host = Host::start().await;
    let task = attach(&host, "claude-code", "s").await;
    let body = logs(&[json!(1), answer("a", "2024-02-28"), Value::Null]);
    let partial = host.post("/v1/logs", &body).await.ok();
    assert_eq!(partial["partialSuccess"]["rejectedLogRecords"], "2");
    assert_eq!(counts(&usage(&host, &task).await["total"])[0], 1);
}

#[tokio::test]
async fn a_failed_request_is_noted_once_where_its_session_is_known() {
    let host = Host::start().await;
    let secret = format!("sk-ant-api03-{}AA", "Ab1_".repeat(23));
    let error = format!("overloaded, asked with {secret}");
    let failed = json!({
        "body": { "stringValue": "claude_code.api_error" },
        "attributes": [
            { "key": "session.id", "value": { "stringValue": "s" } },
            { "key": "event.sequence", "value": { "intValue": 9 } },
            { "key": "status_code", "value": { "stringValue": "529" } },
            { "key": "attempt", "value": { "stringValue": "4" } },
            { "key": "error", "value": { "stringValue": error } },
        ],
    });
    let body = logs(&[failed]);
    host.post("/v1/logs", &body).await.ok();
    let task = attach(&host, "claude-code", "s").await;
    assert_eq!(
        host.events(&task).await.len(),
        0,
        "it is not kept for later"
    );
    for _ in 0..2 {
        host.post("/v1/logs", &body).await.ok();
    }
    let events = host.events(&task).await;
    assert_eq!(events.len(), 1);
    assert_eq!(
        events[0]["title"],
        "Request to the model failed: 529 (attempt 4)"
    );
    let body = text(&events[0]["body"]);
    assert!(body.starts_with("overloaded, asked with ") && !body.contains(&secret));
}

/// Checks a refusal in the shape that the protocol asks for.
#[track_caller]
fn refused(answer: &Answer, status: u16, code: i64) {
    assert_eq!(answer.status, status, "{}", answer.text());
    let body = answer.json();
    assert_eq!(keys(&body), ["code", "message"]);
    assert_eq!(body["code"], code);
    assert!(!text(&body["message"]).is_empty());
}

#[tokio::test]
async fn what_is_no_otlp_is_refused_as_the_protocol_asks() {
    let host = Host::start().await;
    let post = |encoding: &str, body: &[u8]| {
        let request = Request::new("POST", "/v1/logs").header("content-type", encoding);
        request.body(body.to_vec())
    };
    for body in ["", "{", "[]", "3", r#"{"resourceLogs":{}}"#] {
        refused(&host.send(post(JSON, body.as_bytes())).await, 400, 3);
    }
    refused(&host.send(post("text/plain", b"{}")).await, 415, 3);
    refused(
        &host.send(Request::new("POST", "/v1/logs").body("{}")).await,
        415,
        3,
    );
    let brotli = post(JSON, b"{}").header("content-encoding", "br");
    refused(&host.send(brotli).await, 415, 3);
    let torn = post(JSON, &gzip(b"{}")[..12]).header("content-encoding", "gzip");
    refused(&host.send(torn).await, 400, 3);
    let answer = host.send(post(PROTOBUF, &[0xff; 40])).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (400, Some(PROTOBUF))
    );
    assert!(
        answer.body.starts_with(&[0x08, 0x03, 0x12]),
        "a code and a message"
    );
    let charset = post("application/json; charset=utf-8", b"{}");
    assert_eq!(host.send(charset).await.ok(), json!({}));
    assert_eq!(
        host.get("/v1/logs").await.refused(405),
        "method_not_allowed"
    );
    let foreign = post(JSON, b"{}").header("host", "evil.example");
    assert_eq!(host.send(foreign).await.refused(403), "foreign_host");
}

#[tokio::test]
async fn what_inflates_without_end_is_stopped() {
    let host = Host::start().await;
    let bomb = vec![b' '; 64 << 20];
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(&bomb).unwrap();
    for (encoding, body) in [("gzip", gzip(&bomb)), ("deflate", zlib.finish().unwrap())] {
        assert!(body.len() < 1 << 20);
        let request = Request::new("POST", "/v1/traces").header("content-type", JSON);
        let request = request.header("content-encoding", encoding).body(body);
        refused(&host.send(request).await, 413, 3);
    }
    let small = gzip(json!({}).to_string().as_bytes());
    let request = Request::new("POST", "/v1/traces").header("content-type", JSON);
    let request = request.header("content-encoding", "gzip").body(small);
    assert_eq!(host.send(request).await.ok(), json!({}));
}

#[tokio::test]
async fn several_megabytes_are_taken() {
    let host = Host::start().await;
    let task = attach(&host, "claude-code", "s").await;
    let noise = json!({ "body": { "stringValue": "x".repeat(10_000) }, "attributes": [] });
    let mut records = vec![noise; 600];
    records.push(answer("a", "2024-02-28"));
    host.post("/v1/logs", &logs(&records)).await.ok();
    assert_eq!(counts(&usage(&host, &task).await["total"])[0], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_asks_to_come_again() {
    let host = Host::start().await;
    host.task("t").await;
    let blocker = rusqlite::Connection::open(host.folder.path().join("agent-tracer.sqlite"));
    let blocker = blocker.unwrap();
    blocker.execute_batch("BEGIN IMMEDIATE").unwrap();
    let thought = json!({ "taskId": "t", "title": "x", "body": "x".repeat(15 << 20) });
    let post = Request::new("POST", "/api/thought").json(&thought);
    let mut sending = tokio::task::JoinSet::new();
    for _ in 0..3 {
        let (post, address) = (post.clone(), host.address);
        sending.spawn(async move { post.send(address).await });
    }
    // The third is refused once the two before it have taken their places.
    assert_eq!(sending.join_next().await.unwrap().unwrap().status, 503);
    let many: Vec<_> = (0..6_000)
        .map(|id| answer(&id.to_string(), "2024-02-28"))
        .collect();
    let answer = host.post("/v1/logs", &logs(&many)).await;
    refused(&answer, 503, 14);
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert_eq!(
        host.post("/v1/logs", &logs(&[])).await.status,
        200,
        "there is nothing to store"
    );
    blocker.execute_batch("COMMIT").unwrap();
    while let Some(answer) = sending.join_next().await {
        answer.unwrap().ok();
    }
}
