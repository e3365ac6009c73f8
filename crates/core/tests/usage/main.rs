//! Usage: what is told of it, counted once.
#![expect(clippy::unwrap_used, reason = "what a test stands on must be there")]

mod answers;
mod places;
mod recorded;
mod rules;
mod support;
