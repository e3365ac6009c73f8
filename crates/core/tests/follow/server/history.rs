use std::collections::BTreeMap;

use agent_tracer_core::follow::{Cursor, TopicState};
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::wire::follow::{RowChange, Topic};

use crate::bodies;

/// What a commit does, in a world of two tasks, three events each and three bookmarks.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    /// Makes or changes a task.
    Task(u8),
    /// Makes or changes an event, and with it its task.
    Event(u8, u8),
    /// Removes an event.
    Forget(u8, u8),
    /// Removes a task with all that it has.
    Delete(u8),
    /// Brings a removed task back with all that it had.
    Restore(u8),
    /// Makes or changes a bookmark.
    Bookmark(u8),
    /// Removes a bookmark.
    Unmark(u8),
}

/// What a commit did to a topic.
#[derive(Clone)]
pub(crate) struct Change {
    pub(crate) topic: Topic,
    pub(crate) seq: u64,
    pub(crate) prev: u64,
    pub(crate) rows: Vec<RowChange>,
    pub(crate) removed: bool,
    /// The rows are more than what the commit changed: they are read, and not told.
    pub(crate) restored: bool,
}

/// All commits since the beginning.
pub(crate) struct History {
    pub(crate) epoch: String,
    seq: u64,
    changes: Vec<Change>,
}

pub(crate) fn task_topic(task: u8) -> Topic {
    Topic::Task(TaskId::new(format!("t{task}")))
}

impl History {
    pub(crate) fn new(epoch: String) -> Self {
        Self {
            epoch,
            seq: 0,
            changes: Vec::new(),
        }
    }

    pub(crate) fn cut(&self, epoch: String, seq: u64) -> Self {
        let kept = self.changes.iter().filter(|change| change.seq <= seq);
        let changes = kept.cloned().collect();
        Self {
            epoch,
            seq,
            changes,
        }
    }

    pub(crate) fn seq(&self) -> u64 {
        self.seq
    }

    /// One more commit; nothing where there is nothing to remove.
    pub(crate) fn commit(&mut self, act: Act) -> Vec<Change> {
        let seq = self.seq + 1;
        let row = |short: String| bodies::row(&format!("{short}@{seq}"));
        let made: Vec<(Topic, Vec<RowChange>, bool)> = match act {
            Act::Task(t) => {
                let rows = vec![row(format!("+task/t{t}"))];
                vec![
                    (Topic::Overview, rows.clone(), false),
                    (task_topic(t), rows, false),
                ]
            }
            Act::Event(t, e) => {
                let task = row(format!("+task/t{t}"));
                let event = row(format!("+event/t{t}e{e}"));
                let overview = (Topic::Overview, vec![task.clone()], false);
                vec![overview, (task_topic(t), vec![event, task], false)]
            }
            Act::Forget(t, e) if self.has(&task_topic(t), &format!("event/t{t}e{e}")) => {
                vec![(task_topic(t), vec![row(format!("-event/t{t}e{e}"))], false)]
            }
            Act::Delete(t) if self.exists(&task_topic(t)) => {
                let rows = vec![row(format!("-task/t{t}"))];
                vec![
                    (Topic::Overview, rows, false),
                    (task_topic(t), Vec::new(), true),
                ]
            }
            Act::Bookmark(b) => {
                vec![(
                    Topic::Bookmarks,
                    vec![row(format!("+bookmark/b{b}"))],
                    false,
                )]
            }
            Act::Unmark(b) if self.has(&Topic::Bookmarks, &format!("bookmark/b{b}")) => {
                vec![(
                    Topic::Bookmarks,
                    vec![row(format!("-bookmark/b{b}"))],
                    false,
                )]
            }
            Act::Restore(t) if self.was_removed(&task_topic(t)) => {
                return self.restore(seq, t, row(format!("+task/t{t}")));
            }
            Act::Forget(..) | Act::Delete(_) | Act::Restore(_) | Act::Unmark(_) => {
                return Vec::new();
            }
        };
        self.store(seq, made)
    }

    fn restore(&mut self, seq: u64, task: u8, row: RowChange) -> Vec<Change> {
        let topic = task_topic(task);
        let removed_at = self.last(&topic, self.seq);
        let mut rows = self.state(&topic, removed_at - 1).rows;
        rows.insert(row.key(), row.clone());
        let rows = rows.into_values().collect();
        let made = vec![(Topic::Overview, vec![row], false), (topic, rows, false)];
        let mut changes = self.store(seq, made);
        let all = self.changes.iter_mut().chain(&mut changes);
        for change in all.filter(|change| change.seq == seq) {
            change.restored = matches!(change.topic, Topic::Task(_));
        }
        changes
    }

    fn store(&mut self, seq: u64, made: Vec<(Topic, Vec<RowChange>, bool)>) -> Vec<Change> {
        let with_prev = made.into_iter().map(|(topic, rows, removed)| Change {
            prev: self.last(&topic, self.seq),
            topic,
            seq,
            rows,
            removed,
            restored: false,
        });
        let changes: Vec<Change> = with_prev.collect();
        self.changes.extend(changes.iter().cloned());
        self.seq = seq;
        changes
    }

    /// The last commit up to `seq` that touched a topic.
    pub(crate) fn last(&self, topic: &Topic, seq: u64) -> u64 {
        let touched = self.of(topic).filter(|change| change.seq <= seq);
        touched.map(|change| change.seq).last().unwrap_or(0)
    }

    pub(crate) fn exists(&self, topic: &Topic) -> bool {
        let gone = self.of(topic).last().is_none_or(|change| change.removed);
        !matches!(topic, Topic::Task(_)) || !gone
    }

    /// Whether the topic was gone and is there again, or came back with rows of before.
    pub(crate) fn was_made_again(&self, topic: &Topic, after: u64) -> bool {
        self.of(topic)
            .any(|change| (change.removed || change.restored) && change.seq > after)
    }

    fn was_removed(&self, topic: &Topic) -> bool {
        self.of(topic).last().is_some_and(|change| change.removed)
    }

    pub(crate) fn changes_since(&self, topic: &Topic, after: u64) -> Vec<Change> {
        self.of(topic)
            .filter(|change| change.seq > after)
            .cloned()
            .collect()
    }

    /// Each row that changed, as it is now; in parts of two commits.
    pub(crate) fn pages_since(&self, topic: &Topic, after: u64) -> Vec<(u64, Vec<RowChange>)> {
        let mut newest = BTreeMap::new();
        for row in self
            .changes_since(topic, after)
            .into_iter()
            .flat_map(|change| change.rows)
        {
            newest.insert(row.key(), row);
        }
        let mut by_seq: BTreeMap<u64, Vec<RowChange>> = BTreeMap::new();
        for row in newest.into_values() {
            by_seq.entry(row.seq()).or_default().push(row);
        }
        let commits: Vec<_> = by_seq.into_iter().collect();
        let pages = commits.chunks(2).filter_map(|page| {
            let (seq, _) = page.last()?;
            Some((
                *seq,
                page.iter().flat_map(|(_, rows)| rows.clone()).collect(),
            ))
        });
        pages.collect()
    }

    /// The topic after the commit `seq`.
    pub(crate) fn state(&self, topic: &Topic, seq: u64) -> TopicState {
        let mut rows = BTreeMap::new();
        for change in self.of(topic).filter(|change| change.seq <= seq) {
            if change.removed {
                rows.clear();
            }
            for row in &change.rows {
                if row.is_gone() {
                    rows.remove(&row.key());
                } else {
                    rows.insert(row.key(), row.clone());
                }
            }
        }
        let epoch = self.epoch.clone();
        let cursor = Cursor { epoch, seq };
        TopicState { cursor, rows }
    }

    fn of<'a>(&'a self, topic: &'a Topic) -> impl Iterator<Item = &'a Change> {
        self.changes
            .iter()
            .filter(move |change| &change.topic == topic)
    }

    fn has(&self, topic: &Topic, key: &str) -> bool {
        let rows = self.state(topic, self.seq).rows;
        rows.keys().any(|held| held.to_string() == key)
    }
}
