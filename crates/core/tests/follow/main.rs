//! The live protocol: its frames as text, and what a client does with them. One binary: all of
//! them read the examples in `spec/`.

mod bodies;
mod examples;
mod frames_as_text;
mod promises;
mod server;
