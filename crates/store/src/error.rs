use std::path::PathBuf;

use agent_tracer_core::rows::RowsUnavailable;

/// Why the store could not do what was asked. Not-found is never an error here, but `None`.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk is full (or a quota is reached). Nothing of the group was stored.
    #[error("the disk is full: nothing more can be stored until space is freed")]
    Full,
    /// Another server holds this database.
    #[error("another agent-tracer already uses the database {0}")]
    InUse(PathBuf),
    /// The database was made by a newer version.
    #[error(
        "the database {path} was made by a newer agent-tracer (its format is {found}, this one \
         knows up to {known}): update agent-tracer, or choose another file with --db"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The number of its last migration.
        found: i64,
        /// The number of ours.
        known: i64,
    },
    /// A migration that this database has is not the one this version has under that number.
    #[error("the database {path} was changed by a different build (migration {number} differs)")]
    Changed {
        /// The file.
        path: PathBuf,
        /// The migration.
        number: i64,
    },
    /// The file holds something else.
    #[error("{path} is not a database of agent-tracer: choose another file with --db")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder cannot be used.
    #[error("cannot use the database {path}: {reason}")]
    Unusable {
        /// The file.
        path: PathBuf,
        /// Why, in the system's words.
        reason: String,
    },
    /// A stored row cannot be understood.
    #[error("a stored row cannot be read: {column} of {row:?}: {reason}")]
    BadRow {
        /// The row's id, if that much can be read.
        row: String,
        /// The column.
        column: String,
        /// What is wrong with it.
        reason: String,
    },
    /// SQLite failed in any other way.
    #[error("the database failed: {0}")]
    Driver(#[source] rusqlite::Error),
}

/// Why a stored value could not be understood. Travels inside the driver's error.
#[derive(Debug, thiserror::Error)]
#[error("{column} of {row:?}: {reason}")]
pub(crate) struct BadValue {
    pub row: String,
    pub column: String,
    pub reason: String,
}

impl StoreError {
    /// Whether this is about one row alone, so that other rows can still be read and written.
    pub(crate) fn is_of_one_row(&self) -> bool {
        match self {
            Self::BadRow { .. } => true,
            Self::Driver(error) => matches!(
                error.sqlite_error_code(),
                Some(rusqlite::ErrorCode::ConstraintViolation | rusqlite::ErrorCode::TooBig)
            ),
            _ => false,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error::{FromSqlConversionFailure, InvalidColumnType};
        match error {
            FromSqlConversionFailure(_, _, cause) => bad_row(cause),
            InvalidColumnType(_, column, found) => Self::BadRow {
                row: String::new(),
                column,
                reason: format!("is of type {found}"),
            },
            error if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            error => Self::Driver(error),
        }
    }
}

fn bad_row(cause: Box<dyn std::error::Error + Send + Sync>) -> StoreError {
    let value = cause.downcast::<BadValue>().map_or_else(
        |cause| BadValue {
            row: String::new(),
            column: String::new(),
            reason: cause.to_string(),
        },
        |value| *value,
    );
    StoreError::BadRow {
        row: value.row,
        column: value.column,
        reason: value.reason,
    }
}

impl From<StoreError> for RowsUnavailable {
    fn from(error: StoreError) -> Self {
        Self(Box::new(error))
    }
}

impl From<RowsUnavailable> for StoreError {
    fn from(error: RowsUnavailable) -> Self {
        match error.0.downcast::<Self>() {
            Ok(own) => *own,
            Err(other) => bad_row(other),
        }
    }
}
