//! Every state there ever was, and every change between them.

use std::collections::BTreeMap;
use std::sync::Arc;

use agent_tracer_core::follow::RowKey;
use agent_tracer_core::wire::follow::{RowChange, Topic};
use agent_tracer_store::{Committed, TopicChange};
use serde_json::Value;

use super::super::cut::cut_rows;

pub(super) type Rows = BTreeMap<RowKey, RowChange>;

/// What there is after a commit, by topic.
type Moment = BTreeMap<Topic, Arc<Rows>>;

/// What a commit did to a topic, as it is pushed.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub seq: u64,
    pub told: TopicChange,
}

/// What was committed under one epoch.
#[derive(Clone)]
pub(super) struct History {
    pub epoch: String,
    moments: Vec<Moment>,
    /// What tasks had when they were deleted, after each commit.
    deleted: Vec<Moment>,
    changes: Vec<Change>,
    /// What plain clients are told, and of which commit.
    pub messages: Vec<(u64, Value)>,
}

impl History {
    pub(super) fn new(epoch: String) -> Self {
        let moments = vec![Moment::new()];
        Self {
            epoch,
            moments,
            deleted: vec![Moment::new()],
            changes: Vec::new(),
            messages: Vec::new(),
        }
    }

    /// What an older copy of the file knows.
    pub(super) fn cut(&self, epoch: String, seq: u64) -> Self {
        let mut cut = self.clone();
        cut.epoch = epoch;
        cut.moments.truncate(usize::try_from(seq + 1).unwrap());
        cut.deleted.truncate(cut.moments.len());
        cut.changes.retain(|change| change.seq <= seq);
        cut.messages.retain(|(of, _)| *of <= seq);
        cut
    }

    /// The last commit.
    pub(super) fn seq(&self) -> u64 {
        self.moments.len() as u64 - 1
    }

    pub(super) fn commit(&mut self, committed: &Committed) {
        let Some(seq) = committed.seq else { return };
        assert_eq!(seq.0, self.seq() + 1, "numbers rise by one");
        let mut moment = self.moments.last().cloned().unwrap_or_default();
        let mut deleted = self.deleted.last().cloned().unwrap_or_default();
        for told in &committed.topics {
            let mut told = told.clone();
            cut_rows(&mut told.rows);
            if told.removed {
                let rows = moment.remove(&told.topic).unwrap_or_default();
                deleted.insert(told.topic.clone(), rows);
            } else {
                if told.restored {
                    let rows = deleted.remove(&told.topic).unwrap_or_default();
                    moment.insert(told.topic.clone(), rows);
                }
                let rows = moment.entry(told.topic.clone()).or_default();
                put(Arc::make_mut(rows), &told.rows);
            }
            self.changes.push(Change { seq: seq.0, told });
        }
        self.moments.push(moment);
        self.deleted.push(deleted);
        let messages = committed.messages.iter();
        let messages = messages.map(|it| (seq.0, serde_json::to_value(it).unwrap()));
        self.messages.extend(messages);
    }

    /// A topic after a commit; `None` if there was no such commit.
    pub(super) fn rows(&self, topic: &Topic, seq: u64) -> Option<Arc<Rows>> {
        let moment = self.moments.get(usize::try_from(seq).unwrap())?;
        Some(moment.get(topic).cloned().unwrap_or_default())
    }

    /// Whether it can be read now.
    pub(super) fn exists(&self, topic: &Topic) -> bool {
        let now = self.moments.last().unwrap();
        !matches!(topic, Topic::Task(_)) || now.contains_key(topic)
    }

    /// The first change of a topic after a commit.
    pub(super) fn next_change(&self, topic: &Topic, after: u64) -> Option<&Change> {
        let begin = self.changes.partition_point(|change| change.seq <= after);
        let mut later = self.changes[begin..].iter();
        later.find(|change| change.told.topic == *topic)
    }

    /// The last commit that touched a topic.
    pub(super) fn last(&self, topic: &Topic) -> u64 {
        let mut newest = self.changes.iter().rev();
        let last = newest.find(|change| change.told.topic == *topic);
        last.map_or(0, |change| change.seq)
    }
}

fn put(rows: &mut Rows, changes: &[RowChange]) {
    for change in changes {
        if change.is_gone() {
            rows.remove(&change.key());
        } else {
            rows.insert(change.key(), change.clone());
        }
    }
}

/// Where two states differ, in few words.
pub(super) fn difference(held: &Rows, expected: &Rows) -> Option<String> {
    let keys = held.keys().chain(expected.keys());
    let mut lines: Vec<String> = Vec::new();
    for key in keys {
        let (held, expected) = (held.get(key), expected.get(key));
        if held != expected {
            let seq = |row: Option<&RowChange>| row.map(RowChange::seq);
            lines.push(format!(
                "{key}: held as of {:?}, should be as of {:?}",
                seq(held),
                seq(expected)
            ));
        }
    }
    lines.dedup();
    (!lines.is_empty()).then(|| lines.join("; "))
}
