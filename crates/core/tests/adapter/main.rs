//! The adapters: recorded sessions of Claude Code as they are understood, made-up payloads for what
//! was never recorded, and garbage for every agent.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, like tests"
)]

mod copilot_cli;
mod ends;
mod garbage;
mod garbage_by_agent;
mod hooks;
mod notes;
mod opencode;
mod recorded;
mod support;
mod tools;
mod transcript;
