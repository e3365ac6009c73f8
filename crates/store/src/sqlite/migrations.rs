use std::path::Path;

use agent_tracer_core::fingerprint::fingerprint;
use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use super::connection::unusable;
use crate::error::StoreError;

/// Every change of the schema, in order; the place in the list (from 1) is its number. Only ever
/// append: a database remembers what each number was.
const MIGRATIONS: &[&str] = &[include_str!("../../migrations/0001_initial.sql")];

/// Refuses a database that this version must not touch: another program's, a newer version's, or
/// one that was made with other migrations under the same numbers. Writes nothing.
pub(super) fn inspect(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let found = version(connection).map_err(|error| refusal(path, &error))?;
    let stored = fingerprints(connection, path)?;
    if found > number(MIGRATIONS.len()) {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known: number(MIGRATIONS.len()),
        });
    }
    if found != number(stored.len()) {
        return Err(foreign(path));
    }
    for (number, (stored, sql)) in (1..).zip(stored.iter().zip(MIGRATIONS)) {
        if *stored != fingerprint(sql) {
            return Err(StoreError::Changed {
                path: path.to_owned(),
                number,
            });
        }
    }
    Ok(())
}

/// Brings an inspected database to this version's schema. All of it or none.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let found = version(connection)?;
    let missing = || (1..).zip(MIGRATIONS).filter(|(number, _)| *number > found);
    if missing().next().is_none() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if found == 0 {
        transaction.execute_batch(
            "CREATE TABLE migrations (number INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL)",
        )?;
    }
    for (number, sql) in missing() {
        transaction.execute_batch(sql)?;
        transaction.execute(
            "INSERT INTO migrations VALUES (?1, ?2)",
            (number, fingerprint(sql)),
        )?;
        transaction.pragma_update(None, "user_version", number)?;
    }
    transaction.commit()?;
    Ok(())
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// What the database remembers of its migrations; nothing if it is empty.
fn fingerprints(connection: &Connection, path: &Path) -> Result<Vec<String>, StoreError> {
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0))?;
    if tables == 0 {
        return Ok(Vec::new());
    }
    let stored = connection
        .prepare("SELECT fingerprint FROM migrations ORDER BY number")
        .and_then(|mut statement| statement.query_map((), |row| row.get(0))?.collect());
    let stored: Vec<String> = stored.map_err(|error| refusal(path, &error))?;
    if stored.is_empty() {
        return Err(foreign(path));
    }
    Ok(stored)
}

/// Why a file does not answer as a database of ours does: it is something else, or it cannot be
/// read now.
fn refusal(path: &Path, error: &rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        // Without a code: a column that holds another type than ours.
        None | Some(ErrorCode::NotADatabase | ErrorCode::Unknown) => foreign(path),
        Some(_) => unusable(path, error),
    }
}

fn foreign(path: &Path) -> StoreError {
    StoreError::Foreign {
        path: path.to_owned(),
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
