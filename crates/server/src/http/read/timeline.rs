use std::convert::Infallible;
use std::time::{Duration, Instant};

use agent_tracer_core::command::Rejection;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::wire::follow::Topic;
use agent_tracer_store::{Read as _, Seq, TaskDetail};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use serde_json::to_vec;
use tokio::sync::mpsc;

use super::answer::{Known, Told, same, tag, unless_known};
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
pub(super) async fn stream(
    app: &App,
    id: TaskId,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    let (epoch, known, topic) = (
        app.epoch.clone(),
        Known::of(headers),
        Topic::Task(id.clone()),
    );
    let read =
        app.read(move |reader| unless_known(reader, &epoch, &topic, &known, |_| Ok(Some(()))));
    let version = match read.await?.ok_or(Rejection::TaskNotFound)? {
        Told::Same(version) => return Ok(same(&version)),
        Told::New(version, ()) => version,
    };
    let epoch = app.epoch.clone();
    let (chunks, mut sent) = mpsc::channel::<Bytes>(CHUNKS_WAITING_MAX);
    let reading = app.clone();
    let reader = tokio::spawn(async move {
        reading
            .read(move |reader| {
                let mut writer = Writer::new(chunks);
                let detail = reader.visit_timeline(&id, &mut |event| writer.event(&event))?;
                let Some((seq, detail)) = detail else {
                    return Ok(false);
                };
                if !writer.broken_off {
                    writer.end(&detail, &epoch, seq);
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
    tag(&mut response, &version);
    Ok(response)
}

/// Writes `{"timeline":[…],"task":…,"sessions":[…],"children":[…],"epoch":…,"seq":…}` in chunks.
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

    fn end(&mut self, detail: &TaskDetail, epoch: &str, seq: Seq) {
        if self.events == 0 {
            self.chunk.extend_from_slice(b"{\"timeline\":[");
        }
        self.chunk.extend_from_slice(b"],\"task\":");
        self.add(&detail.task);
        self.chunk.extend_from_slice(b",\"sessions\":");
        self.add(&detail.sessions);
        self.chunk.extend_from_slice(b",\"children\":");
        self.add(&detail.children);
        self.chunk.extend_from_slice(b",\"epoch\":");
        self.add(&epoch);
        self.chunk.extend_from_slice(b",\"seq\":");
        self.add(&seq.0);
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
