//! What a commit does to the topics that clients follow.

use crate::ids::TaskId;
use crate::rows::Writes;
use crate::wire::follow::{RowChange, Topic};

/// What one commit does to one topic.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicRows {
    /// The topic.
    pub topic: Topic,
    /// Its rows after the commit, in the order of the commit.
    pub rows: Vec<RowChange>,
    /// Whether the topic is gone with the commit: its task was deleted.
    pub removed: bool,
    /// Whether the topic came back with the commit: its task was restored, with more rows than the
    /// commit changed. Only reading it tells them.
    pub restored: bool,
}

impl TopicRows {
    fn new(topic: Topic) -> Self {
        Self {
            topic,
            rows: Vec::new(),
            removed: false,
            restored: false,
        }
    }
}

/// The topics that the commit `seq` touches: the overview, each task, the bookmarks.
///
/// Events, bookmarks and evaluations are moved out of `writes`, because they are large and need no
/// second copy once they are written; tasks and sessions stay for those who hold on to them.
pub fn topics_of(writes: &mut Writes, seq: u64) -> Vec<TopicRows> {
    let mut topics = Vec::with_capacity(2 + writes.tasks.len());
    topics.extend(overview(writes, seq));
    topics.extend(tasks(writes, seq));
    topics.extend(bookmarks(writes, seq));
    topics
}

fn task_change(writes: &Writes, place: usize, seq: u64) -> Option<RowChange> {
    let task = &writes.tasks.get(place)?.task;
    Some(RowChange::Task {
        id: task.id.clone(),
        seq,
        row: Some(task.clone()),
    })
}

fn overview(writes: &Writes, seq: u64) -> Option<TopicRows> {
    let mut overview = TopicRows::new(Topic::Overview);
    let written = (0..writes.tasks.len()).filter_map(|place| task_change(writes, place, seq));
    overview.rows.extend(written);
    let gone = writes.removed_tasks.iter().map(|id| RowChange::Task {
        id: id.clone(),
        seq,
        row: None,
    });
    overview.rows.extend(gone);
    Some(overview).filter(|topic| !topic.rows.is_empty())
}

/// One topic per task, in the order of the tasks; those that are gone come last. The task's own row
/// is not among its rows: whoever shows a task follows the overview, which tells it already.
fn tasks(writes: &mut Writes, seq: u64) -> Vec<TopicRows> {
    let mut topics: Vec<TopicRows> = (0..writes.tasks.len())
        .filter_map(|place| {
            let id = writes.tasks.get(place)?.task.id.clone();
            let restored = writes.restored_tasks.binary_search(&id).is_ok();
            let topic = TopicRows::new(Topic::Task(id));
            Some(TopicRows { restored, ..topic })
        })
        .collect();
    add_rows(writes, &mut topics, seq);
    topics.extend(writes.removed_tasks.iter().map(|id| TopicRows {
        removed: true,
        ..TopicRows::new(Topic::Task(id.clone()))
    }));
    topics
}

/// Adds sessions, new events and changed events to the topics of their tasks.
fn add_rows(writes: &mut Writes, topics: &mut [TopicRows], seq: u64) {
    let new_events = std::mem::take(&mut writes.new_events);
    let changed_events = std::mem::take(&mut writes.changed_events);
    let tasks = &writes.tasks;
    let mut add = |task: &TaskId, change: RowChange| {
        // They are in the order of their ids.
        let place = tasks.binary_search_by(|row| row.task.id.cmp(task));
        if let Some(topic) = place.ok().and_then(|place| topics.get_mut(place)) {
            topic.rows.push(change);
        }
    };
    for row in &writes.sessions {
        let row = row.session.clone();
        let (task, id) = (row.task_id.clone(), row.id.clone());
        let row = Some(row);
        add(&task, RowChange::Session { id, seq, row });
    }
    for row in new_events.into_iter().chain(changed_events) {
        let row = row.event;
        let (task, id) = (row.task_id.clone(), row.id.clone());
        let row = Some(row);
        add(&task, RowChange::Event { id, seq, row });
    }
}

fn bookmarks(writes: &mut Writes, seq: u64) -> Option<TopicRows> {
    let mut topic = TopicRows::new(Topic::Bookmarks);
    for row in writes.bookmarks.drain(..) {
        let (id, row) = (row.id.clone(), Some(row));
        topic.rows.push(RowChange::Bookmark { id, seq, row });
    }
    for row in writes.evaluations.drain(..) {
        let (id, row) = (row.task_id.clone(), Some(row));
        topic.rows.push(RowChange::Evaluation { id, seq, row });
    }
    for id in writes.removed_bookmarks.drain(..) {
        let row = None;
        topic.rows.push(RowChange::Bookmark { id, seq, row });
    }
    for id in writes.removed_evaluations.drain(..) {
        let row = None;
        topic.rows.push(RowChange::Evaluation { id, seq, row });
    }
    Some(topic).filter(|topic| !topic.rows.is_empty())
}
