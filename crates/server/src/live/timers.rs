//! What time alone brings about: signs of life, figures, and the end of those who take nothing.

use std::time::{Duration, Instant};

use agent_tracer_core::wire::follow::{FollowFrame, Nothing, Topic};

use super::client::Client;
use super::engine::{Ask, ConnectionId, Engine};
use super::frame::{CloseReason, json, ping};
use super::ring::FrameKind;
use super::topics::FiguresRead;

/// How often connections are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How often a connection is asked whether it still lives.
const PING_EVERY: Duration = Duration::from_secs(20);
/// A connection that is silent for this long is dead.
const SILENCE_MAX: Duration = Duration::from_secs(60);
/// A connection that takes nothing for this long is closed.
const STALL_MAX: Duration = Duration::from_secs(30);
/// How long a goodbye may take to be written and answered.
const GOODBYE_MAX: Duration = Duration::from_secs(5);
/// A topic that was idle for this long gives a sign of life.
const IDLE_MAX: Duration = Duration::from_secs(15);

/// When the timers last ran.
#[derive(Debug)]
pub(crate) struct Timers {
    looked_at: Instant,
}

impl Timers {
    pub(crate) fn new(now: Instant) -> Self {
        Self { looked_at: now }
    }

    /// When the engine is to be ticked next; `None` while nothing is to be done.
    pub(crate) fn next(&self, engine: &Engine) -> Option<Instant> {
        let look = (!engine.is_empty()).then(|| self.looked_at + LOOK_EVERY);
        [engine.topics.next_figures(), look]
            .into_iter()
            .flatten()
            .min()
    }

    /// Does what is due; returns the connections that are to be dropped.
    pub(crate) fn tick(&mut self, engine: &mut Engine, now: Instant) -> Vec<ConnectionId> {
        let figures = engine.topics.ask_figures(now);
        engine.asks.extend(figures.into_iter().map(Ask::Figures));
        let figures = engine.topics.take_figures(Some(now));
        engine.tell_all(FrameKind::Figures, figures);
        if now < self.looked_at + LOOK_EVERY {
            return Vec::new();
        }
        self.looked_at = now;
        engine.ask_snapshot(now);
        engine.tell_progress(now);
        engine.look(now)
    }
}

impl Engine {
    /// Tells those who follow an idle topic how far nothing happened.
    fn tell_progress(&mut self, now: Instant) {
        let seq = self.published;
        let mut idle = Vec::new();
        for (topic, followed) in self.topics.iter_mut() {
            if now.duration_since(followed.told_at) >= IDLE_MAX {
                followed.told_at = now;
                let frame = FollowFrame::Progress {
                    topic: topic.clone(),
                    seq,
                    prev: followed.last,
                    payload: Nothing {},
                };
                idle.push((followed.number, frame));
            }
        }
        idle.sort_by_key(|(number, _)| *number);
        // In one go: many small segments would push each other out of a small ring.
        let frames = idle.into_iter().filter_map(|(number, frame)| {
            let payload = json(&frame)?;
            Some((number, payload))
        });
        self.tell_all(FrameKind::Progress, frames);
    }

    /// Looks after the connections; returns those that are to be dropped.
    fn look(&mut self, now: Instant) -> Vec<ConnectionId> {
        let mut dropped = Vec::new();
        let mut listed = Vec::new();
        for (id, connection) in &mut self.connections {
            if let Client::Following(following) = &mut connection.client {
                let before = following.resyncs.len();
                following.resyncs.retain(|(.., until)| *until > now);
                self.pin_moved |= following.resyncs.len() < before;
            }
            if let Some(since) = connection.closing {
                if now.duration_since(since) >= GOODBYE_MAX {
                    dropped.push(*id);
                }
                continue;
            }
            let is_waiting = connection.is_waiting();
            let is_heard = connection.is_listened_to();
            if is_waiting && now.duration_since(connection.moved_at) >= STALL_MAX {
                connection.close(CloseReason::STALLED, now);
            } else if is_heard && now.duration_since(connection.heard_at) >= SILENCE_MAX {
                connection.close(CloseReason::SILENT, now);
            } else if !is_waiting && now.duration_since(connection.pinged_at) >= PING_EVERY {
                connection.pinged_at = now;
                connection.owed.push_back(ping());
            } else {
                continue;
            }
            listed.push(*id);
        }
        for id in listed {
            self.list(id);
        }
        dropped
    }

    /// Takes figures that were read; `None` if they could not be.
    pub(crate) fn figures(&mut self, topic: &Topic, read: Option<FiguresRead>, now: Instant) {
        self.topics.figures_read(topic, read, now);
    }
}
