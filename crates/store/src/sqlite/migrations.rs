use std::path::Path;

use agent_tracer_core::fingerprint::fingerprint;
use rusqlite::{Connection, OptionalExtension as _};

use crate::error::StoreError;

/// Every change of the schema, in order; the place in the list (from 1) is its number. Only ever
/// append: a database remembers what each number was.
const MIGRATIONS: &[&str] = &[include_str!("../../migrations/0001_initial.sql")];

/// Brings the database to this version's schema. All of it or none.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if found > known {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known,
        });
    }
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    if found == 0 {
        refuse_foreign(&transaction, path)?;
        transaction.execute_batch(
            "CREATE TABLE migrations (number INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL)",
        )?;
    }
    for (number, sql) in (1..).zip(MIGRATIONS) {
        if number <= found {
            check(&transaction, path, number, sql)?;
        } else {
            transaction.execute_batch(sql)?;
            transaction.execute(
                "INSERT INTO migrations VALUES (?1, ?2)",
                (number, fingerprint(sql)),
            )?;
        }
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    Ok(())
}

fn refuse_foreign(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0))?;
    if tables == 0 {
        Ok(())
    } else {
        Err(StoreError::Foreign {
            path: path.to_owned(),
        })
    }
}

fn check(connection: &Connection, path: &Path, number: i64, sql: &str) -> Result<(), StoreError> {
    let query = "SELECT fingerprint FROM migrations WHERE number = ?1";
    let stored: Option<String> = connection
        .query_row(query, [number], |row| row.get(0))
        .optional()
        .map_err(|_| StoreError::Foreign {
            path: path.to_owned(),
        })?;
    if stored.is_some_and(|stored| stored == fingerprint(sql)) {
        Ok(())
    } else {
        Err(StoreError::Changed {
            path: path.to_owned(),
            number,
        })
    }
}
