//! Commits that never stop, and clients that come back in the middle of them.

use std::collections::BTreeMap;

use agent_tracer_core::command::Command;
use agent_tracer_core::follow::Phase;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::wire::follow::Topic;

use super::commands::start;
use super::world::World;

const ROUNDS: usize = 30;
/// More answers than a round can need.
const ANSWERS_MAX: usize = 2_000;
/// A resync is a read and a subscription, each of which takes a round, and a task may be made anew
/// meanwhile.
const WAIT_MAX: usize = 10;

/// Two more removals, so that none of before is kept unless somebody needs it.
fn removals() -> Vec<Command> {
    let ids = ["passing", "passing too"].map(TaskId::new);
    let commands = ids.into_iter().flat_map(|id| {
        let title = "Title".to_owned();
        [start(id.clone(), title), Command::DeleteTask(id)]
    });
    commands.collect()
}

impl World {
    /// Everybody comes back after the last of many removals, and is told everything within few
    /// rounds, although each round commits more and forgets removals.
    pub(super) fn storm(&mut self) {
        // Else a round may have more than a client is ever told.
        if self.settings.limits.missed_rows < 40 {
            return;
        }
        self.note("commits never stop");
        for place in 0..self.following.len() {
            self.disconnect(place);
        }
        (0..20).for_each(|_| self.commit());
        let mut waiting: BTreeMap<(usize, Topic), usize> = BTreeMap::new();
        for _ in 0..ROUNDS {
            self.commit();
            self.commit_group(removals());
            self.publish();
            self.stormy_round();
            for (place, client) in self.following.iter().enumerate() {
                for (topic, phase) in client.follower.topics() {
                    let rounds = waiting.entry((place, topic.clone())).or_default();
                    *rounds += 1;
                    if matches!(phase, Phase::Live | Phase::Gone) {
                        *rounds = 0;
                    }
                    assert!(*rounds <= WAIT_MAX, "{place}'s {topic} waits: {phase:?}");
                }
            }
        }
    }

    /// The store answers at once; what a client reads takes a round on its way.
    fn stormy_round(&mut self) {
        for place in 0..self.following.len() {
            self.connect(place);
            while !self.following[place].answered.is_empty() {
                self.take_read(place);
            }
            while !self.following[place].asked.is_empty() {
                self.answer_read(place);
            }
        }
        self.wait(300);
        self.drain();
        for _ in 0..ANSWERS_MAX {
            if self.process.asks.is_empty() && self.process.answers.is_empty() {
                return;
            }
            self.process.answer(&self.store, &mut self.chance);
            self.process.take_answer(&mut self.chance, self.now);
            self.drain();
        }
        panic!("answers bring about more asks, without end");
    }
}
