//! Agent Tracer as a server: HTTP, the socket, and the workers between them and the store.
//!
//! The only crate that knows HTTP and sockets. A request that changes something goes to the
//! commit worker (`commit`), which answers once it is durable and then tells the hub (`live`),
//! which tells every connection. A request that only looks goes to a reader of the store.

mod clock;
mod commit;
mod compression;
mod config;
mod envelope;
mod http;
mod import;
mod live;
mod process;
mod record;
mod serve;
mod spool;
mod state;
mod trash;
mod watch;
mod workspaces;

pub use config::{Config, Token, default_database};
pub use envelope::{DELIVERY_HEADER, Envelope, PROCESS_HEADER, SENT_AT_HEADER};
pub use http::redacted;
pub use import::TranscriptFolder;
pub use process::process_name;
pub use record::{Record, note_settings, settings_of};
pub use serve::{Server, StartError};
pub use spool::{Reason, Spool, Waiting};
