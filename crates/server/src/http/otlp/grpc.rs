//! OTLP over gRPC: the same deliveries, on a port of its own.

use agent_tracer_core::usage::telemetry::Signals;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use tonic::codec::CompressionEncoding;
use tonic::server::Grpc;
use tonic::{Code, Status};
use tonic_prost::ProstCodec;
use tower::service_fn;

use super::answer::{Fault, response};
use super::protobuf::{Delivery, ExportResponse, LogRecord, Metric, Span, ToSignals};
use crate::http::body::INGEST_BYTES_MAX;
use crate::state::App;

pub(crate) const LOGS_SERVICE: &str = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
pub(crate) const METRICS_SERVICE: &str =
    "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
pub(crate) const TRACES_SERVICE: &str =
    "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

/// Log records.
pub(crate) async fn grpc_logs(State(app): State<App>, request: Request) -> Response {
    take::<LogRecord>(app, request).await
}

/// Metrics.
pub(crate) async fn grpc_metrics(State(app): State<App>, request: Request) -> Response {
    take::<Metric>(app, request).await
}

/// Spans.
pub(crate) async fn grpc_traces(State(app): State<App>, request: Request) -> Response {
    take::<Span>(app, request).await
}

async fn take<T: ToSignals + 'static>(app: App, request: Request) -> Response {
    let turn = match app.otlp.turn().await {
        Ok(turn) => turn,
        Err(fault) => return Status::from(fault).into_http(),
    };
    // The bound is of the message as it is inflated.
    let mut grpc = Grpc::new(ProstCodec::<ExportResponse, Delivery<T>>::default())
        .accept_compressed(CompressionEncoding::Gzip)
        .max_decoding_message_size(INGEST_BYTES_MAX);
    let store = service_fn(|request: tonic::Request<Delivery<T>>| {
        let app = app.clone();
        async move {
            let signals = Signals::from(request.into_inner());
            app.otlp
                .store(&app.committer, &app.redactor, &signals)
                .await?;
            Ok::<_, Status>(tonic::Response::new(response(signals.rejected)))
        }
    });
    let answer = grpc.unary(store, request).await;
    drop(turn);
    answer.into_response()
}

impl From<Fault> for Status {
    fn from(fault: Fault) -> Self {
        Self::new(Code::from_i32(fault.grpc_code()), fault.message)
    }
}
