//! How far transcripts were read.

use agent_tracer_core::rows::TranscriptRow;
use rusqlite::{Connection, Row, params};

use crate::error::StoreError;

pub(super) fn put(connection: &Connection, row: &TranscriptRow) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO transcripts VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET \
         size = ?2, modified_ms = ?3, bytes_read = ?4, fingerprint = ?5, is_closed = ?6",
    )?;
    statement.execute(params![
        row.path,
        row.size.cast_signed(),
        row.modified_ms,
        row.offset.cast_signed(),
        row.fingerprint.cast_signed(),
        row.is_closed,
    ])?;
    Ok(())
}

/// All of them, by path.
pub(super) fn read(connection: &Connection) -> Result<Vec<TranscriptRow>, StoreError> {
    let sql = "SELECT path, size, modified_ms, bytes_read, fingerprint, is_closed \
               FROM transcripts ORDER BY path";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map((), transcript)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn transcript(row: &Row<'_>) -> rusqlite::Result<TranscriptRow> {
    Ok(TranscriptRow {
        path: row.get(0)?,
        size: row.get::<_, i64>(1)?.cast_unsigned(),
        modified_ms: row.get(2)?,
        offset: row.get::<_, i64>(3)?.cast_unsigned(),
        fingerprint: row.get::<_, i64>(4)?.cast_unsigned(),
        is_closed: row.get(5)?,
    })
}
