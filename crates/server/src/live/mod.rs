//! How a change reaches the screens; spec/PROTOCOL.md says what clients may rely on.
//!
//! The hub ([`hub`]) is one thread ([`worker`]) that owns the sockets. What it decides is in the
//! engine ([`engine`] and the files that add to it: [`publish`], [`commands`], [`catchup`],
//! [`snapshots`], [`timers`]), which knows neither sockets nor the clock. A change is encoded once
//! into a ring ([`ring`]); each connection ([`connection`]) is a cursor into it: a slow one holds up nobody and costs no memory. One that comes back, or falls behind what
//! the ring holds, gets what it missed from the store ([`reads`]), or is told to read anew.

mod catchup;
mod client;
mod commands;
mod connection;
mod cut;
mod engine;
mod frame;
mod hub;
mod inbound;
mod publish;
mod reads;
mod ring;
mod snapshots;
mod socket;
mod timers;
mod topics;
mod worker;

#[cfg(test)]
#[path = "tests/simulation/mod.rs"]
mod simulation;

pub(crate) use hub::{Arrival, Hub, Source};
pub(crate) use publish::Published;
