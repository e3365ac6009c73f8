use thiserror::Error;

/// Why a settings file is left alone. Each follows the file's name in a sentence.
#[derive(Debug, Error, PartialEq)]
pub(crate) enum Refusal {
    #[error("it cannot be read as JSON: {0}; mend it and try again")]
    Unparsable(String),
    #[error("{0} must be {1}; mend it and try again")]
    WrongType(&'static str, &'static str),
    #[error("`hooks.{0}` must be an array; mend it and try again")]
    NotAnArray(String),
    #[error("the key {0:?} is in it twice; remove one and try again")]
    Twice(String),
    #[error("it was not written by agent-tracer, or was changed since; move it away and try again")]
    NotOurs,
    #[error("it cannot be changed without touching what others wrote; change it by hand")]
    Unsafe,
}
