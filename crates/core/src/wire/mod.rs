//! What goes over HTTP and the socket, beside the entities themselves.

pub mod follow;
mod import;
mod message;
pub mod request;

pub use import::{FoundTranscripts, ImportState, ImportStatus};
pub use message::Message;
