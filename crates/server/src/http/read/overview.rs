use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::read_of;
use crate::clock;
use crate::http::error::ApiError;
use crate::state::App;

/// `GET /api/overview`.
pub(crate) async fn overview(State(app): State<App>) -> Result<Json<Value>, ApiError> {
    let (_, stats, observability) = app
        .read(|reader| read_of(reader).overview(clock::now()))
        .await?;
    Ok(Json(
        json!({ "stats": stats, "observability": observability }),
    ))
}

/// `GET /api/observability/overview`.
pub(crate) async fn overview_observability(
    State(app): State<App>,
) -> Result<Json<Value>, ApiError> {
    let (_, _, observability) = app
        .read(|reader| read_of(reader).overview(clock::now()))
        .await?;
    Ok(Json(json!({ "observability": observability })))
}
