//! The least server that still answers after a durable write: what the product is measured beside.
//!
//! One route, one table, one writer that puts whatever waits into one synced transaction. It does
//! none of the product's work, so the distance between the two is what that work costs.

use std::path::PathBuf;

use anyhow::Context as _;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};

/// As many requests as one transaction may hold.
const GROUP_MAX: usize = 512;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// The database, made where it is not there.
    #[arg(long)]
    db: PathBuf,
}

/// Serves until it is killed; the first line of its output holds the address.
pub(crate) fn serve(options: &Options) -> anyhow::Result<()> {
    let connection = open(&options.db)?;
    let (writer, waiting) = mpsc::channel(GROUP_MAX);
    std::thread::spawn(move || write(connection, waiting));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("http://{}", listener.local_addr()?);
        let routes = Router::new()
            .route("/bare", post(insert))
            .with_state(writer);
        axum::serve(listener, routes)
            .await
            .context("the bare server stopped")
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    task_id: String,
    title: String,
    body: String,
    metadata: Value,
}

struct Write {
    event: Event,
    answer: oneshot::Sender<bool>,
}

async fn insert(
    State(writer): State<mpsc::Sender<Write>>,
    Json(event): Json<Event>,
) -> Result<Json<Value>, StatusCode> {
    let (answer, committed) = oneshot::channel();
    let sent = writer.send(Write { event, answer }).await;
    if sent.is_ok() && committed.await == Ok(true) {
        return Ok(Json(json!({ "ok": true })));
    }
    Err(StatusCode::INTERNAL_SERVER_ERROR)
}

fn open(path: &std::path::Path) -> anyhow::Result<Connection> {
    let connection =
        Connection::open(path).with_context(|| format!("could not open {}", path.display()))?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         CREATE TABLE IF NOT EXISTS events (
             id INTEGER PRIMARY KEY, task_id TEXT, title TEXT, body TEXT, metadata TEXT
         );",
    )?;
    Ok(connection)
}

fn write(mut connection: Connection, mut waiting: mpsc::Receiver<Write>) {
    let mut group = Vec::new();
    while let Some(first) = waiting.blocking_recv() {
        group.push(first);
        while group.len() < GROUP_MAX
            && let Ok(next) = waiting.try_recv()
        {
            group.push(next);
        }
        let committed = commit(&mut connection, &group).is_ok();
        for write in group.drain(..) {
            // Whoever does not wait any more needs no answer.
            write.answer.send(committed).ok();
        }
    }
}

fn commit(connection: &mut Connection, group: &[Write]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    {
        let mut insert = transaction.prepare_cached(
            "INSERT INTO events (task_id, title, body, metadata) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for Write { event, .. } in group {
            let metadata = event.metadata.to_string();
            insert.execute((&event.task_id, &event.title, &event.body, metadata))?;
        }
    }
    transaction.commit()
}
