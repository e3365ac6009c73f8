//! A tiny server that keeps to the protocol, and remembers every state it ever had.

mod history;

use std::collections::{BTreeSet, VecDeque};

use agent_tracer_core::follow::{TopicRead, TopicState};
use agent_tracer_core::wire::follow::{
    ChangedRows, FollowCommand, FollowFrame, Nothing, ResyncFrom, ResyncReason, Subscribe,
    SubscribedTo, Topic,
};

use crate::bodies;
pub(crate) use history::{Act, History, task_topic};

/// More missed commits than this are answered by a resync.
const WINDOW: u64 = 12;

pub(crate) struct Server {
    /// Every history there ever was, the one that is served last.
    pub(crate) histories: Vec<History>,
    /// What is on the way to the client, and from it.
    pub(crate) out: VecDeque<FollowFrame>,
    pub(crate) inbox: VecDeque<FollowCommand>,
    subscribed: BTreeSet<Topic>,
}

impl Server {
    pub(crate) fn new() -> Self {
        Self {
            histories: vec![History::new("E1".to_owned())],
            out: VecDeque::new(),
            inbox: VecDeque::new(),
            subscribed: BTreeSet::new(),
        }
    }

    pub(crate) fn now(&self) -> &History {
        self.histories.last().expect("a history")
    }

    /// Opens a copy of the file from an earlier moment: another history with the same numbers.
    pub(crate) fn restore(&mut self, back: u64) {
        let epoch = format!("E{}", self.histories.len() + 1);
        let kept = self.now().seq().saturating_sub(back);
        let restored = self.now().cut(epoch, kept);
        self.histories.push(restored);
        self.hang_up();
    }

    pub(crate) fn hang_up(&mut self) {
        self.out.clear();
        self.inbox.clear();
        self.subscribed.clear();
    }

    pub(crate) fn commit(&mut self, act: Act) {
        let history = self.histories.last_mut().expect("a history");
        for change in history.commit(act) {
            if !self.subscribed.contains(&change.topic) {
                continue;
            }
            let (topic, seq, prev) = (change.topic, change.seq, change.prev);
            if change.removed {
                self.subscribed.remove(&topic);
                self.out.push_back(removed(topic, seq, prev));
            } else {
                let payload = ChangedRows { rows: change.rows };
                self.out.push_back(FollowFrame::Changes {
                    topic,
                    seq,
                    prev,
                    payload,
                });
            }
        }
    }

    pub(crate) fn take_command(&mut self) {
        match self.inbox.pop_front() {
            Some(FollowCommand::Subscribe(subscribe)) => self.subscribe(subscribe),
            Some(FollowCommand::Unsubscribe { topic }) => {
                self.subscribed.remove(&topic);
            }
            Some(FollowCommand::Ping(_)) | None => {}
        }
    }

    fn subscribe(&mut self, subscribe: Subscribe) {
        let Subscribe {
            topic,
            epoch,
            after,
        } = subscribe;
        self.subscribed.remove(&topic);
        let now = self.now().seq();
        let ours = epoch.is_none_or(|epoch| epoch == self.now().epoch);
        if !ours || after.is_some_and(|after| after > now) {
            return self.resync(topic, ResyncReason::Epoch);
        }
        let prev = self.now().last(&topic, now);
        if !self.now().exists(&topic) {
            return self.out.push_back(removed(topic, now, prev));
        }
        if let Some(after) = after {
            if now - after > WINDOW || self.now().was_made_again(&topic, after) {
                return self.resync(topic, ResyncReason::Window);
            }
            self.tell_missed(&topic, after);
        }
        self.subscribed.insert(topic.clone());
        let payload = SubscribedTo {
            epoch: self.now().epoch.clone(),
            recovered: after.is_some(),
        };
        self.out.push_back(FollowFrame::Subscribed {
            topic: topic.clone(),
            seq: now,
            prev,
            payload,
        });
        let payload = bodies::read_figures(&topic);
        self.out.push_back(FollowFrame::Figures {
            topic,
            seq: now,
            payload,
        });
    }

    /// Short absences as the changes were, longer ones in parts.
    fn tell_missed(&mut self, topic: &Topic, after: u64) {
        let missed = self.now().changes_since(topic, after);
        if missed.len() <= 2 {
            for change in missed {
                self.out.push_back(FollowFrame::Changes {
                    topic: topic.clone(),
                    seq: change.seq,
                    prev: change.prev,
                    payload: ChangedRows { rows: change.rows },
                });
            }
            return;
        }
        let mut prev = after;
        for (seq, rows) in self.now().pages_since(topic, after) {
            let (topic, payload) = (topic.clone(), ChangedRows { rows });
            self.out.push_back(FollowFrame::Catchup {
                topic,
                seq,
                prev,
                payload,
            });
            prev = seq;
        }
    }

    pub(crate) fn resync(&mut self, topic: Topic, reason: ResyncReason) {
        self.subscribed.remove(&topic);
        self.out.push_back(FollowFrame::Resync {
            topic,
            seq: self.now().seq(),
            payload: ResyncFrom {
                reason,
                epoch: self.now().epoch.clone(),
                href: "/somewhere".to_owned(),
            },
        });
    }

    /// What a slow client is told.
    pub(crate) fn give_up(&mut self, topic: Topic) {
        if self.subscribed.contains(&topic) {
            self.resync(topic, ResyncReason::Slow);
        }
    }

    pub(crate) fn progress(&mut self) {
        for topic in &self.subscribed {
            let seq = self.now().seq();
            self.out.push_back(FollowFrame::Progress {
                topic: topic.clone(),
                seq,
                prev: self.now().last(topic, seq),
                payload: Nothing {},
            });
        }
    }

    /// What a read model answers now; `None` for "there is no such task".
    pub(crate) fn read(&self, topic: &Topic) -> Option<TopicRead> {
        let state = self.now().state(topic, self.now().seq());
        self.now().exists(topic).then(|| TopicRead {
            topic: topic.clone(),
            epoch: state.cursor.epoch,
            seq: state.cursor.seq,
            rows: state.rows.into_values().collect(),
        })
    }

    /// The one true state at a moment.
    pub(crate) fn state(&self, topic: &Topic, epoch: &str, seq: u64) -> TopicState {
        let history = self.histories.iter().find(|history| history.epoch == epoch);
        history.expect("a known epoch").state(topic, seq)
    }
}

fn removed(topic: Topic, seq: u64, prev: u64) -> FollowFrame {
    let payload = Nothing {};
    FollowFrame::Removed {
        topic,
        seq,
        prev,
        payload,
    }
}
