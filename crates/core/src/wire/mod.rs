//! What goes over HTTP and the socket, beside the entities themselves.

pub mod follow;
mod message;
pub mod request;

pub use message::Message;
