//! An id for a call that has none.

use serde_json::Value;

use super::payload::Payload;
use super::text;

/// Ids longer than this are no ids but accidents.
const LONGEST: usize = 128;

/// The agent's id of a call, or one made from what the call is.
///
/// A made id is the same for the beginning and the end of a call, since both carry the same
/// prompt, agent, tool and input: calls are paired by equal input. So two equal calls in one turn
/// that have no ids of their own count as one call.
pub(super) fn of(given: Option<&str>, context: &Context, tool: &str, input: &Value) -> String {
    match given {
        Some(id) if id.len() <= LONGEST => id.to_owned(),
        _ => context.make_id(tool, input),
    }
}

/// Whose call it is and in which turn.
pub(super) struct Context {
    prompt: String,
    agent: String,
}

impl Context {
    pub(super) fn of(payload: &Payload) -> Self {
        let part = |key| payload.word(key).unwrap_or_default();
        Self {
            prompt: part("prompt_id"),
            agent: part("agent_id"),
        }
    }

    fn make_id(&self, tool: &str, input: &Value) -> String {
        let mut hash = Fnv::new();
        for part in [&self.prompt, &self.agent, tool] {
            hash.add_text(part);
        }
        hash.add(input);
        let prompt = text::first_line(&self.prompt).unwrap_or_else(|| "no-prompt".to_owned());
        format!("{prompt}:{tool}:{:016x}", hash.0)
    }
}

/// FNV-1a, 64 bits: small, and the same on every machine and in every version.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add_bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Text ends with a byte that UTF-8 never has, so that `ab`,`c` is not `a`,`bc`.
    fn add_text(&mut self, text: &str) {
        self.add_bytes(text.as_bytes());
        self.add_bytes(&[0xff]);
    }

    /// Adds a value; the order of an object's keys makes no difference, since Claude Code does
    /// not keep it from one event of a call to the next.
    fn add(&mut self, value: &Value) {
        match value {
            Value::Array(items) => {
                self.add_bytes(b"[");
                for item in items {
                    self.add(item);
                }
                self.add_bytes(b"]");
            }
            Value::Object(fields) => self.add_fields(fields.iter().collect()),
            Value::String(text) => self.add_text(text),
            plain => self.add_text(&plain.to_string()),
        }
    }

    fn add_fields(&mut self, mut fields: Vec<(&String, &Value)>) {
        fields.sort_by_key(|(key, _)| *key);
        self.add_bytes(b"{");
        for (key, value) in fields {
            self.add_text(key);
            self.add(value);
        }
        self.add_bytes(b"}");
    }
}
