//! Writing what a decision came to.

use agent_tracer_core::figures::Totals;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::rows::{
    Binding, DELIVERIES_FORGOTTEN_MAX, DELIVERY_KEPT_MILLIS, Mark, MarkKind, Writes,
};
use agent_tracer_core::time::Timestamp;
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension as _, Params, params};

use crate::error::StoreError;
use crate::model::Seq;

/// Whether a decision writes anything that is not held (see `held`), and how many statements that
/// takes.
pub(super) fn statements_at_once(writes: &Writes) -> usize {
    writes.new_events.len()
        + writes.changed_events.len()
        + writes.bindings.len()
        + writes.removed_bindings.len()
        + writes.bookmarks.len()
        + writes.removed_bookmarks.len()
        + writes.evaluations.len()
        + writes.removed_evaluations.len() * 2
        + writes.removed_bookmarks.len()
        + writes.removed_tasks.len() * 2
        + writes.trashed_tasks.len()
        + writes.restored_tasks.len() * 3
        + writes.emptied_tasks.len() * 2
        + writes.usage.len()
        + writes.dropped_usage.len() * 2
        + writes.usage_buckets.len()
        + writes.usage_hours.len()
        + writes.transcripts.len()
}

/// Writes what is not held, stamped with the commit's number.
pub(super) fn write_at_once(
    connection: &Connection,
    writes: &Writes,
    seq: Seq,
) -> Result<(), StoreError> {
    let to = Target::new(connection, seq);
    to.move_trash(writes)?;
    for (place, row) in writes.new_events.iter().enumerate() {
        to.insert_event(row, place)?;
    }
    for row in &writes.changed_events {
        to.update_event(row)?;
    }
    to.put_payload(writes)?;
    for binding in &writes.bindings {
        to.put_binding(binding)?;
    }
    for (source, runtime) in &writes.removed_bindings {
        let sql = "DELETE FROM bindings WHERE source = ?1 AND runtime_session_id = ?2";
        to.run(sql, [source, runtime])?;
    }
    for bookmark in &writes.bookmarks {
        to.put_bookmark(bookmark)?;
    }
    for id in &writes.removed_bookmarks {
        to.run("DELETE FROM bookmarks WHERE id = ?1", [id.as_str()])?;
    }
    for evaluation in &writes.evaluations {
        to.put_evaluation(evaluation)?;
    }
    for task in &writes.removed_evaluations {
        let sql = "DELETE FROM evaluations WHERE task_id = ?1";
        to.run(sql, [task.as_str()])?;
    }
    for row in &writes.usage {
        to.put_usage(row)?;
    }
    for id in &writes.dropped_usage {
        to.drop_usage(id)?;
    }
    for (bucket, change) in &writes.usage_buckets {
        to.add_to_bucket(bucket, *change)?;
    }
    for (hour, change) in &writes.usage_hours {
        to.add_to_hour(hour, *change)?;
    }
    for row in &writes.transcripts {
        super::transcripts::put(connection, row)?;
    }
    to.put_removals(writes)
}

/// Where rows are written to, and the number they are stamped with.
pub(super) struct Target<'a> {
    connection: &'a Connection,
    pub(super) seq: i64,
}

impl<'a> Target<'a> {
    pub(super) fn new(connection: &'a Connection, seq: Seq) -> Self {
        Self {
            connection,
            seq: super::numbers::stored(seq),
        }
    }

    pub(super) fn run(&self, sql: &str, params: impl Params) -> Result<usize, StoreError> {
        Ok(self.connection.prepare_cached(sql)?.execute(params)?)
    }

    /// One value, unless there is no row or it is null.
    pub(super) fn ask<T: FromSql>(
        &self,
        sql: &str,
        params: impl Params,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement.query_row(params, |row| row.get::<_, Option<T>>(0));
        Ok(found.optional()?.flatten())
    }

    /// Keeps a number by its name.
    pub(super) fn put_meta(&self, name: &str, value: i64) -> Result<(), StoreError> {
        self.run("UPDATE meta SET value = ?2 WHERE name = ?1", (name, value))?;
        Ok(())
    }

    fn put_binding(&self, binding: &Binding) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO bindings VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET \
             task_id = ?3, session_id = ?4, process = ?5, from_transcript = ?6",
            params![
                binding.source,
                binding.runtime_session_id,
                binding.task_id.as_str(),
                binding
                    .session_id
                    .as_ref()
                    .map(agent_tracer_core::ids::SessionId::as_str),
                binding.process,
                binding.from_transcript,
            ],
        )?;
        Ok(())
    }

    pub(super) fn put_mark(
        &self,
        task: &TaskId,
        kind: MarkKind,
        name: &str,
        mark: Option<&Mark>,
    ) -> Result<(), StoreError> {
        match mark {
            Some(mark) => self.run(
                "INSERT INTO marks VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT DO UPDATE SET count = ?4, note = ?5",
                params![task.as_str(), kind as u8, name, mark.count, mark.note],
            ),
            None => self.run(
                "DELETE FROM marks WHERE task_id = ?1 AND kind = ?2 AND name = ?3",
                params![task.as_str(), kind as u8, name],
            ),
        }?;
        Ok(())
    }

    /// Remembers a delivery, and forgets a few that nobody sends again.
    pub(super) fn put_delivery(&self, id: &str, at: Timestamp) -> Result<(), StoreError> {
        let sql = "INSERT INTO deliveries VALUES (?1, ?2)";
        self.run(sql, (id, at.as_millis()))?;
        let old = at.as_millis() - DELIVERY_KEPT_MILLIS;
        let sql = "DELETE FROM deliveries WHERE id IN (SELECT id FROM deliveries \
                   WHERE received_at < ?1 ORDER BY received_at LIMIT ?2)";
        self.run(sql, (old, DELIVERIES_FORGOTTEN_MAX))?;
        Ok(())
    }

    pub(super) fn add_totals(&self, source: &str, change: Totals) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO totals VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, \
             ?14, ?15) ON CONFLICT DO UPDATE SET tasks = tasks + ?2, running = running + ?3, \
             waiting = waiting + ?4, completed = completed + ?5, errored = errored + ?6, \
             events = events + ?7, prompted = prompted + ?8, linked = linked + ?9, \
             with_questions = with_questions + ?10, with_todos = with_todos + ?11, \
             with_coordination = with_coordination + ?12, with_background = with_background + ?13, \
             ended_ms = ended_ms + ?14, running_since_ms = running_since_ms + ?15",
        )?;
        statement.raw_bind_parameter(1, source)?;
        for (place, figure) in (2..).zip(change.to_array()) {
            statement.raw_bind_parameter(place, figure)?;
        }
        statement.raw_execute()?;
        Ok(())
    }

    pub(super) fn add_active_minute(&self, minute: i64, change: i64) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO active_minutes VALUES (?1, ?2) \
             ON CONFLICT DO UPDATE SET tasks = tasks + ?2",
            [minute, change],
        )?;
        self.run(
            "DELETE FROM active_minutes WHERE minute = ?1 AND tasks = 0",
            [minute],
        )?;
        Ok(())
    }
}
