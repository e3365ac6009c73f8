use agent_tracer_core::adapter::Agent;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::wire::ImportStatus;
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use super::body::{self, INGEST_BYTES_MAX};
use super::error::ApiError;
use crate::import::{Request, StartError};
use crate::state::App;

/// What may be asked for; all of it if nothing is.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// Names of agents.
    #[serde(default)]
    agents: Vec<String>,
    /// A date (in UTC) or a time: only sessions that went on after it.
    since: Option<String>,
}

/// `GET /api/import`: how the import stands, and what there is to import.
pub(crate) async fn status(State(app): State<App>) -> Result<Json<ImportStatus>, ApiError> {
    Ok(Json(app.importer.status(&app).await?))
}

/// `POST /api/import`: imports transcripts, in the background.
pub(crate) async fn start(
    State(app): State<App>,
    body: Body,
) -> Result<(StatusCode, Json<ImportStatus>), ApiError> {
    let taken = body::read(&app.committer, body, INGEST_BYTES_MAX).await?;
    let request = request(&taken.bytes)?;
    drop(taken);
    match app.importer.start(app.clone(), request) {
        Ok(()) => Ok((StatusCode::ACCEPTED, Json(app.importer.status(&app).await?))),
        Err(StartError::Running) => Err(ApiError::new(
            StatusCode::CONFLICT,
            "import_running",
            "an import runs already: look at GET /api/import until it is done",
        )),
    }
}

fn request(body: &[u8]) -> Result<Request, ApiError> {
    if body.is_empty() {
        return Ok(Request::default());
    }
    let wanted: Wanted = serde_json::from_slice(body).map_err(|error| {
        ApiError::invalid(format!("the body is not what is asked for: {error}"))
    })?;
    let agents = wanted.agents.iter().map(|name| agent(name));
    Ok(Request {
        agents: agents.collect::<Result<_, _>>()?,
        since: wanted.since.as_deref().map(since).transpose()?,
    })
}

fn agent(name: &str) -> Result<Agent, ApiError> {
    Agent::of_source(name).ok_or_else(|| {
        let known = Agent::ALL.map(Agent::source).join(", ");
        ApiError::invalid(format!("no agent is known as {name}: known are {known}"))
    })
}

fn since(text: &str) -> Result<Timestamp, ApiError> {
    let time = text
        .parse()
        .or_else(|_| format!("{text}T00:00:00Z").parse());
    time.map_err(|_no_time| {
        ApiError::invalid(format!("since: {text:?} is no date such as 2026-01-31"))
    })
}
