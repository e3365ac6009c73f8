use serde_json::Value;

use super::subtype::Subtype;
use crate::adapter::text;
use crate::entity::Metadata;
use crate::report::ToolCall;
use crate::vocabulary::{EventKind, Lane};

/// How a call will look, built up word by word. Becomes a [`crate::report::ToolCall`] together
/// with what every call has.
pub(in crate::adapter) struct Sketch {
    pub(in crate::adapter) kind: EventKind,
    pub(in crate::adapter) lane: Lane,
    pub(in crate::adapter) title: String,
    pub(in crate::adapter) body: Option<String>,
    pub(in crate::adapter) metadata: Metadata,
    pub(in crate::adapter) file_paths: Vec<String>,
    pub(in crate::adapter) changes_files: bool,
}

impl Sketch {
    /// A call with a title, which is cut to one line.
    pub(in crate::adapter) fn new(kind: EventKind, lane: Lane, title: &str) -> Self {
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

    /// The call. `id` is the agent's own, if it gives one.
    pub(in crate::adapter) fn into_call(
        self,
        id: Option<String>,
        tool_name: String,
        input: Value,
    ) -> ToolCall {
        let sketch = self
            .set("toolName", tool_name.as_str())
            .set("sourceTool", tool_name.as_str())
            .maybe("toolUseId", id.as_deref())
            .set("toolInput", input.clone());
        ToolCall {
            id,
            tool_name,
            input,
            kind: sketch.kind,
            lane: sketch.lane,
            title: sketch.title,
            body: sketch.body,
            metadata: sketch.metadata,
            file_paths: sketch.file_paths,
            changes_files: sketch.changes_files,
        }
    }

    /// Sets a metadata key.
    pub(in crate::adapter) fn set(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.metadata.insert(key.to_owned(), value.into());
        self
    }

    /// Sets a metadata key, if there is a value.
    pub(in crate::adapter) fn maybe(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.set(key, value),
            None => self,
        }
    }

    /// Says what sort of call it is, in the words that the page filters by.
    pub(in crate::adapter) fn subtype(self, subtype: &Subtype) -> Self {
        self.set("subtypeKey", subtype.key)
            .set("subtypeLabel", subtype.label)
            .set("subtypeGroup", subtype.group)
            .set("toolFamily", subtype.family)
            .set("operation", subtype.operation)
    }

    /// Says what it is about, if it says.
    pub(in crate::adapter) fn entity(self, entity_type: &str, name: Option<&str>) -> Self {
        match name {
            Some(name) => self.set("entityType", entity_type).set("entityName", name),
            None => self,
        }
    }

    pub(in crate::adapter) fn body(mut self, body: Option<&str>) -> Self {
        self.body = body.map(str::to_owned);
        self
    }

    /// Names a file it touches; the first one is what it is about too.
    pub(in crate::adapter) fn file(mut self, path: Option<&str>) -> Self {
        let is_first = self.file_paths.is_empty();
        self.file_paths.extend(path.map(str::to_owned));
        self.entity("file", path.filter(|_| is_first))
    }

    /// A successful end changes the files.
    pub(in crate::adapter) fn changes_files(mut self) -> Self {
        self.changes_files = true;
        self
    }
}
