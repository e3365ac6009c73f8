use agent_tracer_core::command::Rejection;
use agent_tracer_core::wire::follow::Topic;
use agent_tracer_store::{Read, Seq, StoreError};
use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::http::error::ApiError;
use crate::state::App;

/// A read model: which moment of which history it is, and what it holds.
#[derive(Serialize)]
pub(super) struct Answer<T> {
    epoch: String,
    seq: u64,
    #[serde(flatten)]
    model: T,
}

impl<T: Serialize> Answer<T> {
    pub(super) fn new(app: &App, seq: Seq, model: T) -> Self {
        Self {
            epoch: app.epoch.to_string(),
            seq: seq.0,
            model,
        }
    }
}

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self).into_response();
        revalidated(&mut response);
        response
    }
}

/// An answer is to be asked for again each time it is used.
fn revalidated(response: &mut Response) {
    let headers = response.headers_mut();
    let no_cache = HeaderValue::from_static("no-cache");
    headers.insert(header::CACHE_CONTROL, no_cache);
}

/// Names the version of an answer.
pub(super) fn tag(response: &mut Response, tag: &str) {
    revalidated(response);
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
}

/// The versions that a client has at hand.
pub(super) struct Known(Vec<String>);

impl Known {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let lists = headers.get_all(header::IF_NONE_MATCH).iter();
        let lists = lists.filter_map(|list| list.to_str().ok());
        let tags = lists.flat_map(|list| list.split(',')).map(str::trim);
        Self(tags.map(str::to_owned).collect())
    }

    fn has(&self, tag: &str) -> bool {
        let opaque = |tag: &str| tag.strip_prefix("W/").unwrap_or(tag).to_owned();
        let tag = opaque(tag);
        self.0.iter().any(|it| it == "*" || opaque(it) == tag)
    }
}

/// What a client that may know a version is to be told.
pub(super) enum Told<T> {
    /// What it knows is how it is.
    Same(String),
    /// This, and its version. The version is read first: were it read after the rows, it could
    /// name more than was told.
    New(String, T),
}

/// Reads a topic unless the client knows it as it is.
pub(super) fn unless_known<T>(
    reader: &dyn Read,
    epoch: &str,
    topic: &Topic,
    known: &Known,
    read: impl FnOnce(&dyn Read) -> Result<Option<T>, StoreError>,
) -> Result<Option<Told<T>>, StoreError> {
    let Some(version) = reader.version(topic)? else {
        return Ok(None);
    };
    // Weak: two answers of one version may name different moments.
    let tag = format!("W/\"{epoch}.{version}\"");
    if known.has(&tag) {
        return Ok(Some(Told::Same(tag)));
    }
    Ok(read(reader)?.map(|model| Told::New(tag, model)))
}

/// Answers with a read model of a topic: its rows, or 304 when the client has them.
pub(super) async fn of_topic<T: Serialize + Send + 'static>(
    app: &App,
    topic: Topic,
    headers: &HeaderMap,
    read: impl FnOnce(&dyn Read) -> Result<Option<(Seq, T)>, StoreError> + Send + 'static,
) -> Result<Response, ApiError> {
    let (epoch, known) = (app.epoch.clone(), Known::of(headers));
    let told = app.read(move |reader| unless_known(reader, &epoch, &topic, &known, read));
    let told = told.await?.ok_or(Rejection::TaskNotFound)?;
    Ok(match told {
        Told::Same(version) => same(&version),
        Told::New(version, (seq, model)) => {
            let mut response = Answer::new(app, seq, model).into_response();
            tag(&mut response, &version);
            response
        }
    })
}

/// What a client knows is how it is.
pub(super) fn same(version: &str) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    tag(&mut response, version);
    response
}
