use std::path::{Path, PathBuf};

use agent_tracer_core::redact::{Policy, Redactor};
use serde_json::Value;

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A text without its secrets, by the rules that hold for everybody.
pub(crate) fn redacted(text: &str) -> String {
    Redactor::default().redact_text(text).0.into_owned()
}

pub(crate) fn redacted_body(mut body: Value) -> Value {
    Redactor::default().redact(&mut body);
    body
}

pub(crate) fn with(policy: Policy, mut body: Value) -> Value {
    Redactor::new(policy).redact(&mut body);
    body
}

/// A made-up secret: no scanner should take this file for a leak, so the parts are joined here.
pub(crate) fn secret(parts: &[&str]) -> String {
    parts.concat()
}
