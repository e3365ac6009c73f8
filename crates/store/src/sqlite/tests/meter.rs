use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::trace::{StmtRef, TraceEvent, TraceEventCodes};
use rusqlite::{Connection, StatementStatus};

/// What was spent on a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cost {
    /// Steps of SQLite's machine.
    pub(super) steps: i32,
    /// Steps through a whole table or index.
    pub(super) scans: i32,
    /// Statements.
    pub(super) statements: i32,
}

/// Counts what each statement of a connection costs.
#[derive(Clone, Default)]
pub(super) struct Meter(Arc<Mutex<Counts>>);

#[derive(Default)]
struct Counts {
    /// The counters of each statement when it last ended: SQLite never sets them back.
    last: BTreeMap<String, Counters>,
    spent: Cost,
}

#[derive(Clone, Copy, Default)]
struct Counters {
    runs: i32,
    steps: i32,
    scans: i32,
}

impl Meter {
    /// Counts from now on what `connection` does.
    pub(super) fn attach(connection: &mut Connection) -> Self {
        let meter = Self::default();
        let counts = meter.clone();
        let count = move |event: TraceEvent<'_>| {
            if let TraceEvent::Profile(statement, _) = event {
                counts.count(&statement);
            }
        };
        let ends = TraceEventCodes::SQLITE_TRACE_PROFILE;
        connection.trace_v2(ends, Some(count)).unwrap();
        meter
    }

    fn with<T>(&self, use_counts: impl FnOnce(&mut Counts) -> T) -> T {
        use_counts(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn count(&self, statement: &StmtRef<'_>) {
        let now = Counters {
            runs: statement.get_status(StatementStatus::Run),
            steps: statement.get_status(StatementStatus::VmStep),
            scans: statement.get_status(StatementStatus::FullscanStep),
        };
        let sql = statement.sql().into_owned();
        self.with(|counts| {
            let last = counts.last.insert(sql, now).unwrap_or_default();
            // A statement that is not cached begins at zero each time.
            let again = now.runs > last.runs;
            let before = if again { last } else { Counters::default() };
            counts.spent.steps += now.steps - before.steps;
            counts.spent.scans += now.scans - before.scans;
            counts.spent.statements += 1;
        });
    }

    /// What was spent since this was last asked.
    pub(super) fn take(&self) -> Cost {
        self.with(|counts| std::mem::take(&mut counts.spent))
    }

    /// Every statement that ran.
    pub(super) fn statements(&self) -> Vec<String> {
        self.with(|counts| counts.last.keys().cloned().collect())
    }
}
