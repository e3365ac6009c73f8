//! The client's side of the live protocol: what a program does that follows topics.
//!
//! Pure, as everything here: frames, reads and the state of the connection come in, commands and
//! wishes to read come out. Whoever uses it owns the socket, the HTTP client and the clock, and
//! does what it is told in the order in which it is told.
//!
//! One connection talks of one history, because a server opens one file and its connections end
//! with it. So frames, which name no epoch, are of the epoch that the connection first named.

mod frames;
mod row;
mod state;
mod topic;

use std::collections::BTreeMap;

pub use row::{RowKey, RowKind};
pub use state::{Cursor, TopicState};

use topic::Held;

use crate::wire::follow::{Figures, FollowCommand, FollowFrame, RowChange, Topic};

/// What a client knows of the topics that it follows.
#[derive(Clone, Debug, Default)]
pub struct Follower {
    line: Line,
    topics: BTreeMap<Topic, Held>,
}

/// The connection, as far as topics must know it.
#[derive(Clone, Debug, Default)]
struct Line {
    connected: bool,
    /// Unknown until the server named it on this connection.
    epoch: Option<String>,
}

/// What is to be done next.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Send this to the server.
    Send(FollowCommand),
    /// Read the topic, again and again until there is an answer; then call [`Follower::read`] or
    /// [`Follower::not_found`]. A cached answer will do only if it was validated.
    Read {
        /// What to read.
        topic: Topic,
        /// Where, if the server said so; else where the caller knows it to be.
        href: Option<String>,
    },
}

/// Where a topic stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// There is no connection; what is held is as of the cursor.
    NotSubscribed,
    /// A read was asked for. What was held before, if anything, is still shown.
    Reading,
    /// What was missed is on its way.
    CatchingUp,
    /// Every change arrives as it happens.
    Live,
    /// The task was deleted, or never was. Following it again starts anew.
    Gone,
}

/// The answer of a read model.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicRead {
    /// What was read.
    pub topic: Topic,
    /// The history that it counts in.
    pub epoch: String,
    /// The commit it was read after.
    pub seq: u64,
    /// Its rows. Of an answer to [`Wish::Read`], all that the client wants to hold; of any other
    /// read, such as an older page of a timeline, some of them.
    pub rows: Vec<RowChange>,
}

impl Follower {
    /// Follows nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Follows a topic from now on: it is read and subscribed to at the same time, and whichever
    /// comes first waits for the other. Without effect on a topic that is followed already.
    pub fn follow(&mut self, topic: Topic) -> Vec<Wish> {
        if self.topics.get(&topic).is_some_and(|held| !held.is_gone()) {
            return Vec::new();
        }
        let mut wishes = Vec::new();
        let mut held = Held::new(topic.clone());
        held.want_read(None, &mut wishes);
        if self.line.connected {
            held.subscribe(&mut wishes);
        }
        self.topics.insert(topic, held);
        wishes
    }

    /// Forgets a topic and all its rows.
    pub fn unfollow(&mut self, topic: &Topic) -> Vec<Wish> {
        let held = self.topics.remove(topic);
        if !self.line.connected || held.is_none_or(|held| held.is_gone()) {
            return Vec::new();
        }
        let topic = topic.clone();
        vec![Wish::Send(FollowCommand::Unsubscribe { topic })]
    }

    /// A connection was opened: every topic goes on after its cursor.
    pub fn connected(&mut self) -> Vec<Wish> {
        self.line = Line {
            connected: true,
            epoch: None,
        };
        let mut wishes = Vec::new();
        for held in self.topics.values_mut().filter(|held| !held.is_gone()) {
            held.subscribe(&mut wishes);
        }
        wishes
    }

    /// The connection ended. Reads that were asked for go on.
    pub fn disconnected(&mut self) {
        self.line = Line::default();
        for held in self.topics.values_mut() {
            held.disconnected();
        }
    }

    /// A frame came. One of a topic that is not followed (any more) has no effect, and none has
    /// without a connection.
    pub fn frame(&mut self, frame: FollowFrame) -> Vec<Wish> {
        let mut wishes = Vec::new();
        if !self.line.connected {
            return wishes;
        }
        if let Some(epoch) = frames::named_epoch(&frame) {
            self.line.epoch = Some(epoch.to_owned());
        }
        if let Some(held) = frames::topic(&frame).and_then(|topic| self.topics.get_mut(topic)) {
            held.frame(frame, &self.line, &mut wishes);
        }
        wishes
    }

    /// A read was answered, whether it was asked for by a [`Wish`] or by somebody else.
    pub fn read(&mut self, read: TopicRead) -> Vec<Wish> {
        let mut wishes = Vec::new();
        if let Some(held) = self.topics.get_mut(&read.topic) {
            held.read(read, &self.line, &mut wishes);
        }
        wishes
    }

    /// A read was answered with "there is no such task".
    pub fn not_found(&mut self, topic: &Topic) -> Vec<Wish> {
        let mut wishes = Vec::new();
        if let Some(held) = self.topics.get_mut(topic) {
            held.not_found(&mut wishes);
        }
        wishes
    }

    /// What is followed, and where it stands.
    pub fn topics(&self) -> impl Iterator<Item = (&Topic, Phase)> {
        self.topics
            .iter()
            .map(|(topic, held)| (topic, held.phase()))
    }

    /// Where a topic stands; `None` if it is not followed.
    pub fn phase(&self, topic: &Topic) -> Option<Phase> {
        self.topics.get(topic).map(Held::phase)
    }

    /// A topic as of its cursor; `None` before its first read.
    pub fn state(&self, topic: &Topic) -> Option<&TopicState> {
        self.topics.get(topic)?.state()
    }

    /// The newest figures of a topic and the commit they are as of.
    pub fn figures(&self, topic: &Topic) -> Option<(u64, &Figures)> {
        self.topics.get(topic)?.figures()
    }
}
