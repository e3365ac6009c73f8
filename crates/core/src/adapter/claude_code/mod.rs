//! Claude Code: what its hooks send, and what it means.
