//! What is taken out of what agents send, and what stays.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, like tests"
)]

mod caught;
mod fields;
mod ordinary;
mod properties;
mod support;
mod switched;
