use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::answer::Answer;
use super::read_of;
use crate::clock;
use crate::http::error::ApiError;
use crate::state::App;

/// `GET /api/overview`.
pub(crate) async fn overview(State(app): State<App>) -> Result<Response, ApiError> {
    let (seq, stats, observability) = app
        .read(|reader| read_of(reader).overview(clock::now()))
        .await?;
    let model = json!({ "stats": stats, "observability": observability });
    Ok(Answer::new(&app, seq, model).into_response())
}

/// `GET /api/observability/overview`.
pub(crate) async fn overview_observability(State(app): State<App>) -> Result<Response, ApiError> {
    let (seq, _, observability) = app
        .read(|reader| read_of(reader).overview(clock::now()))
        .await?;
    let model = json!({ "observability": observability });
    Ok(Answer::new(&app, seq, model).into_response())
}
