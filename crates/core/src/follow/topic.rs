use super::state::{Cursor, Rows, TopicState};
use super::{Line, Phase, TopicRead, Wish};
use crate::wire::follow::{Figures, FollowCommand, FollowFrame, RowChange, Subscribe, Topic};

/// A topic that is followed.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) topic: Topic,
    pub(super) rows: Option<Rows>,
    pub(super) figures: Option<HeldFigures>,
    pub(super) reading: bool,
    pub(super) gone: bool,
    pub(super) asked: Asked,
    /// A `subscribe` without an epoch was sent on this connection.
    blind: bool,
    pub(super) kept: Kept,
    pub(super) aside: Aside,
}

/// What this connection knows of us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Nothing, or a `resync` ended it.
    Nothing,
    /// A `subscribe` without a cursor is on its way.
    Fresh,
    /// A `subscribe` after our cursor is on its way.
    After,
    /// The server answered `subscribed`.
    Answered,
}

/// Frames that came while a read is in flight.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    frames: Vec<FollowFrame>,
    full: bool,
}

/// More of them are not kept: asking for what was missed is then cheaper.
const KEPT_MAX: usize = 256;

/// Rows of a catch-up that has not ended.
#[derive(Clone, Debug, Default)]
pub(super) struct Aside {
    pub(super) rows: Vec<RowChange>,
    /// The last commit that they tell of.
    pub(super) through: Option<u64>,
}

#[derive(Clone, Debug)]
pub(super) struct HeldFigures {
    pub(super) epoch: String,
    pub(super) seq: u64,
    pub(super) figures: Figures,
}

impl Held {
    pub(super) fn new(topic: Topic) -> Self {
        Self {
            topic,
            rows: None,
            figures: None,
            reading: false,
            gone: false,
            asked: Asked::Nothing,
            blind: false,
            kept: Kept::default(),
            aside: Aside::default(),
        }
    }

    pub(super) fn phase(&self) -> Phase {
        match self.asked {
            _ if self.gone => Phase::Gone,
            _ if self.reading => Phase::Reading,
            Asked::Nothing => Phase::NotSubscribed,
            Asked::Fresh | Asked::After => Phase::CatchingUp,
            Asked::Answered => Phase::Live,
        }
    }

    pub(super) fn is_gone(&self) -> bool {
        self.gone
    }

    pub(super) fn state(&self) -> Option<&TopicState> {
        self.rows.as_ref().map(|rows| &rows.state)
    }

    pub(super) fn figures(&self) -> Option<(u64, &Figures)> {
        let held = self.figures.as_ref()?;
        Some((held.seq, &held.figures))
    }

    /// A read that is in flight already will do: what it does not tell, the server will.
    pub(super) fn want_read(&mut self, href: Option<String>, wishes: &mut Vec<Wish>) {
        if !self.reading {
            self.reading = true;
            let topic = self.topic.clone();
            wishes.push(Wish::Read { topic, href });
        }
    }

    /// After the cursor, or from now on while that is being read.
    pub(super) fn subscribe(&mut self, wishes: &mut Vec<Wish>) {
        let cursor = self.state().filter(|_| !self.reading);
        let cursor = cursor.map(|state| state.cursor.clone());
        self.asked = match cursor {
            Some(_) => Asked::After,
            None => Asked::Fresh,
        };
        self.blind |= cursor.is_none();
        self.aside = Aside::default();
        let (epoch, after) = cursor.map(|Cursor { epoch, seq }| (epoch, seq)).unzip();
        wishes.push(Wish::Send(FollowCommand::Subscribe(Subscribe {
            topic: self.topic.clone(),
            epoch,
            after,
        })));
    }

    /// What was not yet applied is forgotten: the next connection may speak of another history.
    pub(super) fn disconnected(&mut self) {
        self.blind = false;
        self.end_subscription();
    }

    pub(super) fn end_subscription(&mut self) {
        self.asked = Asked::Nothing;
        self.kept = Kept::default();
        self.aside = Aside::default();
    }

    pub(super) fn keep(&mut self, frame: FollowFrame) {
        if self.kept.frames.len() < KEPT_MAX {
            self.kept.frames.push(frame);
        } else {
            self.kept.full = true;
        }
    }

    pub(super) fn read(&mut self, read: TopicRead, line: &Line, wishes: &mut Vec<Wish>) {
        if self.gone {
            return;
        }
        if !self.reading {
            self.merge(read);
            return;
        }
        self.reading = false;
        let TopicRead { epoch, seq, .. } = read;
        self.rows = Some(Rows::read(Cursor { epoch, seq }, read.rows));
        let kept = std::mem::take(&mut self.kept);
        if line.connected {
            self.go_on(kept, line, wishes);
        }
    }

    fn merge(&mut self, read: TopicRead) {
        if let Some(rows) = &mut self.rows
            && rows.state.cursor.epoch == read.epoch
        {
            rows.merge(read.rows, read.seq);
        }
    }

    /// From the read to the subscription, if there is one that continues it.
    fn go_on(&mut self, kept: Kept, line: &Line, wishes: &mut Vec<Wish>) {
        match self.asked {
            Asked::Fresh if kept.frames.is_empty() => {}
            Asked::Answered if self.speaks_of_us(line) => {
                for frame in kept.frames {
                    self.frame(frame, line, wishes);
                }
                if kept.full && self.asked == Asked::Answered {
                    self.subscribe(wishes);
                }
            }
            _ => self.subscribe(wishes),
        }
    }

    /// Whether frames of this connection count in the history of our cursor.
    pub(super) fn speaks_of_us(&self, line: &Line) -> bool {
        let ours = self.state().map(|state| &state.cursor.epoch);
        match &line.epoch {
            Some(epoch) => ours == Some(epoch),
            // The server compared the epochs before it sent anything.
            None => self.asked == Asked::After && !self.blind,
        }
    }

    /// The server may have found the task a moment later, so it is told that we left.
    pub(super) fn not_found(&mut self, wishes: &mut Vec<Wish>) {
        if !self.reading {
            return;
        }
        if self.asked != Asked::Nothing {
            let topic = self.topic.clone();
            wishes.push(Wish::Send(FollowCommand::Unsubscribe { topic }));
        }
        self.rows = None;
        self.leave();
    }

    /// There is no such task, and no subscription.
    pub(super) fn leave(&mut self) {
        self.end_subscription();
        self.reading = false;
        self.gone = true;
        self.figures = None;
    }
}
