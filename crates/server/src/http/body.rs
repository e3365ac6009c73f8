use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::http::StatusCode;

use super::error::ApiError;
use crate::commit::{Committer, Place};

/// The largest body of a request that brings events: real ones carry whole files.
pub(crate) const INGEST_BYTES_MAX: usize = 16 << 20;
/// The largest body of any other request.
pub(crate) const OTHER_BYTES_MAX: usize = 1 << 20;
/// How long a body may take to arrive.
const ARRIVAL_MAX: Duration = Duration::from_secs(30);

/// A body, and the place in the queue that was taken for it.
pub(crate) struct Taken {
    pub bytes: Bytes,
    pub place: Place,
}

/// Reads a body of at most `bytes_max` bytes, once there is a place for it.
pub(crate) async fn read(
    committer: &Committer,
    body: Body,
    bytes_max: usize,
) -> Result<Taken, ApiError> {
    // A body that does not say how long it is gets a place for the longest.
    let said = body.size_hint().exact().map(usize::try_from);
    let expected = said.map_or(bytes_max, |said| said.unwrap_or(usize::MAX));
    if expected > bytes_max {
        return Err(too_large(bytes_max));
    }
    let mut place = committer.reserve(expected)?;
    let bytes = read_bytes(body, bytes_max).await?;
    place.shrink(bytes.len());
    Ok(Taken { bytes, place })
}

/// Reads a body of at most `bytes_max` bytes. The caller bounds how many are read at a time.
pub(super) async fn read_bytes(body: Body, bytes_max: usize) -> Result<Bytes, ApiError> {
    match tokio::time::timeout(ARRIVAL_MAX, to_bytes(body, bytes_max)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_too_large(&error) => Err(too_large(bytes_max)),
        Ok(Err(error)) => Err(ApiError::invalid(format!(
            "the body could not be read: {error}"
        ))),
        Err(_) => Err(ApiError::new(
            StatusCode::REQUEST_TIMEOUT,
            "body_too_slow",
            "the body did not arrive in time",
        )),
    }
}

fn too_large(bytes_max: usize) -> ApiError {
    ApiError::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "body_too_large",
        format!("the body is larger than {} MiB", bytes_max >> 20),
    )
}

fn is_too_large(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.to_string().contains("limit"))
}
