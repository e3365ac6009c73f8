use agent_tracer_core::command::Rejection;
use agent_tracer_core::entity::Evaluation;
use agent_tracer_core::ids::TaskId;
use axum::Json;
use axum::extract::State;

use super::read_of;
use crate::http::error::ApiError;
use crate::http::path::InPath;
use crate::state::App;

/// `GET /api/tasks/:taskId/evaluate`: the evaluation, or `null`.
pub(crate) async fn evaluation(
    State(app): State<App>,
    InPath(id): InPath,
) -> Result<Json<Option<Evaluation>>, ApiError> {
    let id = TaskId::new(id);
    let read = app.read(move |reader| read_of(reader).evaluation(&id));
    let (_, evaluation) = read.await?.ok_or(Rejection::TaskNotFound)?;
    Ok(Json(evaluation))
}
