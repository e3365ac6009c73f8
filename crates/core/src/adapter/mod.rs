//! One module per agent: a raw hook payload in, an [`crate::report::AgentReport`] out.
//!
//! Adapters are tolerant: an unknown hook or a missing field makes a poorer report, never an
//! error, as long as the payload is a JSON object that names a session.

pub mod claude_code;
