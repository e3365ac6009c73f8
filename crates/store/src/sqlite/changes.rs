//! What happened to a topic after a commit.
//!
//! A page is asked for in two steps: how far it reaches, so that no source gives much more than
//! the limit, and then every row that changed up to there.

use agent_tracer_core::ids::TaskId;
use agent_tracer_core::wire::follow::Topic;
use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::changed_row::{Placed, bookmark, evaluation, event, removal, session, task};
use super::numbers::{
    first_position, last_position, read_meta, read_seq, seq, seq_of_position, stored,
};
use super::removals::last_removal;
use super::row::{
    BOOKMARK_COLUMNS, EVALUATION_COLUMNS, EVENT_COLUMNS, SESSION_COLUMNS, TASK_COLUMNS,
};
use super::rows::{BOOKMARK_TABLES, sql};
use super::topics::{restored_seq, task_seq};
use crate::error::StoreError;
use crate::model::Seq;
use crate::traits::ChangedSince;

/// How many new events of all tasks are looked at for those of one.
const SCANNED_MAX: usize = if cfg!(test) { 200 } else { 20_000 };

pub(super) fn changed_since(
    connection: &Connection,
    topic: &Topic,
    after: Seq,
    limit: usize,
) -> Result<ChangedSince, StoreError> {
    let now = read_seq(connection)?;
    if let Topic::Task(id) = topic {
        if task_seq(connection, id)?.is_none() {
            return Ok(ChangedSince::Removed { now });
        }
        if restored_seq(connection, id)?.is_some_and(|restored| restored > after) {
            return Ok(ChangedSince::Window);
        }
        if last_removal(connection, id)?.is_some_and(|removed| removed > after) {
            return Ok(ChangedSince::Window);
        }
    }
    if after < read_meta(connection, "horizon")? {
        return Ok(ChangedSince::Window);
    }
    let page = Page { connection, after };
    let (through, mut rows) = match topic {
        Topic::Overview => page.overview(now, limit)?,
        Topic::Bookmarks => page.bookmarks(now, limit)?,
        Topic::Task(id) => page.task(id, now, limit)?,
    };
    rows.sort_by_key(|(place, _)| *place);
    Ok(ChangedSince::Rows {
        rows: rows.into_iter().map(|(_, change)| change).collect(),
        through,
        now,
    })
}

struct Page<'a> {
    connection: &'a Connection,
    after: Seq,
}

impl Page<'_> {
    fn overview(&self, now: Seq, limit: usize) -> Result<(Seq, Vec<Placed>), StoreError> {
        let through = self.through(
            now,
            limit,
            &[
                "SELECT seq FROM tasks WHERE seq > ?1 ORDER BY seq LIMIT 1 OFFSET ?2",
                "SELECT seq FROM removals WHERE seq > ?1 AND kind = 'task' \
                 ORDER BY seq LIMIT 1 OFFSET ?2",
            ],
        )?;
        let tasks = sql!(
            "SELECT ",
            TASK_COLUMNS,
            ", seq FROM tasks WHERE seq > ?1 AND seq <= ?2"
        );
        let mut rows = self.up_to(tasks, through, task)?;
        let removals = "SELECT seq, kind, id FROM removals \
                        WHERE seq > ?1 AND seq <= ?2 AND kind = 'task'";
        rows.extend(self.up_to(removals, through, removal)?);
        Ok((through, rows))
    }

    fn bookmarks(&self, now: Seq, limit: usize) -> Result<(Seq, Vec<Placed>), StoreError> {
        let through = self.through(
            now,
            limit,
            &[
                "SELECT seq FROM bookmarks WHERE seq > ?1 ORDER BY seq LIMIT 1 OFFSET ?2",
                "SELECT seq FROM evaluations WHERE seq > ?1 ORDER BY seq LIMIT 1 OFFSET ?2",
                "SELECT seq FROM removals WHERE seq > ?1 AND kind <> 'task' \
                 ORDER BY seq LIMIT 1 OFFSET ?2",
            ],
        )?;
        let bookmarks = sql!(
            "SELECT ",
            BOOKMARK_COLUMNS,
            ", b.seq",
            BOOKMARK_TABLES,
            " WHERE b.seq > ?1 AND b.seq <= ?2"
        );
        let mut rows = self.up_to(bookmarks, through, bookmark)?;
        let evaluations = sql!(
            "SELECT ",
            EVALUATION_COLUMNS,
            ", seq FROM evaluations WHERE seq > ?1 AND seq <= ?2"
        );
        rows.extend(self.up_to(evaluations, through, evaluation)?);
        let removals = "SELECT seq, kind, id FROM removals \
                        WHERE seq > ?1 AND seq <= ?2 AND kind <> 'task'";
        rows.extend(self.up_to(removals, through, removal)?);
        Ok((through, rows))
    }

    fn task(&self, id: &TaskId, now: Seq, limit: usize) -> Result<(Seq, Vec<Placed>), StoreError> {
        let (id, after) = (id.as_str(), stored(self.after));
        let changed = "SELECT seq FROM events INDEXED BY events_changed \
                       WHERE task_id = ?1 AND seq > ?2 AND seq > (position >> 16) \
                       ORDER BY seq LIMIT 1 OFFSET ?3";
        let changed = self.seq_of(changed, &[&id, &after, &offset(limit)])?;
        let new = self.new_events_through(id, limit)?;
        let through = [changed, new].into_iter().flatten().fold(now, Seq::min);
        let (last, first_new) = (stored(through), first_position(Seq(self.after.0 + 1)));
        let sessions = sql!(
            "SELECT ",
            SESSION_COLUMNS,
            ", seq FROM sessions WHERE task_id = ?1 AND seq > ?2 AND seq <= ?3"
        );
        let mut rows = self.rows(sessions, &[&id, &after, &last], session)?;
        let changed = sql!(
            "SELECT ",
            EVENT_COLUMNS,
            ", seq FROM events INDEXED BY events_changed WHERE task_id = ?1 AND seq > ?2 \
             AND seq <= ?3 AND seq > (position >> 16) AND position < ?4"
        );
        rows.extend(self.rows(changed, &[&id, &after, &last, &first_new], event)?);
        // The plus keeps SQLite from looking through all events of the task instead.
        let new = sql!(
            "SELECT ",
            EVENT_COLUMNS,
            ", seq FROM events WHERE +task_id = ?1 AND position BETWEEN ?2 AND ?3"
        );
        let last_new = last_position(through);
        rows.extend(self.rows(new, &[&id, &first_new, &last_new], event)?);
        Ok((through, rows))
    }

    /// The commit of the `limit`th new event of the task, or the one up to which events of all
    /// tasks were looked at. `None` when there are no more.
    fn new_events_through(&self, id: &str, limit: usize) -> Result<Option<Seq>, StoreError> {
        let sql = "SELECT position, task_id = ?2 FROM events WHERE position >= ?1 \
                   ORDER BY position LIMIT ?3";
        let first = first_position(Seq(self.after.0 + 1));
        let scanned_max = i64::try_from(SCANNED_MAX).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query((first, id, scanned_max))?;
        let (mut scanned, mut found) = (0, 0);
        while let Some(row) = rows.next()? {
            scanned += 1;
            found += usize::from(row.get::<_, bool>(1)?);
            if found >= limit || scanned >= SCANNED_MAX {
                return Ok(Some(seq_of_position(row.get(0)?)));
            }
        }
        Ok(None)
    }

    /// How far a page reaches: each statement gives the commit of the row at an offset.
    fn through(&self, now: Seq, limit: usize, sources: &[&str]) -> Result<Seq, StoreError> {
        let mut through = now;
        for sql in sources {
            let reached = self.seq_of(sql, &[&stored(self.after), &offset(limit)])?;
            through = reached.map_or(through, |reached| reached.min(through));
        }
        Ok(through)
    }

    fn seq_of(&self, sql: &str, params: &[&dyn ToSql]) -> Result<Option<Seq>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement.query_row(params, |row| row.get(0)).optional()?;
        Ok(found.map(seq))
    }

    fn up_to(
        &self,
        sql: &str,
        through: Seq,
        read: fn(&Row<'_>) -> rusqlite::Result<Placed>,
    ) -> Result<Vec<Placed>, StoreError> {
        self.rows(sql, &[&stored(self.after), &stored(through)], read)
    }

    fn rows(
        &self,
        sql: &str,
        params: &[&dyn ToSql],
        read: fn(&Row<'_>) -> rusqlite::Result<Placed>,
    ) -> Result<Vec<Placed>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params, read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn offset(limit: usize) -> i64 {
    i64::try_from(limit.max(1) - 1).unwrap_or(i64::MAX)
}
