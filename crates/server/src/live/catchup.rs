//! How a following client gets what it missed: from the ring, from the store, or not at all.

use std::ops::Range;
use std::time::{Duration, Instant};

use agent_tracer_core::wire::follow::{
    FollowFrame, Nothing, ResyncFrom, ResyncReason, SubscribedTo, Topic,
};
use bytes::Bytes;

use super::client::{CatchUp, Client, Following, Plain, Subscription, SubscriptionState as State};
use super::engine::{Ask, ConnectionId, Engine};
use super::frame::CloseReason;

/// How many resyncs are remembered for a connection.
const RESYNCS_MAX: usize = 64;
/// How long removals are kept for a client that was told to read anew.
const RESYNC_MAX: Duration = Duration::from_secs(60);
/// A plain client that fell behind gets a snapshot at most this often.
const SNAPSHOT_EVERY: Duration = Duration::from_secs(2);

/// What the store answered to [`Ask::CatchUp`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Missed {
    /// Some of it.
    Rows(MissedRows),
    /// It reaches further back than what is kept.
    Window,
    /// There was no such task at the moment of the read; it may have been made since.
    Removed(u64),
    /// The store could not be read.
    Failed,
}

/// A page of what a client missed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MissedRows {
    /// The rows as a frame, that begins where the one before it ended.
    pub frame: Option<Bytes>,
    /// How many rows they hold.
    pub count: usize,
    /// Told up to here.
    pub through: u64,
    /// The moment of the read.
    pub now: u64,
}

impl Engine {
    /// Whether the ring has every frame of a topic after that commit.
    pub(super) fn covers(&self, topic: &Topic, after: u64) -> bool {
        let since = self.topics.get(topic).map_or(u64::MAX, |it| it.since);
        after >= since.max(self.following.complete_after())
    }

    /// Goes back in the ring; what a subscription had from there is not told again.
    pub(super) fn rewind(&mut self, id: ConnectionId, after: u64) {
        let position = self.following.position_after(after);
        if let Some(connection) = self.connections.get_mut(&id) {
            connection.position = connection.position.min(position);
        }
    }

    /// Says that a topic is followed from the end of a range of commits on, of which its beginning
    /// is the last that the client must have been told of: a lost frame shows.
    pub(super) fn subscribed(
        &mut self,
        id: ConnectionId,
        topic: &Topic,
        told: Range<u64>,
        recovered: bool,
    ) {
        self.topics.figures_due(topic);
        let epoch = self.epoch.clone();
        let frame = FollowFrame::Subscribed {
            topic: topic.clone(),
            seq: told.end,
            prev: told.start,
            payload: SubscribedTo { epoch, recovered },
        };
        self.owe(id, &frame);
    }

    pub(super) fn resync(
        &mut self,
        id: ConnectionId,
        topic: Topic,
        reason: ResyncReason,
        now: Instant,
    ) {
        let seq = self.published;
        let payload = ResyncFrom {
            reason,
            epoch: self.epoch.clone(),
            href: href(&topic),
        };
        if let Some(following) = self.following(id) {
            following.resyncs.retain(|(of, ..)| *of != topic);
            following.resyncs.truncate(RESYNCS_MAX - 1);
            let until = now + RESYNC_MAX;
            following.resyncs.push((topic.clone(), seq, until));
        }
        self.pin_moved = true;
        let frame = FollowFrame::Resync {
            topic,
            seq,
            payload,
        };
        self.owe(id, &frame);
    }

    /// Whether what [`Self::pinned`] says may have changed since this was asked.
    pub(crate) fn take_pin_moved(&mut self) -> bool {
        std::mem::take(&mut self.pin_moved)
    }

    /// The commit after which removals must be kept for those who read anew.
    pub(crate) fn pinned(&self, now: Instant) -> Option<u64> {
        let clients = self.connections.values().map(|it| &it.client);
        let following = clients.filter_map(|client| match client {
            Client::Following(following) => Some(following),
            Client::Plain(_) => None,
        });
        let resyncs = following.flat_map(|it| &it.resyncs);
        let kept = resyncs.filter(|(_, _, until)| *until > now);
        kept.map(|(_, seq, _)| *seq).min()
    }

    /// Takes the next step of a client that has everything of the ring. `Some(true)` if there may
    /// be more to write, `Some(false)` if it waits for the store, `None` if nothing is open.
    pub(super) fn recover(&mut self, id: ConnectionId, now: Instant) -> Option<bool> {
        let published = self.published;
        let following = self.following(id)?;
        if following.reading.is_some() {
            return Some(false);
        }
        let over = |it: &Subscription| it.state == State::Over;
        if let Some(subscription) = following.subscriptions.iter().find(|it| over(it)) {
            let topic = subscription.topic.clone();
            self.end(id, &topic);
            return Some(true);
        }
        for subscription in &mut following.subscriptions {
            match subscription.state {
                State::Replaying => {
                    subscription.state = State::Live;
                    // The ring is drained: everything up to what was published is told.
                    let told = subscription.cursor..subscription.cursor.max(published);
                    subscription.cursor = told.end;
                    let topic = subscription.topic.clone();
                    self.subscribed(id, &topic, told, true);
                    return Some(true);
                }
                State::CatchingUp(catch_up) => {
                    let topic = subscription.topic.clone();
                    following.reading = Some(topic.clone());
                    self.asks.push_back(Ask::CatchUp {
                        connection: id,
                        topic,
                        after: catch_up.after,
                    });
                    return Some(false);
                }
                State::Live | State::Over => {}
            }
        }
        let wanted = following.wanted.pop_front()?;
        self.subscribe(id, wanted, now);
        Some(true)
    }

    /// Takes what the store says that a client missed.
    pub(crate) fn missed(&mut self, id: ConnectionId, topic: &Topic, missed: Missed, now: Instant) {
        self.list(id);
        let Some(following) = self.following(id) else {
            return;
        };
        if following.reading.take_if(|it| it == topic).is_none() {
            return;
        }
        let Some(subscription) = following.find(topic) else {
            return;
        };
        let State::CatchingUp(catch_up) = subscription.state else {
            return;
        };
        let cursor = subscription.cursor;
        match missed {
            Missed::Rows(rows) if rows.now < cursor => {
                self.refuse(id, topic, ResyncReason::Epoch, now);
            }
            Missed::Rows(rows) if catch_up.rows + rows.count > self.limits.missed_rows => {
                let reason = if catch_up.is_slow {
                    ResyncReason::Slow
                } else {
                    ResyncReason::TooBig
                };
                self.refuse(id, topic, reason, now);
            }
            Missed::Rows(rows) => {
                self.topics.found(topic, rows.now);
                self.tell_missed(id, topic, catch_up, rows);
            }
            Missed::Window => self.refuse(id, topic, ResyncReason::Window, now),
            Missed::Removed(seq) if seq < cursor => {
                self.refuse(id, topic, ResyncReason::Epoch, now);
            }
            Missed::Removed(seq) => self.removed(id, topic, cursor, seq),
            Missed::Failed => {
                if let Some(connection) = self.connections.get_mut(&id) {
                    connection.close(CloseReason::FAILED, now);
                }
            }
        }
    }

    fn refuse(&mut self, id: ConnectionId, topic: &Topic, reason: ResyncReason, now: Instant) {
        self.end(id, topic);
        self.resync(id, topic.clone(), reason, now);
    }

    fn removed(&mut self, id: ConnectionId, topic: &Topic, prev: u64, seq: u64) {
        self.end(id, topic);
        let frame = FollowFrame::Removed {
            topic: topic.clone(),
            seq,
            prev,
            payload: Nothing {},
        };
        self.owe(id, &frame);
    }

    /// Passes a page of what was missed on, and after the last one the word that this was all.
    fn tell_missed(
        &mut self,
        id: ConnectionId,
        topic: &Topic,
        mut catch_up: CatchUp,
        rows: MissedRows,
    ) {
        catch_up.rows += rows.count;
        catch_up.after = rows.through;
        let is_last = rows.through >= rows.now;
        let Some(connection) = self.connections.get_mut(&id) else {
            return;
        };
        // Who brings no cursor has missed nothing.
        let frame = rows.frame.filter(|_| catch_up.recovers);
        connection.owed.extend(frame);
        let Some(subscription) = self.following(id).and_then(|it| it.find(topic)) else {
            return;
        };
        subscription.state = State::CatchingUp(catch_up);
        if is_last {
            subscription.cursor = rows.through;
            self.subscribed(id, topic, rows.through..rows.through, catch_up.recovers);
            self.follow_on(id, topic, rows.through);
        }
    }

    /// Goes on from where the store's answer ended: in the ring, if that reaches back to it.
    fn follow_on(&mut self, id: ConnectionId, topic: &Topic, after: u64) {
        let state = if self.covers(topic, after) {
            self.rewind(id, after);
            State::Live
        } else {
            State::CatchingUp(CatchUp {
                after,
                rows: 0,
                recovers: true,
                is_slow: true,
            })
        };
        if let Some(subscription) = self.following(id).and_then(|it| it.find(topic)) {
            subscription.state = state;
        }
    }

    /// What comes next for a client is no longer in the ring.
    pub(super) fn fell_behind(&mut self, id: ConnectionId, now: Instant) {
        let (published, ends) = (self.published, (self.plain.end(), self.following.end()));
        let Some(connection) = self.connections.get_mut(&id) else {
            return;
        };
        match &mut connection.client {
            Client::Plain(plain) => {
                let not_before = match plain {
                    Plain::Having { sent_at, .. } => *sent_at + SNAPSHOT_EVERY,
                    Plain::Wanting { not_before, .. } => *not_before,
                };
                let since = published;
                *plain = Plain::Wanting { since, not_before };
                connection.position = ends.0;
                self.ask_snapshot(now);
            }
            Client::Following(following) => {
                connection.position = ends.1;
                for subscription in &mut following.subscriptions {
                    if subscription.state.takes_frames() {
                        subscription.state = State::CatchingUp(CatchUp {
                            after: subscription.cursor,
                            rows: 0,
                            recovers: true,
                            is_slow: true,
                        });
                    }
                }
            }
        }
    }

    pub(super) fn end(&mut self, id: ConnectionId, topic: &Topic) {
        if let Some(following) = self.following(id) {
            let before = following.subscriptions.len();
            following.subscriptions.retain(|it| it.topic != *topic);
            if following.subscriptions.len() < before {
                self.topics.leave(topic);
            }
        }
    }

    pub(super) fn following(&mut self, id: ConnectionId) -> Option<&mut Following> {
        match &mut self.connections.get_mut(&id)?.client {
            Client::Following(following) => Some(following),
            Client::Plain(_) => None,
        }
    }
}

/// Where the state of a topic can be read.
fn href(topic: &Topic) -> String {
    match topic {
        Topic::Overview => "/api/tasks?limit=150".into(),
        Topic::Bookmarks => "/api/bookmarks".into(),
        Topic::Task(id) => format!("/api/tasks/{}?limit=200", encoded(id.as_str())),
    }
}

/// An id as a segment of a path.
fn encoded(id: &str) -> String {
    let mut path = String::new();
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.extend(['%', hex(byte >> 4), hex(byte & 0xF)]);
        }
    }
    path
}

fn hex(digit: u8) -> char {
    char::from_digit(digit.into(), 16)
        .unwrap_or('0')
        .to_ascii_uppercase()
}
