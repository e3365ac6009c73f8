//! Recorded sessions of each agent, from the raw payloads to what a person sees in the end.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, like tests"
)]

mod claude_code;
mod codex;
mod copilot_cli;
mod garbled;
mod gemini_cli;
mod made_up;
mod opencode;
mod session;
mod support;
mod told;
mod transcript;
