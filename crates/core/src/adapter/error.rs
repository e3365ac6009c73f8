use thiserror::Error;

/// Why a payload cannot be a report at all.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PayloadError {
    /// The payload is JSON, but no object.
    #[error(
        "a hook payload of {agent} is a JSON object, and this is {found}: post what the hook gets \
         on its standard input, unchanged"
    )]
    NotAnObject {
        /// The agent, for a person.
        agent: &'static str,
        /// What it is instead.
        found: &'static str,
    },
    /// The payload does not say which session it belongs to.
    #[error(
        "the payload has no `{field}` (a non-empty string), so no task can be found for it: \
         check that it comes from a hook of {agent} and is whole"
    )]
    NoSession {
        /// The agent, for a person.
        agent: &'static str,
        /// Where its payloads name the session.
        field: &'static str,
    },
}
