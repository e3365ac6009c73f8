//! Secrets in telemetry.

use serde_json::{Value, json};

use crate::otlp::{attach, logs};
use crate::support::Host;

#[tokio::test]
async fn no_text_of_a_record_is_stored_with_a_secret() {
    let host = Host::start().await;
    let secret = format!("sk-ant-api03-{}AA", "Ab1_".repeat(23));
    let attribute = |key: &str, value: Value| json!({ "key": key, "value": value });
    let text_of = |text: &str| json!({ "stringValue": text });
    let answered = json!({
        "body": text_of("claude_code.api_request"),
        "attributes": [
            attribute("session.id", text_of("s")),
            attribute("model", text_of(&secret)),
            attribute("request_id", text_of(&secret)),
            attribute("input_tokens", json!({ "intValue": 3 })),
            attribute("output_tokens", json!({ "intValue": 4 })),
        ],
    });
    let task = attach(&host, "claude-code", "s").await;
    host.post("/v1/logs", &logs(&[answered])).await.ok();
    let used = host.read(&format!("/api/tasks/{task}/usage")).await;
    assert!(
        used.to_string().contains("[removed: Anthropic key]"),
        "{used}"
    );
    let folder = host.stop().await;
    for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
        let bytes = std::fs::read(file.path()).unwrap_or_default();
        let found = bytes
            .windows(secret.len())
            .any(|at| at == secret.as_bytes());
        assert!(!found, "{:?}", file.path());
    }
}
