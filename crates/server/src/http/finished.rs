use agent_tracer_core::time::Timestamp;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use serde::Deserialize;

use super::error::ApiError;

/// Which finished tasks are meant: `?before=` names those that were last active before a time.
pub(crate) struct Finished {
    pub before: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Asked {
    before: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Finished {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let asked = Query::<Asked>::from_request_parts(parts, state).await;
        let Query(asked) = asked.map_err(|error| ApiError::invalid(error.body_text()))?;
        let before = asked
            .before
            .map(|text| text.parse().map_err(|_unreadable| not_a_time()));
        Ok(Self {
            before: before.transpose()?,
        })
    }
}

fn not_a_time() -> ApiError {
    ApiError::invalid("before must be a time such as 2026-01-31T00:00:00Z")
}
