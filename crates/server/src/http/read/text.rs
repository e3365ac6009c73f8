use agent_tracer_core::command::Rejection;
use agent_tracer_core::entity::Event;
use agent_tracer_core::ids::EventId;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::Value;

use super::{asked, read_of};
use crate::http::error::ApiError;
use crate::http::path::InPath;
use crate::state::App;

#[derive(Deserialize)]
pub(crate) struct Field {
    /// `body`, or where the text is in the metadata: `output`, `toolInput.content`.
    field: String,
}

/// `GET /api/events/:eventId/text?field`: one text of an event, whole, as a file.
pub(crate) async fn text(
    State(app): State<App>,
    InPath(id): InPath,
    query: Result<Query<Field>, QueryRejection>,
) -> Result<Response, ApiError> {
    let field = asked(query)?.field;
    let read = app.read(move |reader| read_of(reader).event(&EventId::new(id)));
    let event = read.await?.ok_or(Rejection::EventNotFound)?;
    let text = text_at(event, &field).ok_or_else(|| {
        let message = format!("the event has no text at {field}");
        ApiError::new(StatusCode::NOT_FOUND, "no_such_text", message)
    })?;
    let mut response = text.into_response();
    // What an agent wrote is shown by nobody but the page: here it is a file to keep.
    for (name, value) in [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"agent-tracer.txt\"",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-cache"),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

fn text_at(event: Event, field: &str) -> Option<String> {
    if field == "body" {
        return event.body;
    }
    let mut steps = field.split('.');
    let first = event.metadata.get(steps.next()?)?;
    let found = steps.try_fold(first, |value, step| match value {
        Value::Object(fields) => fields.get(step),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    })?;
    match found {
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}
