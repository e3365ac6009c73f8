//! Records out of OTLP as JSON. Programs write it each in their own way: whole numbers as numbers or
//! as text, empty values as `null` or as `{}`. One record that makes no sense does not take the
//! others with it.

use serde_json::Value;

use super::attributes::Attributes;
use super::{Export, Signal, SignalKind, Signals, Temporality, log_name, time_of_nanos};
use crate::time::Timestamp;

/// A body that is no OTLP.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the body is no OTLP: {0}")]
pub struct NotOtlp(pub String);

/// Reads the records of a body.
///
/// # Errors
/// When the body as a whole is something else.
pub fn signals_of_json(export: Export, body: &Value) -> Result<Signals, NotOtlp> {
    let [resources, scopes, records] = match export {
        Export::Logs => ["resourceLogs", "scopeLogs", "logRecords"],
        Export::Metrics => ["resourceMetrics", "scopeMetrics", "metrics"],
        Export::Traces => ["resourceSpans", "scopeSpans", "spans"],
    };
    if !body.is_object() {
        return Err(NotOtlp("it is not an object".to_owned()));
    }
    let top = body.get(resources);
    if top.is_some_and(|list| !list.is_array()) {
        return Err(NotOtlp(format!("{resources} is not a list")));
    }
    let mut signals = Signals::default();
    for resource in list(body, resources) {
        for scope in list(resource, scopes) {
            for record in list(scope, records) {
                read(export, record, &mut signals);
            }
        }
    }
    Ok(signals)
}

fn read(export: Export, record: &Value, signals: &mut Signals) {
    if !record.is_object() {
        signals.rejected += 1;
        return;
    }
    match export {
        Export::Logs => signals.read.push(log(record)),
        Export::Traces => signals.read.push(span(record)),
        Export::Metrics => signals.read.extend(points(record)),
    }
}

fn log(record: &Value) -> Signal {
    let attributes = attributes(record);
    let body = record.pointer("/body/stringValue").and_then(Value::as_str);
    Signal {
        kind: SignalKind::Log,
        name: log_name(body, &attributes),
        at: time(record, "timeUnixNano").or_else(|| time(record, "observedTimeUnixNano")),
        attributes,
    }
}

fn span(record: &Value) -> Signal {
    Signal {
        kind: SignalKind::Span,
        name: text(record, "name"),
        at: time(record, "endTimeUnixNano"),
        attributes: attributes(record),
    }
}

fn points(metric: &Value) -> Vec<Signal> {
    let sum = metric.get("sum").unwrap_or(&Value::Null);
    let number = sum.get("aggregationTemporality").and_then(whole);
    let Some(temporality) = number.and_then(Temporality::of_number) else {
        return Vec::new();
    };
    let points = list(sum, "dataPoints").iter();
    let signal = |point: &Value| {
        let value = point.get("asDouble").and_then(Value::as_f64);
        let value = value.or_else(|| point.get("asInt").and_then(decimal))?;
        Some(Signal {
            kind: SignalKind::Point {
                value,
                began_at: time(point, "startTimeUnixNano"),
                temporality,
            },
            name: text(metric, "name"),
            at: time(point, "timeUnixNano"),
            attributes: attributes(point),
        })
    };
    points.filter_map(signal).collect()
}

fn attributes(record: &Value) -> Attributes {
    let pairs = list(record, "attributes").iter();
    let pair = |pair: &Value| Some((pair.get("key")?.as_str()?.to_owned(), plain(pair)?));
    pairs.filter_map(pair).collect()
}

/// A value without the name of its type. Lists and maps tell nothing that is looked for.
fn plain(pair: &Value) -> Option<Value> {
    let (sort, value) = pair.get("value")?.as_object()?.iter().next()?;
    match sort.as_str() {
        "stringValue" | "boolValue" | "doubleValue" => Some(value.clone()),
        "intValue" => whole(value).map(Value::from),
        _ => None,
    }
}

fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

fn decimal(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

fn time(record: &Value, name: &str) -> Option<Timestamp> {
    let value = record.get(name)?;
    let nanos = value.as_u64().or_else(|| value.as_str()?.parse().ok());
    time_of_nanos(nanos?)
}

fn text(record: &Value, name: &str) -> String {
    let text = record.get(name).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    let list = value.get(name).and_then(Value::as_array);
    list.map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn logs(records: &Value) -> Signals {
        let body = json!({"resourceLogs": [{"scopeLogs": [{"logRecords": records}]}]});
        signals_of_json(Export::Logs, &body).unwrap()
    }

    #[test]
    fn whole_numbers_may_be_text() {
        for number in [json!(7), json!("7")] {
            let attribute = json!({"key": "n", "value": {"intValue": number}});
            let record = json!({"timeUnixNano": "1795478349272000000", "attributes": [attribute]});
            let signals = logs(&json!([record]));
            let read = &signals.read[0];
            assert_eq!(read.attributes.number("n"), Some(7));
            assert_eq!(read.at, Some(Timestamp::from_millis(1_795_478_349_272)));
        }
    }

    #[test]
    fn what_makes_no_sense_stands_alone() {
        let odd =
            json!({"attributes": [{"key": "a", "value": {}}, {"key": "b", "value": null}, 3]});
        let signals = logs(&json!([1, odd, null, {}]));
        assert_eq!((signals.read.len(), signals.rejected), (2, 2));
        let body = json!({"resourceLogs": {}});
        assert!(signals_of_json(Export::Logs, &body).is_err());
        assert!(signals_of_json(Export::Logs, &json!([])).is_err());
        assert_eq!(
            signals_of_json(Export::Traces, &json!({})).unwrap(),
            Signals::default()
        );
    }
}
