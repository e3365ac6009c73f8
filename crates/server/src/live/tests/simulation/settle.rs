//! Everything arrives, and then everybody holds what is stored.

use agent_tracer_core::follow::Phase;
use agent_tracer_core::wire::follow::{FollowFrame, Topic};

use super::super::reads;
use super::commands::every_topic;
use super::model::difference;
use super::world::World;

/// More rounds than anything may take.
const ROUNDS_MAX: usize = 400;
const DRAINS_MAX: usize = 5_000;

impl World {
    pub(super) fn settle(&mut self) {
        self.note("everything is delivered");
        self.publish();
        for wire in self.process.wires.values_mut() {
            wire.stalled = false;
            wire.blocked = false;
        }
        for place in 0..self.following.len() {
            self.following[place].stop_faults();
            if self.following[place].proxy.lost_for_good {
                self.disconnect(place);
            }
        }
        self.process.engine.list_all();
        self.rest();
        // Idle topics say so, which shows what was lost.
        self.wait(16_000);
        self.rest();
        self.follow_again();
        self.rest();
        self.check_settled();
    }

    /// Until nothing is on its way.
    fn rest(&mut self) {
        for _ in 0..ROUNDS_MAX {
            self.round();
            // Long enough for figures and snapshots that were to wait.
            if self.is_quiet() {
                self.wait(2_500);
                if self.is_quiet() {
                    return;
                }
            }
        }
        panic!("it does not come to rest");
    }

    /// Everything that is on its way arrives, and brings about the next.
    pub(super) fn round(&mut self) {
        self.connect_witnesses();
        self.serve();
        while !self.process.asks.is_empty() {
            self.process.answer(&self.store, &mut self.chance);
        }
        while !self.process.answers.is_empty() {
            self.process.take_answer(&mut self.chance, self.now);
            self.drain();
        }
        for place in 0..self.following.len() {
            self.connect(place);
            while !self.following[place].asked.is_empty() {
                self.answer_read(place);
            }
            while !self.following[place].answered.is_empty() {
                self.take_read(place);
            }
        }
        for place in 0..self.plain.len() {
            self.connect_plain(place);
            self.plain[place].read();
            self.answer_plain(place);
        }
        self.drain();
        self.wait(1);
    }

    /// Everybody takes what is there, however little a socket holds.
    pub(super) fn drain(&mut self) {
        for _ in 0..DRAINS_MAX {
            self.serve();
            let mut wires = self.process.wires.values();
            if wires.all(|wire| wire.is_drained() && !wire.blocked) {
                return;
            }
            for place in 0..self.following.len() {
                self.deliver(place, usize::MAX);
            }
            for place in 0..self.plain.len() {
                self.deliver_plain(place, usize::MAX);
            }
        }
        panic!("what is told brings about more, without end");
    }

    fn is_quiet(&self) -> bool {
        let process = &self.process;
        let mut wires = process.wires.values();
        let mut clients = self.following.iter();
        let mut plain = self.plain.iter();
        process.asks.is_empty()
            && process.answers.is_empty()
            && !process.has_mail()
            && !process.engine.has_listed()
            && wires.all(|wire| wire.is_drained() && wire.up.is_empty() && !wire.ended)
            && clients.all(|it| it.id.is_some() && it.asked.is_empty() && it.answered.is_empty())
            && plain.all(|it| it.id.is_some() && !it.is_stale && it.reading.is_none())
    }

    /// A task that was made again is another one until somebody follows that.
    fn follow_again(&mut self) {
        for place in 0..self.following.len() {
            for topic in every_topic() {
                if self.following[place].follower.phase(&topic) == Some(Phase::Gone) {
                    let wishes = self.following[place].follower.follow(topic);
                    self.following[place].grant(wishes);
                    self.flush(place);
                }
            }
        }
    }

    fn check_settled(&mut self) {
        for place in 0..self.following.len() {
            let topics = self.following[place].follower.topics();
            let topics: Vec<(Topic, Phase)> = topics.map(|(it, at)| (it.clone(), at)).collect();
            for (topic, phase) in topics {
                self.check_topic(place, &topic, phase);
            }
            self.tally.resyncs += self.following[place].resyncs;
        }
        let tasks = self.store.read(|read| Ok(read.tasks(None, None)?.1.tasks));
        for client in &self.plain {
            let all = self.history().messages.len();
            assert_eq!(client.told, Some(all), "a plain client was told everything");
            assert_eq!(client.tasks, tasks, "a plain client has read everything");
            self.tally.snapshots += client.snapshots;
        }
        for witness in &self.witnesses {
            witness.check(self.history(), self.history().seq());
            self.tally.witnessed += witness.seen;
        }
    }

    fn check_topic(&self, place: usize, topic: &Topic, phase: Phase) {
        let (history, client) = (self.history(), &self.following[place].follower);
        let what = format!("{place}'s {topic}");
        if !history.exists(topic) {
            assert_eq!(phase, Phase::Gone, "{what}");
            return;
        }
        assert_eq!(phase, Phase::Live, "{what}");
        let state = client.state(topic).expect("a state");
        assert_eq!(state.cursor.epoch, history.epoch, "{what}");
        let expected = history.rows(topic, history.seq()).unwrap();
        if let Some(difference) = difference(&state.rows, &expected) {
            panic!("{what} in the end: {difference}");
        }
        self.check_figures(place, topic);
    }

    /// The figures are those that the store gives now, as of the last commit of the topic or a
    /// later one.
    fn check_figures(&self, place: usize, topic: &Topic) {
        let stored = self
            .store
            .read(|read| reads::figures(read, topic, self.store.now()));
        let Some(stored) = stored else { return };
        let FollowFrame::Figures { payload, .. } = serde_json::from_slice(&stored.payload).unwrap()
        else {
            panic!("no figures");
        };
        let held = self.following[place].follower.figures(topic);
        let (seq, figures) = held.expect("figures");
        assert!(seq >= self.history().last(topic), "{topic}: as of {seq}");
        if seq == self.history().seq() {
            assert_eq!(figures, &payload, "{topic}");
        }
    }
}
