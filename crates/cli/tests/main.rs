//! The program from outside: started, spoken to, and killed.
#![expect(clippy::unwrap_used, reason = "what a test stands on must be there")]

mod support;

mod doctor;
mod durability;
mod follow;
mod hook;
mod hooks;
mod import;
mod signals;
mod spool;
mod spool_kill;
mod starting;
mod sync;
