//! What a connection is for: the plain stream, or topics with a cursor each.

use std::collections::VecDeque;
use std::ops::Range;
use std::time::Instant;

use agent_tracer_core::wire::follow::{Subscribe, Topic};

use super::ring::{FrameKind, FrameMark, Segment, TopicNumber};

/// What a client wants.
#[derive(Debug)]
pub(super) enum Client {
    Plain(Plain),
    Following(Following),
}

/// A client of the plain stream.
#[derive(Debug)]
pub(super) enum Plain {
    /// It waits for a snapshot of this commit or a later one.
    Wanting { since: u64, not_before: Instant },
    /// It has one, and what came up to that commit is in it.
    Having { through: u64, sent_at: Instant },
}

/// A client that follows topics.
#[derive(Debug, Default)]
pub(super) struct Following {
    pub subscriptions: Vec<Subscription>,
    /// What the connect asked for and has not been looked at.
    pub wanted: VecDeque<Subscribe>,
    /// A read of the store that it waits for.
    pub reading: Option<Topic>,
    /// Topics that it was told to read anew, from which commit on, and until when they are kept
    /// for it.
    pub resyncs: Vec<(Topic, u64, Instant)>,
}

/// One topic that a client follows.
#[derive(Debug)]
pub(super) struct Subscription {
    pub topic: Topic,
    pub number: TopicNumber,
    /// The last frame of it that was written (or is being): the client's own cursor.
    pub cursor: u64,
    pub state: SubscriptionState,
}

/// How frames of the ring reach a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SubscriptionState {
    /// As they come.
    Live,
    /// As they come, and when the ring is drained it is told that it has what it missed.
    Replaying,
    /// Not at all: the store is asked for what it missed.
    CatchingUp(CatchUp),
    /// No more: its task is gone.
    Over,
}

impl SubscriptionState {
    /// Whether frames of the ring are for it.
    pub(super) fn takes_frames(self) -> bool {
        matches!(self, Self::Live | Self::Replaying)
    }
}

/// Where a catch-up stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CatchUp {
    /// What was told of the store up to here; the client's cursor stays until the end.
    pub after: u64,
    /// How many rows were told.
    pub rows: usize,
    /// What the client knew is to be told from its cursor on; else it begins here.
    pub recovers: bool,
    /// It fell behind, rather than came back.
    pub is_slow: bool,
}

impl Client {
    /// Chooses the frames of a segment that are for this client, neighbours in one slice, and
    /// counts them as written.
    pub(super) fn choose(&mut self, segment: &Segment, chosen: &mut Vec<Range<usize>>) {
        match self {
            Self::Plain(Plain::Wanting { .. }) => {}
            Self::Plain(Plain::Having { through, .. }) => {
                let told = segment.marks.partition_point(|mark| mark.seq <= *through);
                let begin = match told.checked_sub(1) {
                    Some(last) => segment.marks[last].end,
                    None => 0,
                };
                if begin < segment.bytes.len() {
                    chosen.push(begin..segment.bytes.len());
                }
            }
            Self::Following(following) => {
                for (place, mark) in segment.frames() {
                    if !following.admits(mark) {
                        continue;
                    }
                    match chosen.last_mut() {
                        Some(last) if last.end == place.start => last.end = place.end,
                        _ => chosen.push(place),
                    }
                }
            }
        }
    }
}

impl Following {
    fn admits(&mut self, mark: FrameMark) -> bool {
        let mut all = self.subscriptions.iter_mut();
        let Some(subscription) = all.find(|of| of.number == mark.topic) else {
            return false;
        };
        if !subscription.state.takes_frames() {
            return false;
        }
        match mark.kind {
            FrameKind::Figures => true,
            FrameKind::Progress => mark.seq >= subscription.cursor,
            FrameKind::Changes if mark.seq > subscription.cursor => {
                subscription.cursor = mark.seq;
                true
            }
            FrameKind::Removed if mark.seq > subscription.cursor => {
                subscription.cursor = mark.seq;
                subscription.state = SubscriptionState::Over;
                true
            }
            FrameKind::Changes | FrameKind::Removed => false,
        }
    }

    pub(super) fn find(&mut self, topic: &Topic) -> Option<&mut Subscription> {
        self.subscriptions.iter_mut().find(|of| of.topic == *topic)
    }
}
