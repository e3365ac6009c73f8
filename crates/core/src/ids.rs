//! Identifiers, each its own type so that one cannot be passed for another.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(type = "string"))]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps text that is already known to be an id (a stored row, a generated id).
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id_type! {
    /// A task: the unit of work a person asked an agent for. May be chosen by the caller.
    TaskId
}
id_type! {
    /// A session: one run of an agent on a task.
    SessionId
}
id_type! {
    /// An event in a task's timeline.
    EventId
}
id_type! {
    /// A bookmark.
    BookmarkId
}

/// The longest id that a caller may choose, in characters.
pub const ID_LENGTH_MAX: usize = 128;

impl TaskId {
    /// Checks an id that a caller chose: 1 to 128 visible characters, without `/` (it stands in
    /// paths), and neither `finished` nor `restore` (they would shadow routes of `/api/tasks`).
    ///
    /// # Errors
    /// The reason, as a sentence fragment that fits after "taskId".
    pub fn from_caller(id: &str) -> Result<Self, &'static str> {
        if id.is_empty() || id.chars().count() > ID_LENGTH_MAX {
            return Err("must be 1 to 128 characters long");
        }
        if id
            .chars()
            .any(|c| c == '/' || c.is_whitespace() || c.is_control())
        {
            return Err("must be visible characters without '/'");
        }
        if matches!(id, "." | "..") {
            return Err("must not be '.' or '..', which mean something else in a path");
        }
        if matches!(id, "finished" | "restore") {
            return Err("must not be 'finished' or 'restore', which name routes");
        }
        Ok(Self::new(id))
    }
}

/// Where new ids come from. The server gives UUID v7; tests give readable counters.
///
/// Ids from one source must be distinct for the life of the store.
pub trait IdSource {
    /// The next id.
    fn next_id(&mut self) -> String;
}

/// Readable ids for tests: `p-1`, `p-2`, …
#[derive(Debug)]
pub struct CountingIds {
    prefix: String,
    last: u64,
}

impl CountingIds {
    /// Ids that begin with `prefix`.
    pub fn new(prefix: &str) -> Self {
        Self {
            prefix: prefix.to_owned(),
            last: 0,
        }
    }
}

impl IdSource for CountingIds {
    fn next_id(&mut self) -> String {
        self.last += 1;
        format!("{}-{}", self.prefix, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::TaskId;

    #[test]
    fn caller_chosen_ids_are_checked() {
        assert!(TaskId::from_caller("my-task_1").is_ok());
        assert!(TaskId::from_caller("задача").is_ok());
        for bad in [
            "",
            "a/b",
            "a b",
            "a\u{0}b",
            "finished",
            "restore",
            ".",
            "..",
            &"x".repeat(129),
        ] {
            assert!(TaskId::from_caller(bad).is_err(), "{bad:?}");
        }
    }
}
