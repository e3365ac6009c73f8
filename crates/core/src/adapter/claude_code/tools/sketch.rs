use serde_json::Value;

use super::super::text;
use super::subtype::Subtype;
use crate::entity::Metadata;
use crate::vocabulary::{EventKind, Lane};

/// How a call will look, built up word by word. Becomes a [`crate::report::ToolCall`] together
/// with what every call has.
pub(in super::super) struct Sketch {
    pub(in super::super) kind: EventKind,
    pub(in super::super) lane: Lane,
    pub(in super::super) title: String,
    pub(in super::super) body: Option<String>,
    pub(in super::super) metadata: Metadata,
    pub(in super::super) file_paths: Vec<String>,
    pub(in super::super) changes_files: bool,
}

impl Sketch {
    /// A call with a title, which is cut to one line.
    pub(super) fn new(kind: EventKind, lane: Lane, title: &str) -> Self {
        Self {
            kind,
            lane,
            title: text::label(title),
            body: None,
            metadata: Metadata::new(),
            file_paths: Vec::new(),
            changes_files: false,
        }
    }

    /// Sets a metadata key.
    pub(in super::super) fn set(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.metadata.insert(key.to_owned(), value.into());
        self
    }

    /// Sets a metadata key, if there is a value.
    pub(super) fn maybe(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.set(key, value),
            None => self,
        }
    }

    /// Says what sort of call it is, in the words that the page filters by.
    pub(super) fn subtype(self, subtype: &Subtype) -> Self {
        self.set("subtypeKey", subtype.key)
            .set("subtypeLabel", subtype.label)
            .set("subtypeGroup", subtype.group)
            .set("toolFamily", subtype.family)
            .set("operation", subtype.operation)
    }

    /// Says what it is about, if it says.
    pub(super) fn entity(self, entity_type: &str, name: Option<&str>) -> Self {
        match name {
            Some(name) => self.set("entityType", entity_type).set("entityName", name),
            None => self,
        }
    }

    pub(super) fn body(mut self, body: Option<&str>) -> Self {
        self.body = body.map(str::to_owned);
        self
    }

    /// Names the file it touches, which is what it is about too.
    pub(super) fn file(mut self, path: Option<&str>) -> Self {
        self.file_paths.extend(path.map(str::to_owned));
        self.entity("file", path)
    }

    /// A successful end changes the files.
    pub(super) fn changes_files(mut self) -> Self {
        self.changes_files = true;
        self
    }
}
