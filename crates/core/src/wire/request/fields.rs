use serde_json::{Map, Value};

use crate::command::Rejection;
use crate::entity::Metadata;
use crate::ids::TaskId;
use crate::redact::{About, Redactor, Removed};
use crate::vocabulary::Words;

/// The fields of a request, taken one by one.
#[derive(Debug)]
pub struct Fields(Map<String, Value>);

type Taken<T> = Result<T, Rejection>;

impl Fields {
    /// Reads a body without its secrets; says what was removed. It must be a JSON object. An empty
    /// body is an empty object.
    pub fn parse(body: &[u8], about: About, redactor: &Redactor) -> Taken<(Self, Removed)> {
        if body.is_empty() {
            return Ok((Self(Map::new()), Removed::default()));
        }
        let mut parsed = serde_json::from_slice(body);
        let removed = match &mut parsed {
            Ok(body) => redactor.redact_request(about, body),
            Err(_) => Removed::default(),
        };
        match parsed {
            Ok(Value::Object(fields)) => Ok((Self(fields), removed)),
            Ok(_) => Err(Rejection::Invalid("the body must be a JSON object".into())),
            Err(error) => Err(Rejection::Invalid(format!("the body is not JSON: {error}"))),
        }
    }

    /// Whether the field was sent, `null` included.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name).filter(|value| !value.is_null())
    }

    /// A text, if sent.
    pub fn text(&mut self, name: &str) -> Taken<Option<String>> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(wrong(name, "must be text")),
        }
    }

    /// A text that must be there and not be blank.
    pub fn required(&mut self, name: &str) -> Taken<String> {
        let text = self.text(name)?.ok_or_else(|| wrong(name, "is required"))?;
        if text.trim().is_empty() {
            Err(wrong(name, "must not be blank"))
        } else {
            Ok(text)
        }
    }

    /// The id of a task that must be there.
    pub fn task_id(&mut self, name: &str) -> Taken<TaskId> {
        Ok(TaskId::new(
            self.text(name)?.ok_or_else(|| wrong(name, "is required"))?,
        ))
    }

    /// A word of a closed set, if sent.
    pub fn word<T: Words>(&mut self, name: &str) -> Taken<Option<T>> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        T::parse_word(&text)
            .map(Some)
            .ok_or_else(|| not_a_word::<T>(name))
    }

    /// A word of a closed set that must be there.
    pub fn required_word<T: Words>(&mut self, name: &str) -> Taken<T> {
        self.word(name)?.ok_or_else(|| wrong(name, "is required"))
    }

    /// A list of texts; empty if not sent.
    pub fn texts(&mut self, name: &str) -> Taken<Vec<String>> {
        let Some(value) = self.take(name) else {
            return Ok(Vec::new());
        };
        serde_json::from_value(value)
            .ok()
            .ok_or_else(|| wrong(name, "must be a list of texts"))
    }

    /// A number, if sent.
    pub fn number(&mut self, name: &str) -> Taken<Option<serde_json::Number>> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Number(number)) => Ok(Some(number)),
            Some(_) => Err(wrong(name, "must be a number")),
        }
    }

    /// `true` or `false`; `false` if not sent.
    pub fn flag(&mut self, name: &str) -> Taken<bool> {
        match self.take(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(_) => Err(wrong(name, "must be true or false")),
        }
    }

    /// An object; empty if not sent.
    pub fn object(&mut self, name: &str) -> Taken<Metadata> {
        Ok(self.some_object(name)?.unwrap_or_default())
    }

    /// An object, if sent.
    pub fn some_object(&mut self, name: &str) -> Taken<Option<Metadata>> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Object(object)) => Ok(Some(object)),
            Some(_) => Err(wrong(name, "must be an object")),
        }
    }
}

fn wrong(name: &str, what: &str) -> Rejection {
    Rejection::Invalid(format!("{name} {what}"))
}

fn not_a_word<T: Words>(name: &str) -> Rejection {
    wrong(name, &format!("must be one of {}", T::words().join(", ")))
}
