//! Encoding what was committed, once for everybody who listens.

use std::time::Instant;

use agent_tracer_core::wire::Message;
use agent_tracer_core::wire::follow::{ChangedRows, FollowFrame, Nothing};
use agent_tracer_store::{Seq, TopicChange};

use super::client::Client;
use super::engine::Engine;
use super::frame::json;
use super::ring::{FrameKind, RingWriter, TopicNumber};
use super::topics::Topics;

/// The plain stream's frames carry no topic.
const PLAIN: TopicNumber = TopicNumber(0);

/// What was committed, and is to be announced.
#[derive(Debug)]
pub(crate) struct Published {
    /// The commit.
    pub seq: Seq,
    /// Its changes for plain clients, in order.
    pub messages: Vec<Message>,
    /// Its changes for those who follow.
    pub topics: Vec<TopicChange>,
}

impl Engine {
    /// Announces commits, in their order.
    pub(crate) fn publish(&mut self, commits: Vec<Published>, now: Instant) {
        let mut connections = self.connections.values();
        let any_plain = connections.any(|it| matches!(it.client, Client::Plain(_)));
        let mut plain = RingWriter::new(&mut self.plain);
        let mut following = RingWriter::new(&mut self.following);
        for commit in commits {
            let seq = commit.seq.0;
            if seq <= self.published {
                continue;
            }
            self.published = seq;
            let messages = commit.messages.iter().filter(|_| any_plain);
            for payload in messages.filter_map(json) {
                plain.push(&payload, seq, PLAIN, FrameKind::Changes);
            }
            for change in commit.topics {
                tell(&mut self.topics, &mut following, seq, change, now);
            }
        }
        for (number, payload) in self.topics.take_figures(None) {
            following.push(&payload, self.published, number, FrameKind::Figures);
        }
        drop((plain, following));
        self.list_all();
    }

    /// Adds frames of its own to the streams of topics: figures, or signs of life.
    pub(super) fn tell_all<P: AsRef<[u8]>>(
        &mut self,
        kind: FrameKind,
        frames: impl IntoIterator<Item = (TopicNumber, P)>,
    ) {
        let (seq, end) = (self.published, self.following.end());
        let mut writer = RingWriter::new(&mut self.following);
        for (topic, payload) in frames {
            writer.push(payload.as_ref(), seq, topic, kind);
        }
        drop(writer);
        if self.following.end() > end {
            self.list_all();
        }
    }
}

/// Encodes what a commit did to a topic, if somebody follows it.
fn tell(
    topics: &mut Topics,
    ring: &mut RingWriter<'_>,
    seq: u64,
    mut change: TopicChange,
    now: Instant,
) {
    let Some(followed) = topics.get_mut(&change.topic) else {
        return;
    };
    followed.last = seq;
    followed.exists = !change.removed;
    followed.told_at = now;
    if change.restored {
        // Whoever follows from before has to read it: this frame would not tell everything.
        followed.since = seq;
        topics.figures_due(&change.topic);
        return;
    }
    let number = followed.number;
    topics.figures_due(&change.topic);
    super::cut::cut_rows(&mut change.rows);
    let (prev, topic) = (change.prev.0, change.topic);
    let (frame, kind) = if change.removed {
        let payload = Nothing {};
        let frame = FollowFrame::Removed {
            topic,
            seq,
            prev,
            payload,
        };
        (frame, FrameKind::Removed)
    } else {
        let payload = ChangedRows { rows: change.rows };
        let frame = FollowFrame::Changes {
            topic,
            seq,
            prev,
            payload,
        };
        (frame, FrameKind::Changes)
    };
    if let Some(payload) = json(&frame) {
        ring.push(&payload, seq, number, kind);
    }
}
