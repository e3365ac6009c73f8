//! Takes secrets out of what agents send, before anything is stored or told.
//!
//! Pure, and the same text always becomes the same text: calls are paired by equal inputs, and what
//! was redacted already stays as it is. Where a secret was, a marker says what it was and nothing
//! else of it. The shape of a payload never changes: keys, numbers, the length of lists and the ids
//! stay.
//!
//! How one text is searched is in `text`; each kind of secret has a file. `payload` walks through
//! JSON, where the names of fields say more than their texts do, and `switches` leaves out what its
//! owner does not want kept at all. What is caught, and what is not, is in `docs/REDACTION.md`.

mod ansi;
mod command_line;
mod env_file;
mod fields;
mod key_formats;
mod keys;
mod kinds;
mod marker;
mod named;
mod pairs;
mod payload;
mod policy;
mod private_key;
mod removed;
mod scan;
mod secret_name;
mod span;
mod switches;
mod text;
mod url;
mod value;

use std::borrow::Cow;

use serde_json::Value;

pub use self::policy::{Pattern, PatternError, Policy};
pub use self::removed::Removed;
pub use self::switches::About;

/// Applies a [`Policy`]. Made once, used for everything that comes in.
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    policy: Policy,
}

impl Redactor {
    /// One that follows `policy`.
    pub fn new(policy: Policy) -> Self {
        Self { policy }
    }

    /// Redacts what an agent's hook sent in place; says what was removed. Leaves a body without secrets as it
    /// is, without a copy.
    pub fn redact(&self, body: &mut Value) -> Removed {
        let mut removed = Removed::default();
        payload::redact(&self.policy, body, &mut removed);
        switches::apply(&self.policy, body);
        removed
    }

    /// The same for a request of `/api`, whose route says what its texts are.
    pub fn redact_request(&self, about: About, body: &mut Value) -> Removed {
        let mut removed = Removed::default();
        payload::redact(&self.policy, body, &mut removed);
        switches::apply_to_request(&self.policy, about, body);
        removed
    }

    /// Redacts one text.
    pub fn redact_text<'t>(&self, text: &'t str) -> (Cow<'t, str>, Removed) {
        let mut removed = Removed::default();
        let text = text::redact(&self.policy, text, &mut removed);
        (text, removed)
    }

    /// What the markers in a body, redacted before, say was removed from it.
    pub fn removed_from(&self, body: &Value) -> Removed {
        let mut removed = Removed::default();
        marker::count(&self.policy, body, &mut removed);
        removed
    }

    /// Whether everything is kept but secrets: neither prompts nor tool output are switched off.
    pub fn keeps_all(&self) -> bool {
        self.policy.prompts && self.policy.tool_output
    }
}
