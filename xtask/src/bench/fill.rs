//! What a store holds before it is measured.

use serde_json::json;
use tokio::task::JoinSet;

use crate::bench::ingest::event;
use crate::bench::load::{Connection, request};

/// As many post at a time.
const CONNECTIONS: usize = 16;

/// Makes one task.
pub(super) async fn task(port: u16, id: &str) -> anyhow::Result<()> {
    Connection::open(port).await?.post(&start(port, id)).await
}

/// Makes tasks `PREFIX0`, `PREFIX1` and so on.
pub(super) async fn tasks(port: u16, prefix: &str, count: u32) -> anyhow::Result<()> {
    let starts = (0..count).map(|number| start(port, &format!("{prefix}{number}")));
    post(port, starts.collect()).await
}

/// Adds so many events to a task.
pub(super) async fn events(port: u16, task: &str, count: u32) -> anyhow::Result<()> {
    let request = tool_used(port, task);
    post(port, (0..count).map(|_| request.clone()).collect()).await
}

/// The request that adds an event of the usual size.
pub(super) fn tool_used(port: u16, task: &str) -> Vec<u8> {
    request(port, "/api/tool-used", &event(task))
}

/// The request that adds an event with a body of so many bytes.
pub(super) fn large_tool_used(port: u16, task: &str, bytes: usize) -> Vec<u8> {
    let body = json!({
        "taskId": task,
        "toolName": "Read",
        "title": "Read src/main.rs",
        "lane": "exploration",
        "body": "a line of a long file\n".repeat(bytes / 22 + 1),
    });
    request(port, "/api/tool-used", &body.to_string())
}

fn start(port: u16, id: &str) -> Vec<u8> {
    let body = json!({ "taskId": id, "title": format!("Mend what {id} is about") });
    request(port, "/api/task-start", &body.to_string())
}

async fn post(port: u16, requests: Vec<Vec<u8>>) -> anyhow::Result<()> {
    let mut shares = vec![Vec::new(); CONNECTIONS];
    for (number, request) in requests.into_iter().enumerate() {
        shares[number % CONNECTIONS].push(request);
    }
    let mut posting = JoinSet::new();
    for share in shares {
        posting.spawn(async move {
            let mut connection = Connection::open(port).await?;
            for request in share {
                connection.post(&request).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(ended) = posting.join_next().await {
        ended??;
    }
    Ok(())
}
