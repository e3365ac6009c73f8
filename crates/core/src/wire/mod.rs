//! What goes over HTTP and the socket, beside the entities themselves.

mod message;

pub use message::Message;
