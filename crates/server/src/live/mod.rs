//! How a change reaches the screens.
//!
//! The hub ([`hub`]) is one worker that owns the newest frames, encoded once for everybody. Each
//! connection ([`connection`]) keeps a cursor and asks the hub for what comes after it: a slow one
//! holds up nobody, costs no memory, and when it asks too late it gets a fresh snapshot
//! ([`snapshot`]) instead of a hole.

mod connection;
mod hub;
mod ring;
mod snapshot;

pub(crate) use connection::follow;
pub(crate) use hub::{Hub, Published};
pub(crate) use snapshot::Snapshots;
