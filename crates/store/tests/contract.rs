//! What every store must do, in memory and on `SQLite`: one suite, run for each of them, and for
//! `SQLite` closed and opened again before each look at it.

#[cfg(test)]
mod contract {
    /// Runs each named case against every kind of store.
    macro_rules! for_every_store {
        ($($case:ident),+ $(,)?) => {
            mod memory {
                $(#[test] fn $case() { super::$case(&mut crate::contract::store::Store::memory()); })+
            }
            mod sqlite {
                $(#[test] fn $case() { super::$case(&mut crate::contract::store::Store::sqlite()); })+
            }
            mod reopened {
                $(#[test] fn $case() { super::$case(&mut crate::contract::store::Store::reopened()); })+
            }
        };
    }
    pub(crate) use for_every_store;

    mod bookmarks;
    mod catchup;
    mod commands;
    mod deletion;
    mod deliveries;
    mod evaluations;
    mod fidelity;
    mod follower;
    mod groups;
    mod lookups;
    mod operation;
    mod payloads;
    mod random;
    mod reports;
    mod store;
    mod task_pages;
    mod timelines;
    mod topics;
    mod transcripts;
    mod trash;
    mod usage;
    mod watched;
    mod window;
}
