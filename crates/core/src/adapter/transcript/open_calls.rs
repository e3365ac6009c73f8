use serde_json::Value;

/// How many calls are remembered at once. More are open only in a transcript that is broken.
const OPEN_MAX: usize = 64;

/// Calls that began and have not ended: their ends say neither the tool nor its input.
#[derive(Debug, Default)]
pub(super) struct OpenCalls(Vec<OpenCall>);

/// One of them.
#[derive(Clone, Debug)]
pub(super) struct OpenCall {
    pub(super) id: String,
    pub(super) tool: String,
    pub(super) input: Value,
}

impl OpenCalls {
    /// Remembers a call; forgets the oldest if there are too many.
    pub(super) fn begin(&mut self, call: OpenCall) {
        if self.0.len() >= OPEN_MAX {
            self.0.remove(0);
        }
        self.0.push(call);
    }

    /// Takes out the call that ended.
    pub(super) fn end(&mut self, id: &str) -> Option<OpenCall> {
        let place = self.0.iter().position(|call| call.id == id)?;
        Some(self.0.remove(place))
    }
}
