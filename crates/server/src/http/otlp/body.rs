//! Bodies of OTLP: reading, inflating, decoding.

use std::io::Read;

use agent_tracer_core::usage::telemetry::{Export, Signals, signals_of_json};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode, header};
use flate2::read::{MultiGzDecoder, ZlibDecoder};

use super::answer::{Encoding, Fault};
use super::protobuf::signals_of_protobuf;
use crate::http::body::{INGEST_BYTES_MAX, read_bytes};
use crate::http::lenient;

/// How large a body may become.
const INFLATED_BYTES_MAX: usize = INGEST_BYTES_MAX;
/// How many times its size it may become; real telemetry shrinks to a twentieth.
const INFLATED_RATIO_MAX: usize = 100;
/// What any body may become, however small it is.
const INFLATED_BYTES_ALWAYS: usize = 1 << 20;

/// A body as it came.
pub(super) struct Delivered {
    bytes: Bytes,
    encoding: Encoding,
    compression: Compression,
}

#[derive(Clone, Copy)]
enum Compression {
    None,
    Gzip,
    Deflate,
}

impl Compression {
    fn of(headers: &HeaderMap) -> Result<Self, Fault> {
        let Some(named) = headers.get(header::CONTENT_ENCODING) else {
            return Ok(Self::None);
        };
        match named.to_str().map_or("?", str::trim) {
            "" | "identity" => Ok(Self::None),
            "gzip" => Ok(Self::Gzip),
            "deflate" => Ok(Self::Deflate),
            _ => Err(Fault::compression()),
        }
    }
}

impl Delivered {
    pub(super) async fn read(
        headers: &HeaderMap,
        encoding: Encoding,
        body: Body,
    ) -> Result<Self, Fault> {
        let compression = Compression::of(headers)?;
        let bytes = read_bytes(body, INGEST_BYTES_MAX).await?;
        Ok(Self {
            bytes,
            encoding,
            compression,
        })
    }

    /// Takes time: not to be done where connections are served.
    pub(super) fn signals(self, export: Export) -> Result<Signals, Fault> {
        let bytes = self.inflated()?;
        match self.encoding {
            Encoding::Json => {
                let body = lenient::read(&bytes).map_err(Fault::malformed)?;
                signals_of_json(export, &body).map_err(Fault::malformed)
            }
            Encoding::Protobuf => signals_of_protobuf(export, &bytes).map_err(Fault::malformed),
        }
    }

    fn inflated(&self) -> Result<Bytes, Fault> {
        match self.compression {
            Compression::None => Ok(self.bytes.clone()),
            Compression::Gzip => inflate(MultiGzDecoder::new(&*self.bytes), self.bytes.len()),
            Compression::Deflate => inflate(ZlibDecoder::new(&*self.bytes), self.bytes.len()),
        }
    }
}

/// Inflates, and stops where a body becomes larger than any honest one.
fn inflate(decoder: impl Read, bytes: usize) -> Result<Bytes, Fault> {
    let by_ratio = bytes.saturating_mul(INFLATED_RATIO_MAX);
    let bytes_max = by_ratio.clamp(INFLATED_BYTES_ALWAYS, INFLATED_BYTES_MAX);
    let one_more = u64::try_from(bytes_max)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    let mut inflated = Vec::new();
    decoder
        .take(one_more)
        .read_to_end(&mut inflated)
        .map_err(Fault::malformed)?;
    if inflated.len() > bytes_max {
        let message = format!("the body inflates to more than {bytes_max} bytes");
        return Err(Fault::new(StatusCode::PAYLOAD_TOO_LARGE, message));
    }
    Ok(inflated.into())
}
