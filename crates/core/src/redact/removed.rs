use std::collections::BTreeMap;

use serde_json::Value;

use crate::entity::Metadata;

/// How much was removed, by what it was: `{"GitHub token": 2}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed(BTreeMap<String, u64>);

impl Removed {
    /// Whether nothing was removed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each kind and how often, in the order of the kinds.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(kind, times)| (kind.as_str(), *times))
    }

    /// How often anything was removed.
    pub fn total(&self) -> u64 {
        self.0.values().sum()
    }

    /// Adds what was removed elsewhere.
    pub fn extend(&mut self, others: &Self) {
        for (kind, times) in &others.0 {
            *self.0.entry(kind.clone()).or_default() += times;
        }
    }

    /// Says in an event's metadata what was removed from it; says nothing if nothing was.
    pub fn note(&self, metadata: &mut Metadata) {
        let counts = self
            .0
            .iter()
            .map(|(kind, times)| (kind.clone(), (*times).into()));
        if !self.is_empty() {
            metadata.insert("redacted".to_owned(), Value::Object(counts.collect()));
        }
    }

    pub(super) fn add(&mut self, kind: &str) {
        if let Some(times) = self.0.get_mut(kind) {
            *times += 1;
        } else {
            self.0.insert(kind.to_owned(), 1);
        }
    }
}
