use agent_tracer_core::command::Rejection;
use agent_tracer_core::ids::EventId;
use agent_tracer_core::rows::PayloadRow;
use agent_tracer_core::time::Timestamp;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use serde_json::value::RawValue;

use super::read_of;
use crate::compression;
use crate::http::error::ApiError;
use crate::http::path::InPath;
use crate::state::App;

#[derive(Serialize)]
pub(crate) struct Payloads {
    payloads: Vec<Sent>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    received_at: Timestamp,
    hook_event: String,
    /// `null` if what is stored of it cannot be read.
    payload: Option<Box<RawValue>>,
}

/// `GET /api/events/:eventId/raw`: what the hooks sent that made or changed the event, without
/// secrets, oldest first.
pub(crate) async fn payloads(
    State(app): State<App>,
    InPath(id): InPath,
) -> Result<Json<Payloads>, ApiError> {
    let read = app.read(move |reader| {
        let rows = read_of(reader).payloads(&EventId::new(id))?;
        Ok(rows.map(|rows| rows.into_iter().map(payload).collect()))
    });
    let payloads = read.await?.ok_or(Rejection::EventNotFound)?;
    Ok(Json(Payloads { payloads }))
}

fn payload(row: PayloadRow) -> Sent {
    let text = compression::decompressed(&row.compressed);
    let payload = text.and_then(|text| RawValue::from_string(text).ok());
    if payload.is_none() {
        tracing::error!(received_at = %row.received_at, "a stored payload cannot be read");
    }
    Sent {
        received_at: row.received_at,
        hook_event: row.hook_event,
        payload,
    }
}
