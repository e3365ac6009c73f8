//! Whatever happens on the way, a client's state is the server's at the client's cursor, and in
//! the end it is the server's.
// spec: L1, L2, L3, L5, L8, L14

use std::collections::VecDeque;

use agent_tracer_core::follow::{Follower, Phase, TopicRead, Wish};
use agent_tracer_core::wire::follow::{FollowFrame, Topic};
use proptest::prelude::*;

use crate::server::{Act, Server, task_topic};

#[derive(Clone, Copy, Debug)]
enum Step {
    Commit(Act),
    /// The server takes a command.
    Command,
    /// The client gets this many frames.
    Deliver(u8),
    /// The next frame is lost.
    Lose,
    /// The next frame comes, and again after the next ones.
    Repeat(u8),
    /// The server answers a read, and the answer is on its way.
    Answer,
    /// The client gets the answer of a read.
    Read,
    /// Somebody reads a topic without being asked to.
    Page(u8),
    Connect,
    Disconnect,
    Restore(u8),
    Follow(u8),
    Unfollow(u8),
    Slow(u8),
    Progress,
}

fn topic(number: u8) -> Topic {
    match number {
        0 => Topic::Overview,
        1 => Topic::Bookmarks,
        task => task_topic(task - 2),
    }
}

struct World {
    server: Server,
    client: Follower,
    connected: bool,
    /// Reads that the server has not answered yet.
    asked: VecDeque<Topic>,
    answers: VecDeque<(Topic, Option<TopicRead>)>,
    again: Vec<FollowFrame>,
    /// A frame was lost that ended a subscription. Nothing but the end of the connection tells a
    /// client so; a socket loses no frame before it.
    ended_unheard: bool,
}

impl World {
    fn new() -> Self {
        Self {
            server: Server::new(),
            client: Follower::new(),
            connected: false,
            asked: VecDeque::new(),
            answers: VecDeque::new(),
            again: Vec::new(),
            ended_unheard: false,
        }
    }

    fn grant(&mut self, wishes: Vec<Wish>) {
        for wish in wishes {
            match wish {
                Wish::Read { topic, .. } => self.asked.push_back(topic),
                Wish::Send(command) => {
                    assert!(self.connected, "sent without a connection");
                    self.server.inbox.push_back(command);
                }
            }
        }
        self.check();
    }

    /// L1 and L8.
    fn check(&self) {
        for (topic, _) in self.client.topics() {
            let Some(state) = self.client.state(topic) else {
                continue;
            };
            let cursor = &state.cursor;
            let model = self.server.state(topic, &cursor.epoch, cursor.seq);
            assert_eq!(state, &model, "{topic}");
        }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Commit(act) => self.server.commit(act),
            Step::Command => self.server.take_command(),
            Step::Deliver(frames) => (0..frames).for_each(|_| self.deliver()),
            Step::Lose => self.lose(),
            Step::Repeat(later) => self.repeat(later),
            Step::Answer => self.answer(),
            Step::Read => self.read(),
            Step::Page(number) => {
                let topic = topic(number);
                if let Some(read) = self.server.read(&topic) {
                    self.answers.push_back((topic, Some(read)));
                }
            }
            Step::Connect => self.connect(),
            Step::Disconnect => self.disconnect(),
            Step::Restore(back) => {
                self.disconnect();
                self.server.restore(u64::from(back));
            }
            Step::Follow(number) => {
                let wishes = self.client.follow(topic(number));
                self.grant(wishes);
            }
            Step::Unfollow(number) => {
                let wishes = self.client.unfollow(&topic(number));
                self.grant(wishes);
            }
            Step::Slow(number) => self.server.give_up(topic(number)),
            Step::Progress => self.server.progress(),
        }
    }

    fn deliver(&mut self) {
        if let Some(frame) = self.server.out.pop_front() {
            let wishes = self.client.frame(frame);
            self.grant(wishes);
        }
        for frame in std::mem::take(&mut self.again) {
            let wishes = self.client.frame(frame);
            self.grant(wishes);
        }
    }

    fn lose(&mut self) {
        let lost = self.server.out.pop_front();
        self.ended_unheard |= matches!(
            lost,
            Some(FollowFrame::Resync { .. } | FollowFrame::Removed { .. })
        );
    }

    /// The end of a subscription is not repeated late: it would end the next one, unheard.
    fn repeat(&mut self, later: u8) {
        let Some(frame) = self.server.out.front().cloned() else {
            return;
        };
        (0..=later).for_each(|_| self.deliver());
        if !matches!(frame, FollowFrame::Removed { .. }) {
            self.again.push(frame);
        }
    }

    fn answer(&mut self) {
        if let Some(topic) = self.asked.pop_front() {
            let read = self.server.read(&topic);
            self.answers.push_back((topic, read));
        }
    }

    fn read(&mut self) {
        let wishes = match self.answers.pop_front() {
            Some((_, Some(read))) => self.client.read(read),
            Some((topic, None)) => self.client.not_found(&topic),
            None => return,
        };
        self.grant(wishes);
    }

    fn connect(&mut self) {
        if !self.connected {
            self.connected = true;
            let wishes = self.client.connected();
            self.grant(wishes);
        }
    }

    fn disconnect(&mut self) {
        self.connected = false;
        self.ended_unheard = false;
        self.again.clear();
        self.server.hang_up();
        self.client.disconnected();
        self.check();
    }

    fn settle(&mut self) {
        while !self.is_quiet() {
            self.server.take_command();
            self.deliver();
            self.answer();
            self.read();
        }
    }

    fn is_quiet(&self) -> bool {
        self.server.out.is_empty()
            && self.server.inbox.is_empty()
            && self.again.is_empty()
            && self.asked.is_empty()
            && self.answers.is_empty()
    }

    /// Everything arrives, and then the topics are idle.
    fn finish(&mut self) {
        if self.ended_unheard {
            self.disconnect();
        }
        self.connect();
        self.settle();
        self.server.progress();
        self.settle();
        self.follow_again();
        self.settle();
        let topics: Vec<_> = self
            .client
            .topics()
            .map(|(topic, phase)| (topic.clone(), phase))
            .collect();
        for (topic, phase) in topics {
            self.check_finished(&topic, phase);
        }
    }

    /// A task that was made again is another one until somebody follows that.
    fn follow_again(&mut self) {
        for number in 0..4 {
            if self.client.phase(&topic(number)) == Some(Phase::Gone) {
                self.step(Step::Follow(number));
            }
        }
    }

    fn check_finished(&self, topic: &Topic, phase: Phase) {
        let now = self.server.now();
        if !now.exists(topic) {
            assert_eq!(phase, Phase::Gone, "{topic}");
            return;
        }
        assert_eq!(phase, Phase::Live, "{topic}");
        let state = self.client.state(topic).expect("a state");
        assert_eq!(state.cursor.epoch, now.epoch, "{topic}");
        assert_eq!(state.rows, now.state(topic, now.seq()).rows, "{topic}");
    }
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => (0..2u8).prop_map(Act::Task),
        4 => (0..2u8, 0..3u8).prop_map(|(task, event)| Act::Event(task, event)),
        2 => (0..2u8, 0..3u8).prop_map(|(task, event)| Act::Forget(task, event)),
        1 => (0..2u8).prop_map(Act::Delete),
        1 => (0..2u8).prop_map(Act::Restore),
        2 => (0..3u8).prop_map(Act::Bookmark),
        2 => (0..3u8).prop_map(Act::Unmark),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => any_act().prop_map(Step::Commit),
        5 => Just(Step::Command),
        8 => (1..5u8).prop_map(Step::Deliver),
        2 => Just(Step::Lose),
        2 => (0..4u8).prop_map(Step::Repeat),
        3 => Just(Step::Answer),
        3 => Just(Step::Read),
        2 => (0..4u8).prop_map(Step::Page),
        2 => Just(Step::Connect),
        1 => Just(Step::Disconnect),
        1 => (0..8u8).prop_map(Step::Restore),
        3 => (0..4u8).prop_map(Step::Follow),
        1 => (0..4u8).prop_map(Step::Unfollow),
        1 => (0..4u8).prop_map(Step::Slow),
        1 => Just(Step::Progress),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    #[test]
    fn the_state_is_the_models(steps in prop::collection::vec(any_step(), 1..120)) {
        let mut world = World::new();
        (0..4).for_each(|number| world.step(Step::Follow(number)));
        world.connect();
        for step in steps {
            world.step(step);
        }
        world.finish();
    }
}
