//! A client that follows topics: the real one, with its socket and its reads.

use std::collections::BTreeMap;

use agent_tracer_core::follow::{Follower, TopicRead, Wish};
use agent_tracer_core::wire::follow::{FollowCommand, FollowFrame, Subscribe, Topic};

use super::super::engine::ConnectionId;
use super::chance::Chance;
use super::model::{History, difference};
use super::proxy::{Faults, Proxy};
use super::wire::{Got, Parser};

/// What a client wants done.
#[derive(Debug, Default)]
pub(super) struct Outgoing {
    pub commands: Vec<FollowCommand>,
    pub pongs: Vec<Vec<u8>>,
}

pub(super) struct Following {
    pub follower: Follower,
    pub id: Option<ConnectionId>,
    parser: Parser,
    pub proxy: Proxy,
    faults: Faults,
    /// Reads that no server has answered.
    pub asked: Vec<Topic>,
    /// Answers on their way.
    pub answered: Vec<(Topic, Option<TopicRead>)>,
    /// How far each topic was said not to have changed, on this subscription.
    quiet: BTreeMap<Topic, u64>,
    /// How often each topic was subscribed to on this connection.
    subscribes: BTreeMap<Topic, usize>,
    pub out: Outgoing,
    pub resyncs: usize,
}

impl Following {
    pub(super) fn new(faults: Faults) -> Self {
        Self {
            follower: Follower::new(),
            id: None,
            parser: Parser::default(),
            proxy: Proxy::new(faults),
            faults,
            asked: Vec::new(),
            answered: Vec::new(),
            quiet: BTreeMap::new(),
            subscribes: BTreeMap::new(),
            out: Outgoing::default(),
            resyncs: 0,
        }
    }

    pub(super) fn grant(&mut self, wishes: Vec<Wish>) {
        for wish in wishes {
            match wish {
                Wish::Read { topic, .. } => self.asked.push(topic),
                Wish::Send(command) => {
                    if let FollowCommand::Subscribe(Subscribe { topic, .. }) = &command {
                        *self.subscribes.entry(topic.clone()).or_default() += 1;
                    }
                    self.out.commands.push(command);
                }
            }
        }
    }

    /// Goes on where it is; gives what it wants to follow.
    pub(super) fn connected(&mut self) -> Vec<Subscribe> {
        self.parser = Parser::default();
        self.proxy = Proxy::new(self.faults);
        self.quiet.clear();
        self.subscribes.clear();
        let wishes = self.follower.connected();
        self.grant(wishes);
        let commands = std::mem::take(&mut self.out.commands);
        let wants = commands.into_iter().filter_map(|command| match command {
            FollowCommand::Subscribe(subscribe) => Some(subscribe),
            _ => None,
        });
        wants.collect()
    }

    pub(super) fn disconnected(&mut self) {
        self.id = None;
        self.out = Outgoing::default();
        self.follower.disconnected();
    }

    pub(super) fn stop_faults(&mut self) {
        self.faults = Faults::default();
        self.proxy.faults = Faults::default();
    }

    /// Takes what came from the socket; checks what it holds after each frame.
    pub(super) fn take(&mut self, bytes: Vec<u8>, histories: &[History], chance: &mut Chance) {
        self.parser.feed(bytes);
        while let Some(got) = self.parser.next() {
            match got {
                Got::Text(text) => {
                    let frame = serde_json::from_str(&text).expect("a frame");
                    self.note(&frame);
                    for frame in self.proxy.pass(frame, chance) {
                        let wishes = self.follower.frame(frame);
                        self.grant(wishes);
                        self.check(histories);
                    }
                }
                Got::Ping(payload) => self.out.pongs.push(payload),
                Got::Pong(_) | Got::Close(_) => {}
            }
        }
    }

    /// After `progress` N nothing of the topic is told as of N or before.
    fn note(&mut self, frame: &FollowFrame) {
        match frame {
            FollowFrame::Progress { topic, seq, .. } => {
                self.quiet.insert(topic.clone(), *seq);
            }
            FollowFrame::Changes { topic, seq, .. } | FollowFrame::Removed { topic, seq, .. } => {
                self.check_quiet(topic, *seq);
            }
            FollowFrame::Catchup { topic, payload, .. } => {
                let rows = payload.rows.iter();
                rows.for_each(|row| self.check_quiet(topic, row.seq()));
            }
            FollowFrame::Resync { .. } => self.resyncs += 1,
            _ => {}
        }
    }

    /// Who subscribed again may be told again what it said it missed.
    fn check_quiet(&self, topic: &Topic, seq: u64) {
        let is_first = self.subscribes.get(topic) == Some(&1);
        let quiet = self.quiet.get(topic).copied().filter(|_| is_first);
        assert!(
            quiet.is_none_or(|quiet| seq > quiet),
            "{topic}: commit {seq} was told after progress {quiet:?}"
        );
    }

    /// What is held of every topic is what there was at the cursor.
    pub(super) fn check(&self, histories: &[History]) {
        for (topic, phase) in self.follower.topics() {
            let Some(state) = self.follower.state(topic) else {
                continue;
            };
            let cursor = &state.cursor;
            let history = histories.iter().rev().find(|it| it.epoch == cursor.epoch);
            let history = history.expect("an epoch that there was");
            let Some(expected) = history.rows(topic, cursor.seq) else {
                panic!("{topic}: the cursor {cursor:?} is of no durable commit");
            };
            if let Some(difference) = difference(&state.rows, &expected) {
                panic!("{topic} at {cursor:?} ({phase:?}): {difference}");
            }
        }
    }
}
