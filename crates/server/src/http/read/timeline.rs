use std::convert::Infallible;
use std::time::{Duration, Instant};

use agent_tracer_core::command::Rejection;
use agent_tracer_core::ids::TaskId;
use agent_tracer_store::Read as _;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use serde_json::to_vec;
use tokio::sync::mpsc;

use crate::http::error::ApiError;
use crate::state::App;

/// How much is gathered before it is sent on.
const CHUNK_BYTES: usize = 64 << 10;
/// How many chunks may wait for a slow client.
const CHUNKS_WAITING_MAX: usize = 4;
/// How long one read of a timeline may hold its moment of the store.
const READ_MAX: Duration = Duration::from_secs(30);

/// A task with its whole timeline, as of one moment, without holding it in memory.
///
/// A read that takes too long (a client that does not take what it asked for) is broken off, and
/// with it the answer: it then ends without its closing brace, which no client can miss.
pub(super) async fn stream(app: &App, id: TaskId) -> Result<Response, ApiError> {
    let (chunks, mut sent) = mpsc::channel::<Bytes>(CHUNKS_WAITING_MAX);
    let reading = app.clone();
    let reader = tokio::spawn(async move {
        reading
            .read(move |reader| {
                let mut writer = Writer::new(chunks);
                let detail = reader.visit_timeline(&id, &mut |event| writer.event(&event))?;
                let Some(detail) = detail else {
                    return Ok(false);
                };
                if !writer.broken_off {
                    writer.end(&detail);
                }
                Ok(true)
            })
            .await
    });
    // The first chunk comes only if there is such a task.
    let Some(first) = sent.recv().await else {
        return match reader.await {
            Ok(Ok(_)) => Err(Rejection::TaskNotFound.into()),
            Ok(Err(error)) => Err(error.into()),
            Err(_) => Err(ApiError::invalid("the timeline could not be read")),
        };
    };
    let rest = stream::unfold((Some(first), sent), |(first, mut sent)| async move {
        let chunk = match first {
            Some(chunk) => Some(chunk),
            None => sent.recv().await,
        };
        chunk.map(|chunk| (Ok::<_, Infallible>(chunk), (None, sent)))
    });
    let mut response = Body::from_stream(rest).into_response();
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    Ok(response)
}

/// Writes `{"timeline":[…],"task":…,"sessions":[…],"children":[…]}` in chunks.
struct Writer {
    chunks: mpsc::Sender<Bytes>,
    chunk: Vec<u8>,
    events: usize,
    since: Instant,
    broken_off: bool,
}

impl Writer {
    fn new(chunks: mpsc::Sender<Bytes>) -> Self {
        Self {
            chunks,
            chunk: Vec::new(),
            events: 0,
            since: Instant::now(),
            broken_off: false,
        }
    }

    /// Writes one event; says whether to go on.
    fn event(&mut self, event: &agent_tracer_core::entity::Event) -> bool {
        self.chunk.extend_from_slice(if self.events == 0 {
            b"{\"timeline\":["
        } else {
            b","
        });
        self.events += 1;
        self.add(event);
        if self.chunk.len() >= CHUNK_BYTES {
            self.send();
        }
        self.broken_off |= self.since.elapsed() > READ_MAX;
        !self.broken_off
    }

    fn end(&mut self, detail: &agent_tracer_store::TaskDetail) {
        if self.events == 0 {
            self.chunk.extend_from_slice(b"{\"timeline\":[");
        }
        self.chunk.extend_from_slice(b"],\"task\":");
        self.add(&detail.task);
        self.chunk.extend_from_slice(b",\"sessions\":");
        self.add(&detail.sessions);
        self.chunk.extend_from_slice(b",\"children\":");
        self.add(&detail.children);
        self.chunk.push(b'}');
        self.send();
    }

    fn add(&mut self, value: &impl serde::Serialize) {
        match to_vec(value) {
            Ok(json) => self.chunk.extend_from_slice(&json),
            Err(error) => {
                tracing::error!(%error, "a row could not be encoded");
                self.broken_off = true;
            }
        }
    }

    fn send(&mut self) {
        let chunk = std::mem::take(&mut self.chunk);
        self.broken_off |= self.chunks.blocking_send(chunk.into()).is_err();
    }
}
