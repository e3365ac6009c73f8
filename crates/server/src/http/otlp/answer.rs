//! Answers of OTLP: in the encoding of the request, with the errors that the protocol asks for.

use std::fmt::Display;

use agent_tracer_core::usage::telemetry::Export;
use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::protobuf::{ExportResponse, PartialSuccess, Status};
use crate::commit::CommitError;
use crate::http::error::ApiError;

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Json,
    Protobuf,
}

const PROTOBUF: &str = "application/x-protobuf";

impl Encoding {
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        let named = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
        let essence = named.split(';').next()?.trim().to_ascii_lowercase();
        match essence.as_str() {
            "application/json" => Some(Self::Json),
            PROTOBUF => Some(Self::Protobuf),
            _ => None,
        }
    }
}

/// A delivery was taken, all of it or all but some records.
pub(super) fn accepted(export: Export, encoding: Encoding, rejected: usize) -> Response {
    match encoding {
        Encoding::Json if rejected == 0 => Json(json!({})).into_response(),
        Encoding::Json => {
            let count = match export {
                Export::Logs => "rejectedLogRecords",
                Export::Metrics => "rejectedDataPoints",
                Export::Traces => "rejectedSpans",
            };
            let partial = json!({ count: rejected.to_string(), "errorMessage": MALFORMED });
            Json(json!({ "partialSuccess": partial })).into_response()
        }
        Encoding::Protobuf => protobuf(&response(rejected)),
    }
}

const MALFORMED: &str = "some records are malformed";

/// The message that says the same.
pub(super) fn response(rejected: usize) -> ExportResponse {
    let partial = PartialSuccess {
        rejected: i64::try_from(rejected).unwrap_or(i64::MAX),
        error_message: MALFORMED.to_owned(),
    };
    ExportResponse {
        partial_success: Some(partial).filter(|_| rejected > 0),
    }
}

fn protobuf(message: &impl prost::Message) -> Response {
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(PROTOBUF))];
    (headers, message.encode_to_vec()).into_response()
}

/// Why a delivery was not taken.
#[derive(Debug)]
pub(super) struct Fault {
    status: StatusCode,
    pub(super) message: String,
    retry_after_s: Option<u32>,
}

impl Fault {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            retry_after_s: None,
        }
    }

    pub(super) fn malformed(error: impl Display) -> Self {
        let message = format!("the body could not be read: {error}");
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    pub(super) fn media_type() -> Self {
        let message = "the Content-Type must be application/json or application/x-protobuf";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message)
    }

    pub(super) fn compression() -> Self {
        let message = "the Content-Encoding must be gzip, deflate or none";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message)
    }

    pub(super) fn busy() -> Self {
        CommitError::Busy.into()
    }

    pub(super) fn internal() -> Self {
        let message = "agent-tracer made a mistake: the server's log says where";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, message)
    }

    pub(super) fn into_response(self, encoding: Encoding) -> Response {
        let status = Status {
            code: self.grpc_code(),
            message: self.message,
        };
        let mut response = match encoding {
            Encoding::Json => {
                let body = json!({ "code": status.code, "message": status.message });
                Json(body).into_response()
            }
            Encoding::Protobuf => protobuf(&status),
        };
        *response.status_mut() = self.status;
        if let Some(seconds) = self.retry_after_s {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }

    /// The code that gRPC has for it.
    pub(super) fn grpc_code(&self) -> i32 {
        const INVALID_ARGUMENT: i32 = 3;
        const RESOURCE_EXHAUSTED: i32 = 8;
        const INTERNAL: i32 = 13;
        const UNAVAILABLE: i32 = 14;
        match self.status {
            StatusCode::INSUFFICIENT_STORAGE => RESOURCE_EXHAUSTED,
            StatusCode::SERVICE_UNAVAILABLE => UNAVAILABLE,
            status if status.is_client_error() => INVALID_ARGUMENT,
            _ => INTERNAL,
        }
    }
}

impl From<ApiError> for Fault {
    fn from(error: ApiError) -> Self {
        let (status, message, retry_after_s) = error.into_parts();
        Self {
            status,
            message,
            retry_after_s,
        }
    }
}

impl From<CommitError> for Fault {
    fn from(error: CommitError) -> Self {
        ApiError::from(error).into()
    }
}
