//! What happens at the bounds: a full queue, a full disk, the end of the server.

use agent_tracer_server::Server;
use agent_tracer_store::Database;
use serde_json::json;
use tokio::task::JoinSet;

use crate::support::{Connection, Host, Request, Socket, local, types};

/// A little less than half of what may wait.
const HALF: usize = 15 << 20;

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_writes_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::bind_with(local(&folder), |path| {
        let (database, writer) = Database::open(path)?;
        writer.limit_pages(150)?;
        Ok((database, writer))
    });
    let host = Host::run(server.await.unwrap(), folder);
    host.task("marks").await;
    let (mut socket, _) = Socket::join(&host).await;
    let note = |bytes: usize| json!({ "taskId": "marks", "title": "x", "body": "x".repeat(bytes) });
    let full = host.post("/api/thought", &note(2 << 20)).await;
    assert_eq!(full.refused(507), "disk_full");
    assert!(full.header("retry-after").is_some());
    assert_eq!(
        host.events("marks").await,
        Vec::<serde_json::Value>::new(),
        "nothing of it is stored"
    );
    let told = host.told(&mut socket, async {
        host.api("thought", &note(1)).await;
    });
    assert_eq!(
        types(&told.await),
        ["event.logged"],
        "what fits is stored and told"
    );
    let (_, snapshot) = Socket::join(&host).await;
    assert_eq!(snapshot["stats"]["totalEvents"], 2);
    assert_eq!(host.post("/api/thought", &note(2 << 20)).await.status, 507);
    host.read("/api/overview").await;
    assert_eq!(host.read("/health").await["storage"], "full");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_refuses_more_and_keeps_what_it_has() {
    let host = Host::start().await;
    host.task("t").await;
    let blocker = rusqlite::Connection::open(host.folder.path().join("agent-tracer.sqlite"));
    let blocker = blocker.unwrap();
    blocker.execute_batch("BEGIN IMMEDIATE").unwrap();
    let thought = json!({ "taskId": "t", "title": "x", "body": "x".repeat(HALF) });
    let post = Request::new("POST", "/api/thought").json(&thought);
    let mut sending = JoinSet::new();
    for _ in 0..3 {
        let (post, address) = (post.clone(), host.address);
        sending.spawn(async move { post.send(address).await });
    }
    // The writer is blocked, so the only answer there can be is a refusal.
    let refused = sending.join_next().await.unwrap().unwrap();
    assert_eq!(refused.refused(503), "busy");
    assert_eq!(refused.header("retry-after"), Some("1"));
    host.read("/api/overview").await;
    blocker.execute_batch("COMMIT").unwrap();
    while let Some(answer) = sending.join_next().await {
        answer.unwrap().ok();
    }
    assert_eq!(host.read("/api/overview").await["stats"]["totalEvents"], 3);
    host.api("thought", &thought).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_accepted_is_stored_before_the_server_ends() {
    let host = Host::start().await;
    host.task("t").await;
    let (mut socket, _) = Socket::join(&host).await;
    let address = host.address;
    let database = host.folder.path().join("agent-tracer.sqlite");
    let blocker = rusqlite::Connection::open(&database).unwrap();
    blocker.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut sending = JoinSet::new();
    for number in 0..20 {
        let thought = json!({ "taskId": "t", "title": format!("{number}") });
        let request = Request::new("POST", "/api/thought")
            .json(&thought)
            .bytes(address);
        let mut connection = Connection::open(address).await;
        connection.write(request);
        sending.spawn(async move { connection.answer(false).await });
    }
    // One that is accepted for certain: the server answers another after it on its connection.
    let mut accepted = Connection::open(address).await;
    accepted.write(Request::new("GET", "/health").bytes(address));
    accepted.answer(false).await.unwrap();
    let stopping = host.ask_to_stop();
    assert_eq!(
        u16::from(socket.farewell().await.unwrap().code),
        1001,
        "it stops"
    );
    blocker.execute_batch("COMMIT").unwrap();
    stopping.await.unwrap().unwrap();
    let mut answered = 0;
    while let Some(answer) = sending.join_next().await {
        if let Some(answer) = answer.unwrap() {
            answered += i64::from(answer.status == 200);
        }
    }
    let count = "SELECT count(*) FROM events WHERE kind = 'thought.logged'";
    let stored: i64 = blocker.query_row(count, (), |row| row.get(0)).unwrap();
    assert_eq!(stored, answered, "stored is what was answered");
    assert!(answered > 0);
}
