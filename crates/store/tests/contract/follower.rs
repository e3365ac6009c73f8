//! The simplest client that follows topics: what it holds is compared with what is read.

use std::collections::{BTreeMap, BTreeSet};

use agent_tracer_core::ids::TaskId;
use agent_tracer_core::wire::follow::{RowChange, Topic};
use agent_tracer_store::{Committed, Read, StoreError, TopicChange};

use super::store::Store;

/// What sort of row, and which.
type Key = (&'static str, String);

/// The rows of one topic; of those that are gone, that they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct State(BTreeMap<Key, RowChange>);

fn key_of(change: &RowChange) -> (Key, u64, bool) {
    match change {
        RowChange::Task { id, seq, row } => (("task", id.to_string()), *seq, row.is_some()),
        RowChange::Session { id, seq, row } => (("session", id.to_string()), *seq, row.is_some()),
        RowChange::Event { id, seq, row } => (("event", id.to_string()), *seq, row.is_some()),
        RowChange::Bookmark { id, seq, row } => (("bookmark", id.to_string()), *seq, row.is_some()),
        RowChange::Evaluation { id, seq, row } => {
            (("evaluation", id.to_string()), *seq, row.is_some())
        }
    }
}

pub(crate) fn seq_of(change: &RowChange) -> u64 {
    key_of(change).1
}

pub(crate) fn is_gone(change: &RowChange) -> bool {
    !key_of(change).2
}

impl State {
    /// A row is taken only when it is newer than what is held of it.
    pub(crate) fn apply(&mut self, changes: &[RowChange]) {
        for change in changes {
            let (key, seq, _) = key_of(change);
            if self.0.get(&key).is_none_or(|known| seq_of(known) < seq) {
                self.0.insert(key, change.clone());
            }
        }
    }

    /// The rows that are there, with the commit that changed each last.
    pub(crate) fn rows(&self) -> Vec<&RowChange> {
        let rows = self.0.values();
        rows.filter(|change| key_of(change).2).collect()
    }

    /// The same as text, without those commits: as they are read.
    fn seen(&self) -> Vec<String> {
        let rows = self.rows().into_iter().cloned();
        rows.map(|change| text(change, 0)).collect()
    }
}

fn text(mut change: RowChange, at: u64) -> String {
    match &mut change {
        RowChange::Task { seq, .. }
        | RowChange::Session { seq, .. }
        | RowChange::Event { seq, .. }
        | RowChange::Bookmark { seq, .. }
        | RowChange::Evaluation { seq, .. } => *seq = at,
    }
    format!("{change:?}")
}

/// Every topic, from nothing on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Follower {
    pub(crate) seq: u64,
    pub(crate) topics: BTreeMap<Topic, State>,
    /// The last commit that touched each topic, gone or not.
    pub(crate) touched: BTreeMap<Topic, u64>,
    /// Topics that came back from the trash, and have to be read.
    pub(crate) unread: BTreeSet<Topic>,
    /// Whether the store may have forgotten that a task with the id of a new one was deleted.
    pub(crate) forgets: bool,
}

impl Follower {
    /// Takes what a commit did, which must be the next one.
    pub(crate) fn take(&mut self, committed: &Committed) {
        let Some(seq) = committed.seq else {
            assert!(committed.topics.is_empty(), "a change without a number");
            return;
        };
        assert_eq!(seq.0, self.seq + 1, "numbers rise by one");
        self.seq = seq.0;
        for change in &committed.topics {
            self.take_change(change);
        }
    }

    fn take_change(&mut self, change: &TopicChange) {
        let before = self.touched.insert(change.topic.clone(), self.seq);
        let forgotten = self.forgets && !self.topics.contains_key(&change.topic);
        if !forgotten || change.prev.0 != 0 {
            assert_eq!(change.prev.0, before.unwrap_or(0), "{}", change.topic);
        }
        assert!(change.rows.iter().all(|row| seq_of(row) == self.seq));
        if change.removed {
            assert!(change.rows.is_empty());
            self.topics.remove(&change.topic);
            self.unread.remove(&change.topic);
        } else if change.restored {
            self.topics.insert(change.topic.clone(), State::default());
            self.unread.insert(change.topic.clone());
        } else {
            let may_be_empty = matches!(change.topic, Topic::Task(_));
            assert!(may_be_empty || !change.rows.is_empty());
            let state = self.topics.entry(change.topic.clone()).or_default();
            state.apply(&change.rows);
        }
    }

    /// Reads what has to be read; nothing was committed since.
    pub(crate) fn read(&mut self, store: &mut Store) {
        for topic in std::mem::take(&mut self.unread) {
            let read = store.read(|store| read_topic(&topic, store));
            let (seq, state) = read.expect("what came back can be read");
            assert_eq!(seq, self.seq);
            self.topics.insert(topic, state);
        }
    }

    pub(crate) fn state(&self, topic: &Topic) -> State {
        self.topics.get(topic).cloned().unwrap_or_default()
    }

    /// Every topic that there ever was and of which the state is known, and one that never was.
    pub(crate) fn every_topic(&self) -> Vec<Topic> {
        let always = [Topic::Overview, Topic::Bookmarks];
        let tasks = self.touched.keys().cloned();
        let mut topics: Vec<_> = always.into_iter().chain(tasks).collect();
        topics.push(Topic::Task(TaskId::new("nowhere")));
        topics.retain(|topic| !self.unread.contains(topic));
        topics.sort();
        topics.dedup();
        topics
    }

    /// Compares what is held of a topic with what is read of it.
    pub(crate) fn check(&self, topic: &Topic, store: &dyn Read) -> Result<(), StoreError> {
        let held = self.topics.contains_key(topic);
        let read = read_topic(topic, store)?;
        if let Topic::Task(id) = topic {
            assert_eq!(read.is_some(), held, "{id}");
        }
        let (seq, read) = read.unwrap_or((self.seq, State::default()));
        assert_eq!((seq, read.seen()), (self.seq, self.state(topic).seen()));
        let touched = self.touched.get(topic).copied().unwrap_or(0);
        let there = held || !matches!(topic, Topic::Task(_));
        let stored = store.topic_seq(topic)?.map(|seq| seq.0);
        assert_eq!(stored, there.then_some(touched), "{topic}");
        Ok(())
    }
}

/// A topic as it is read, and as of which commit; every row as if commit 0 had changed it last.
fn read_topic(topic: &Topic, store: &dyn Read) -> Result<Option<(u64, State)>, StoreError> {
    let (seq, mut rows) = (0, Vec::new());
    let seq = match topic {
        Topic::Overview => {
            let (now, page) = store.tasks(None, None)?;
            for task in page.tasks {
                let id = task.id.clone();
                let row = Some(task);
                rows.push(RowChange::Task { id, seq, row });
            }
            now
        }
        Topic::Bookmarks => {
            let (now, kept) = store.bookmarks(None)?;
            for row in kept.bookmarks {
                let (id, row) = (row.id.clone(), Some(row));
                rows.push(RowChange::Bookmark { id, seq, row });
            }
            for row in kept.evaluations {
                let (id, row) = (row.task_id.clone(), Some(row));
                rows.push(RowChange::Evaluation { id, seq, row });
            }
            now
        }
        Topic::Task(id) => {
            let Some((now, detail, events)) = store.timeline(id, 100_000, None)? else {
                return Ok(None);
            };
            for row in detail.sessions {
                let (id, row) = (row.id.clone(), Some(row));
                rows.push(RowChange::Session { id, seq, row });
            }
            for row in events.events {
                let (id, row) = (row.id.clone(), Some(row));
                rows.push(RowChange::Event { id, seq, row });
            }
            now
        }
    };
    let mut state = State::default();
    state.apply(&rows);
    Ok(Some((seq.0, state)))
}
