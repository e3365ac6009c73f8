//! Which commit touched a topic last.

use agent_tracer_core::ids::TaskId;
use agent_tracer_core::rows::Writes;
use agent_tracer_core::topics::TopicRows;
use agent_tracer_core::wire::follow::Topic;
use rusqlite::{Connection, OptionalExtension as _};

use super::held::HeldRows;
use super::numbers::{read_meta, seq};
use super::removals;
use crate::error::StoreError;
use crate::model::{Seq, Version};
use crate::traits::TopicChange;

/// What the writer knows of the topics. Of tasks it is kept in their rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Topics {
    overview: Seq,
    bookmarks: Seq,
    /// How many removals are kept.
    pub(super) removals: usize,
}

impl Topics {
    pub(super) fn read(connection: &Connection) -> Result<Self, StoreError> {
        Ok(Self {
            overview: overview_seq(connection)?,
            bookmarks: bookmarks_seq(connection)?,
            removals: removals::count(connection)?,
        })
    }

    /// Makes changes of what the commit `seq` did. `tasks` are the commits that touched its tasks
    /// before, in the order of their topics.
    pub(super) fn advance(
        &mut self,
        rows: Vec<TopicRows>,
        tasks: Vec<Seq>,
        seq: Seq,
    ) -> Vec<TopicChange> {
        let told = (&mut self.overview, &mut self.bookmarks);
        TopicChange::of_commit(rows, tasks, told, seq)
    }
}

/// The last commits that touched the tasks of a decision, those that it removes last. To be asked
/// before it is written.
pub(super) fn task_seqs(
    connection: &Connection,
    held: &HeldRows,
    writes: &Writes,
) -> Result<Vec<Seq>, StoreError> {
    let written = writes.tasks.iter().map(|row| &row.task.id);
    written
        .chain(&writes.removed_tasks)
        .map(|id| match held.task_seq(id) {
            Some(seq) => Ok(seq),
            None => last_touched(connection, id),
        })
        .collect()
}

/// The last commit that touched a task, or deleted one with that id.
fn last_touched(connection: &Connection, id: &TaskId) -> Result<Seq, StoreError> {
    let touched = task_seq(connection, id)?;
    let removed = removals::last_removal(connection, id)?;
    Ok(touched.max(removed).unwrap_or_default())
}

/// The last commit that touched a task, if it is there.
pub(super) fn task_seq(connection: &Connection, id: &TaskId) -> Result<Option<Seq>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT seq FROM tasks WHERE id = ?1")?;
    let found = statement.query_row([id.as_str()], |row| row.get(0));
    Ok(found.optional()?.map(seq))
}

/// The commit that brought a task back from the trash, if one did.
pub(super) fn restored_seq(
    connection: &Connection,
    id: &TaskId,
) -> Result<Option<Seq>, StoreError> {
    let sql = "SELECT restored_seq FROM tasks WHERE id = ?1";
    let found = connection
        .prepare_cached(sql)?
        .query_row([id.as_str()], |row| row.get::<_, Option<i64>>(0))
        .optional()?;
    Ok(found.flatten().map(seq))
}

pub(super) fn overview_seq(connection: &Connection) -> Result<Seq, StoreError> {
    let touched = newest(connection, "SELECT max(seq) FROM tasks")?;
    Ok(touched.max(read_meta(connection, "task_removed")?))
}

pub(super) fn bookmarks_seq(connection: &Connection) -> Result<Seq, StoreError> {
    let bookmarks = newest(connection, "SELECT max(seq) FROM bookmarks")?;
    let evaluations = newest(connection, "SELECT max(seq) FROM evaluations")?;
    let removed = read_meta(connection, "bookmark_removed")?;
    Ok(bookmarks.max(evaluations).max(removed))
}

fn newest(connection: &Connection, sql: &str) -> Result<Seq, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let found: Option<i64> = statement.query_row((), |row| row.get(0))?;
    Ok(found.map(seq).unwrap_or_default())
}

pub(super) fn topic_seq(connection: &Connection, topic: &Topic) -> Result<Option<Seq>, StoreError> {
    match topic {
        Topic::Overview => overview_seq(connection).map(Some),
        Topic::Bookmarks => bookmarks_seq(connection).map(Some),
        Topic::Task(id) => task_seq(connection, id),
    }
}

pub(super) fn version(
    connection: &Connection,
    topic: &Topic,
) -> Result<Option<Version>, StoreError> {
    let Some(seq) = topic_seq(connection, topic)? else {
        return Ok(None);
    };
    let mut version = Version {
        seq,
        ..Version::default()
    };
    if let Topic::Task(id) = topic {
        let sql = "SELECT count(*), ifnull(max(seq), 0) FROM tasks WHERE parent_task_id = ?1";
        let mut statement = connection.prepare_cached(sql)?;
        let (children, newest): (i64, i64) =
            statement.query_row([id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        version.children = children.unsigned_abs();
        version.children_seq = super::numbers::seq(newest);
    }
    Ok(Some(version))
}
