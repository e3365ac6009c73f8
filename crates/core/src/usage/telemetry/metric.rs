//! Counters, for who exports nothing better. They are sums without what they are of, so they count
//! only in sessions of which nothing else was told.
//!
//! Counters that name no session (those of Codex and of Copilot) cannot be used.

use std::collections::BTreeMap;

use super::{Signal, SignalKind, Temporality};
use crate::fingerprint::fingerprint;
use crate::time::Timestamp;
use crate::usage::read::micros;
use crate::usage::record::{MessageKey, Tokens, UsageOrigin, UsageRecord, believable};

/// What the points of a delivery tell: one record for those that differ only in the sort of token.
pub(super) fn usage(signals: &[Signal]) -> Vec<UsageRecord> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for signal in signals {
        let Some(point) = Point::of(signal) else {
            continue;
        };
        let group = groups.entry(point.group()).or_default();
        group.take(&point);
    }
    groups
        .into_iter()
        .filter_map(|(name, group)| group.record(&name))
        .collect()
}

/// A point of a counter that is known.
struct Point<'a> {
    source: &'static str,
    signal: &'a Signal,
    value: f64,
    began_at: Option<Timestamp>,
    temporality: Temporality,
}

impl<'a> Point<'a> {
    fn of(signal: &'a Signal) -> Option<Self> {
        let source = match signal.name.as_str() {
            "claude_code.token.usage" | "claude_code.cost.usage" => "claude-code",
            "gemini_cli.token.usage" => "gemini-cli",
            _ => return None,
        };
        let SignalKind::Point {
            value,
            began_at,
            temporality,
        } = signal.kind
        else {
            return None;
        };
        Some(Self {
            source,
            signal,
            value,
            began_at,
            temporality,
        })
    }

    /// What it shares with the points that tell the other sorts of tokens of the same answers.
    fn group(&self) -> String {
        let time = match self.temporality {
            Temporality::Delta => self.signal.at,
            Temporality::Cumulative => None,
        };
        let attributes = self.signal.attributes.without("type");
        format!("{} {time:?}\n{attributes}", self.source)
    }
}

/// Points that differ only in the sort of token.
#[derive(Default)]
struct Group {
    record: Option<UsageRecord>,
    began_at: Option<Timestamp>,
}

impl Group {
    fn take(&mut self, point: &Point<'_>) {
        let told = &point.signal.attributes;
        if self.record.is_none() {
            self.record = told.owned("session.id").map(|session| UsageRecord {
                source: point.source.to_owned(),
                runtime_session_id: session,
                subagent: None,
                prompt_id: None,
                key: MessageKey::Derived(String::new()),
                origin: UsageOrigin::Metric,
                model: told.owned("model").unwrap_or_default(),
                at: point.signal.at,
                tokens: Tokens::default(),
                reported_cost_micros: None,
            });
        }
        // The sorts begin when each was first counted; the earliest is the process's own.
        let began = [self.began_at, point.began_at].into_iter().flatten().min();
        self.began_at = began;
        if let Some(record) = &mut self.record {
            add(record, told.text("type"), point.value);
        }
    }

    /// A cumulative counter is known again by where it began: each delivery of it says more of the
    /// same record.
    fn record(self, name: &str) -> Option<UsageRecord> {
        let mut record = self.record?;
        let key = fingerprint(&format!("{name}{:?}", self.began_at));
        record.key = MessageKey::Derived(key);
        if record.source == "gemini-cli" {
            record.tokens = record.tokens.with_inclusive_input();
        }
        Some(record)
    }
}

/// Adds a point: of tokens, or without a sort of them, of cost.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float that is too large becomes the largest number"
)]
fn add(record: &mut UsageRecord, sort: Option<&str>, value: f64) {
    let (tokens, count) = (&mut record.tokens, believable(value as i64));
    match sort {
        Some("input" | "tool") => tokens.input += count,
        Some("output") => tokens.output += count,
        Some("cacheRead" | "cache") => tokens.cache_read += count,
        Some("cacheCreation") => tokens.cache_creation += count,
        Some("thought") => {
            tokens.output += count;
            tokens.reasoning += count;
        }
        Some(_) => {}
        None => {
            let cost = record.reported_cost_micros.get_or_insert(0);
            *cost = cost.saturating_add(micros(value));
        }
    }
}
