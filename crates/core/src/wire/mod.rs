//! What goes over HTTP and the socket, beside the entities themselves.

mod message;
pub mod request;

pub use message::Message;
