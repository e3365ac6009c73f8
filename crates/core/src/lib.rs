//! The domain of Agent Tracer: what a task, a session and an event are, and every rule about them.
//!
//! Pure. There is no clock, no randomness, no waiting, no file, no SQL and no HTTP in this crate:
//! times and ids come in as parameters, rows come in through [`rows::Rows`], and what should be
//! written and announced goes out as values. So every rule can be tested by calling a function.
#![deny(missing_docs)]

pub mod adapter;
pub mod classify;
pub mod command;
pub mod decide;
pub mod display_title;
mod draft;
pub mod entity;
mod family;
pub mod figures;
pub mod fingerprint;
pub mod finished;
pub mod follow;
pub mod ids;
pub mod memory;
pub mod paths;
pub mod redact;
pub mod report;
pub mod rows;
pub mod task_filter;
pub mod time;
pub mod topics;
pub mod trash;
pub mod usage;
pub mod vocabulary;
pub mod wire;
