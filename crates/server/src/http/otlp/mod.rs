//! OTLP: telemetry that agents export, over HTTP and over gRPC.
//!
//! A delivery is read as a whole, its few records of usage are stored as one commit, and only then
//! is it answered. Nothing else of it is kept.

mod answer;
mod body;
mod grpc;
mod intake;
mod protobuf;

use agent_tracer_core::usage::telemetry::Export;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use answer::{Encoding, Fault, accepted};
use body::Delivered;
pub(crate) use grpc::{
    LOGS_SERVICE, METRICS_SERVICE, TRACES_SERVICE, grpc_logs, grpc_metrics, grpc_traces,
};
pub(crate) use intake::OtlpIntake;

use crate::state::App;

/// `POST /v1/logs`
pub(crate) async fn logs(State(app): State<App>, headers: HeaderMap, body: Body) -> Response {
    take(app, Export::Logs, headers, body).await
}

/// `POST /v1/metrics`
pub(crate) async fn metrics(State(app): State<App>, headers: HeaderMap, body: Body) -> Response {
    take(app, Export::Metrics, headers, body).await
}

/// `POST /v1/traces`
pub(crate) async fn traces(State(app): State<App>, headers: HeaderMap, body: Body) -> Response {
    take(app, Export::Traces, headers, body).await
}

async fn take(app: App, export: Export, headers: HeaderMap, body: Body) -> Response {
    let Some(encoding) = Encoding::of(&headers) else {
        return Fault::media_type().into_response(Encoding::Json);
    };
    match store(&app, export, &headers, encoding, body).await {
        Ok(rejected) => accepted(export, encoding, rejected),
        Err(fault) => fault.into_response(encoding),
    }
}

/// Reads and stores a delivery; gives how many of its records made no sense.
async fn store(
    app: &App,
    export: Export,
    headers: &HeaderMap,
    encoding: Encoding,
    body: Body,
) -> Result<usize, Fault> {
    let _turn = app.otlp.turn().await?;
    let delivered = Delivered::read(headers, encoding, body).await?;
    let signals = tokio::task::spawn_blocking(move || delivered.signals(export))
        .await
        .map_err(|_panicked| Fault::internal())??;
    app.otlp
        .store(&app.committer, &app.redactor, &signals)
        .await?;
    Ok(signals.rejected)
}
