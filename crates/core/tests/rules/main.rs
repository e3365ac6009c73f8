//! The rules of the domain, one file per topic. One binary: the topics share [`support`].

mod activity;
mod bookmarks;
mod calls;
mod chosen;
mod chosen_reports;
mod client;
mod deleting;
mod events;
mod figures;
mod lifecycle;
mod links;
mod messages;
mod own_sessions;
mod pairs;
mod properties;
mod reference;
mod requests;
mod runs;
mod runtime_sessions;
mod sessions;
mod shuffled;
mod subagents;
mod support;
mod times;
mod titles;
mod turns;
