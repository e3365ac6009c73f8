//! The server from outside: a real port, a real database, real sockets.
//!
//! One program for all of it, so that it is linked once and its helpers are all used.
#![expect(clippy::unwrap_used, reason = "what a test stands on must be there")]
#![expect(
    clippy::too_many_lines,
    reason = "a table of examples is as long as it is"
)]

mod support;

mod bounds;
mod evaluations;
mod hook_deliveries;
mod import;
mod import_follow;
mod ingest_changes;
mod ingest_defaults;
mod ingest_examples;
mod ingest_examples_talk;
mod ingest_files;
mod ingest_lifecycle;
mod ingest_routes;
mod live_changes;
mod live_frames;
mod live_joining;
mod live_messages;
mod live_stalled;
mod otlp;
mod otlp_grpc;
mod otlp_secrets;
mod query_filters;
mod query_lists;
mod query_task;
mod query_versions;
mod recorded;
mod redaction;
mod safety_access;
mod safety_bodies;
mod safety_fuzz;
mod safety_paths;
mod spool;
mod trash;
mod watched;
