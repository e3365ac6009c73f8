use thiserror::Error;

/// Why a payload cannot be a report at all.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PayloadError {
    /// The payload is JSON, but no object.
    #[error(
        "a Claude Code hook payload is a JSON object, and this is {found}: post what the hook gets \
         on its standard input, unchanged"
    )]
    NotAnObject {
        /// What it is instead.
        found: &'static str,
    },
    /// The payload does not say which session it belongs to.
    #[error(
        "the payload has no `session_id` (a non-empty string), so no task can be found for it: \
         check that it comes from a Claude Code hook and is whole"
    )]
    NoSession,
}
