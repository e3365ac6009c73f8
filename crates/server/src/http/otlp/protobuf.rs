//! The messages of OTLP, as far as they are read. What is not declared here is skipped.
//!
//! All three sorts of delivery have one shape: a list by resource, of lists by scope, of records.

use std::fmt::Debug;

use agent_tracer_core::usage::telemetry::{
    Attributes, Export, Signal, SignalKind, Signals, Temporality, log_name, time_of_nanos,
};
use prost::{DecodeError, Message, Oneof};
use serde_json::Value;

/// Reads the records of a body.
///
/// # Errors
/// When the body is no such message.
pub(super) fn signals_of_protobuf(export: Export, bytes: &[u8]) -> Result<Signals, DecodeError> {
    Ok(match export {
        Export::Logs => Delivery::<LogRecord>::decode(bytes)?.into(),
        Export::Metrics => Delivery::<Metric>::decode(bytes)?.into(),
        Export::Traces => Delivery::<Span>::decode(bytes)?.into(),
    })
}

/// `ExportLogsServiceRequest` and its likes.
#[derive(Clone, PartialEq, Message)]
pub(super) struct Delivery<T: Message + Default + Debug> {
    #[prost(message, repeated, tag = "1")]
    resources: Vec<ByResource<T>>,
}

#[derive(Clone, PartialEq, Message)]
struct ByResource<T: Message + Default + Debug> {
    #[prost(message, repeated, tag = "2")]
    scopes: Vec<ByScope<T>>,
}

#[derive(Clone, PartialEq, Message)]
struct ByScope<T: Message + Default + Debug> {
    #[prost(message, repeated, tag = "2")]
    records: Vec<T>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct LogRecord {
    #[prost(fixed64, tag = "1")]
    time_unix_nano: u64,
    #[prost(fixed64, tag = "11")]
    observed_time_unix_nano: u64,
    #[prost(message, optional, tag = "5")]
    body: Option<AnyValue>,
    #[prost(message, repeated, tag = "6")]
    attributes: Vec<KeyValue>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Span {
    #[prost(string, tag = "5")]
    name: String,
    #[prost(fixed64, tag = "8")]
    end_time_unix_nano: u64,
    #[prost(message, repeated, tag = "9")]
    attributes: Vec<KeyValue>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Metric {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(message, optional, tag = "7")]
    sum: Option<Sum>,
}

#[derive(Clone, PartialEq, Message)]
struct Sum {
    #[prost(message, repeated, tag = "1")]
    data_points: Vec<NumberDataPoint>,
    #[prost(int32, tag = "2")]
    aggregation_temporality: i32,
}

#[derive(Clone, PartialEq, Message)]
struct NumberDataPoint {
    #[prost(fixed64, tag = "2")]
    start_time_unix_nano: u64,
    #[prost(fixed64, tag = "3")]
    time_unix_nano: u64,
    #[prost(message, repeated, tag = "7")]
    attributes: Vec<KeyValue>,
    #[prost(oneof = "Number", tags = "4, 6")]
    value: Option<Number>,
}

#[derive(Clone, PartialEq, Oneof)]
enum Number {
    #[prost(double, tag = "4")]
    Double(f64),
    #[prost(sfixed64, tag = "6")]
    Int(i64),
}

#[derive(Clone, PartialEq, Message)]
struct KeyValue {
    #[prost(string, tag = "1")]
    key: String,
    #[prost(message, optional, tag = "2")]
    value: Option<AnyValue>,
}

#[derive(Clone, PartialEq, Message)]
struct AnyValue {
    #[prost(oneof = "Plain", tags = "1, 2, 3, 4")]
    value: Option<Plain>,
}

/// Lists and maps tell nothing that is looked for.
#[derive(Clone, PartialEq, Oneof)]
enum Plain {
    #[prost(string, tag = "1")]
    Text(String),
    #[prost(bool, tag = "2")]
    Bool(bool),
    #[prost(int64, tag = "3")]
    Int(i64),
    #[prost(double, tag = "4")]
    Double(f64),
}

/// The answer: of the three sorts, which differ in the names of fields alone.
#[derive(Clone, PartialEq, Message)]
pub(super) struct ExportResponse {
    #[prost(message, optional, tag = "1")]
    pub(super) partial_success: Option<PartialSuccess>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct PartialSuccess {
    #[prost(int64, tag = "1")]
    pub(super) rejected: i64,
    #[prost(string, tag = "2")]
    pub(super) error_message: String,
}

/// `google.rpc.Status`
#[derive(Clone, PartialEq, Message)]
pub(super) struct Status {
    #[prost(int32, tag = "1")]
    pub(super) code: i32,
    #[prost(string, tag = "2")]
    pub(super) message: String,
}

/// What is read out of a record.
pub(super) trait ToSignals: Message + Default + Debug {
    fn signals(self) -> Vec<Signal>;
}

impl<T: ToSignals> From<Delivery<T>> for Signals {
    fn from(delivery: Delivery<T>) -> Self {
        let scopes = delivery.resources.into_iter().flat_map(|it| it.scopes);
        let records = scopes.flat_map(|scope| scope.records);
        Self {
            read: records.flat_map(T::signals).collect(),
            rejected: 0,
        }
    }
}

impl ToSignals for LogRecord {
    fn signals(self) -> Vec<Signal> {
        let attributes = plain(self.attributes);
        let body = self.body.and_then(|body| match body.value? {
            Plain::Text(text) => Some(text),
            Plain::Bool(_) | Plain::Int(_) | Plain::Double(_) => None,
        });
        vec![Signal {
            kind: SignalKind::Log,
            name: log_name(body.as_deref(), &attributes),
            at: time_of_nanos(self.time_unix_nano)
                .or_else(|| time_of_nanos(self.observed_time_unix_nano)),
            attributes,
        }]
    }
}

impl ToSignals for Span {
    fn signals(self) -> Vec<Signal> {
        vec![Signal {
            kind: SignalKind::Span,
            name: self.name,
            at: time_of_nanos(self.end_time_unix_nano),
            attributes: plain(self.attributes),
        }]
    }
}

impl ToSignals for Metric {
    fn signals(self) -> Vec<Signal> {
        let Some(sum) = self.sum else {
            return Vec::new();
        };
        let number = i64::from(sum.aggregation_temporality);
        let Some(temporality) = Temporality::of_number(number) else {
            return Vec::new();
        };
        let points = sum.data_points.into_iter();
        points
            .filter_map(|point| point.signal(&self.name, temporality))
            .collect()
    }
}

impl NumberDataPoint {
    #[expect(
        clippy::cast_precision_loss,
        reason = "no count of tokens is near the bound"
    )]
    fn signal(self, name: &str, temporality: Temporality) -> Option<Signal> {
        let value = match self.value? {
            Number::Double(value) => value,
            Number::Int(value) => value as f64,
        };
        Some(Signal {
            kind: SignalKind::Point {
                value,
                began_at: time_of_nanos(self.start_time_unix_nano),
                temporality,
            },
            name: name.to_owned(),
            at: time_of_nanos(self.time_unix_nano),
            attributes: plain(self.attributes),
        })
    }
}

fn plain(attributes: Vec<KeyValue>) -> Attributes {
    let pairs = attributes.into_iter();
    let pair = |pair: KeyValue| {
        let value = match pair.value?.value? {
            Plain::Text(text) => Value::String(text),
            Plain::Bool(truth) => Value::Bool(truth),
            Plain::Int(number) => Value::from(number),
            Plain::Double(number) => Value::from(number),
        };
        Some((pair.key, value))
    };
    pairs.filter_map(pair).collect()
}
