use serde_json::{Map, Value};

use super::PayloadError;
use super::{read, text};
use crate::entity::Metadata;
use crate::fingerprint::fingerprint;
use crate::time::Timestamp;

/// The words of an agent's payloads.
pub(in crate::adapter) struct Words {
    /// The agent, for a person.
    pub(in crate::adapter) agent: &'static str,
    /// The field that names the session.
    pub(in crate::adapter) session: &'static str,
    /// The field that names the hook.
    pub(in crate::adapter) hook: &'static str,
    /// Fields that every payload repeats and that have their place in the report itself, or none.
    pub(in crate::adapter) common: &'static [&'static str],
    /// Fields of single events that become metadata of the same name in camel case.
    pub(in crate::adapter) known: &'static [&'static str],
    /// Fields whose plain name would mean something else among metadata.
    pub(in crate::adapter) renamed: &'static [(&'static str, &'static str)],
}

/// A hook payload: certainly an object that names a session, and nothing else is certain.
pub(in crate::adapter) struct Payload {
    fields: Value,
    words: &'static Words,
}

impl Payload {
    /// `event` is the hook it was registered for, in case it does not say.
    pub(in crate::adapter) fn new(
        words: &'static Words,
        mut fields: Value,
        event: Option<&str>,
    ) -> Result<Self, PayloadError> {
        if !fields.is_object() {
            return Err(PayloadError::NotAnObject {
                agent: words.agent,
                found: read::type_name(&fields),
            });
        }
        read::text(&fields, words.session).ok_or(PayloadError::NoSession {
            agent: words.agent,
            field: words.session,
        })?;
        if let Some(event) = event
            && read::text(&fields, words.hook).is_none()
        {
            fields[words.hook] = event.into();
        }
        Ok(Self { fields, words })
    }

    /// What tells one event from another where the agent gives it no id: its hook, its time to the
    /// millisecond, and the fields that it is about.
    pub(in crate::adapter) fn event_id(&self, hook: &str, at: Timestamp, about: &[&str]) -> String {
        let about = about.iter().map(|key| self.get(key).to_string());
        let about = fingerprint(&about.collect::<Vec<_>>().concat());
        format!("{hook}:{}:{about}", at.as_millis())
    }

    pub(in crate::adapter) fn session_id(&self) -> &str {
        self.text(self.words.session).unwrap_or_default()
    }

    /// The name of the hook; `unknown` when it has none.
    pub(in crate::adapter) fn hook_event(&self) -> String {
        let name = self.hook_name().and_then(text::first_line);
        name.unwrap_or_else(|| "unknown".to_owned())
    }

    /// The name of the hook as it stands there.
    pub(in crate::adapter) fn hook_name(&self) -> Option<&str> {
        self.text(self.words.hook)
    }

    pub(in crate::adapter) fn text(&self, key: &str) -> Option<&str> {
        read::text(&self.fields, key)
    }

    pub(in crate::adapter) fn word(&self, key: &str) -> Option<String> {
        read::word(&self.fields, key)
    }

    pub(in crate::adapter) fn flag(&self, key: &str) -> bool {
        read::flag(&self.fields, key)
    }

    /// The value of a field; `null` if there is none.
    pub(in crate::adapter) fn get(&self, key: &str) -> &Value {
        self.fields.get(key).unwrap_or(&Value::Null)
    }

    /// Moves a value out; `null` if there is none.
    pub(in crate::adapter) fn take(&mut self, key: &str) -> Value {
        self.fields
            .get_mut(key)
            .map(Value::take)
            .unwrap_or_default()
    }

    /// Moves a text out, if there is one and it is not blank. Leaves anything else where it is.
    pub(in crate::adapter) fn take_text(&mut self, key: &str) -> Option<String> {
        self.text(key)?;
        read::into_text(self.take(key))
    }

    /// What was not taken, as metadata: the known fields under their names, the others as they
    /// are in `extra`, so that a field of a later version is kept and can never pass for one of
    /// ours (`displayTitle`, `filePaths`).
    pub(in crate::adapter) fn rest(self) -> Metadata {
        let words = self.words;
        let (mut known, mut extra) = (Metadata::new(), Metadata::new());
        for (key, value) in self
            .into_fields()
            .into_iter()
            .filter(|(_, value)| read::says_something(value))
        {
            match words.metadata_key(&key) {
                Some(name) => known.insert(name, value),
                None if words.common.contains(&key.as_str()) => None,
                None => extra.insert(key, value),
            };
        }
        if !extra.is_empty() {
            known.insert("extra".to_owned(), Value::Object(extra));
        }
        known
    }

    /// The whole payload, as it came.
    pub(in crate::adapter) fn into_raw(self) -> Value {
        self.fields
    }

    fn into_fields(self) -> Map<String, Value> {
        match self.fields {
            Value::Object(fields) => fields,
            _ => Map::new(),
        }
    }
}

impl Words {
    fn metadata_key(&self, key: &str) -> Option<String> {
        if let Some((_, name)) = self.renamed.iter().find(|(from, _)| *from == key) {
            return Some((*name).to_owned());
        }
        self.known.contains(&key).then(|| camel_case(key))
    }
}

fn camel_case(key: &str) -> String {
    let mut words = key.split('_');
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(word.len().min(1));
        name.push_str(&first.to_ascii_uppercase());
        name.push_str(rest);
    }
    name
}
