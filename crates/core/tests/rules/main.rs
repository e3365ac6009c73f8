//! The rules of the domain, one file per topic. One binary: the topics share [`support`].

mod bookmarks;
mod calls;
mod deleting;
mod events;
mod lifecycle;
mod runs;
mod runtime_sessions;
mod sessions;
mod subagents;
mod support;
mod titles;
mod turns;
