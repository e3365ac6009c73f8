//! The Claude Code adapter: recorded sessions as they are understood, made-up payloads for what
//! was never recorded, and garbage.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, like tests"
)]

mod copilot_cli;
mod ends;
mod garbage;
mod hooks;
mod notes;
mod opencode;
mod recorded;
mod support;
mod tools;
