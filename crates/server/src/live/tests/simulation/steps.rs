//! What happens, by chance.

use super::super::client::{Client, SubscriptionState};
use super::commands::every_topic;
use super::process::Process;
use super::world::World;

impl World {
    pub(super) fn step(&mut self) {
        let place = self.chance.below(self.following.len());
        match self.chance.below(44) {
            0..=7 => {
                self.note("commits");
                self.commit();
                if !self.chance.one_in(5) {
                    self.publish();
                }
            }
            8 | 9 => {
                self.note("publishes");
                self.publish();
            }
            10..=18 => {
                let bytes_max = self.some_bytes();
                self.note(&format!("{place} takes {bytes_max} bytes"));
                self.deliver(place, bytes_max);
                self.serve();
            }
            19..=22 => {
                self.note("an ask is answered");
                self.process.answer(&self.store, &mut self.chance);
            }
            23..=26 => {
                self.note("an answer arrives");
                self.process.take_answer(&mut self.chance, self.now);
                self.serve();
            }
            27 | 28 => {
                self.note(&format!("{place}'s read is answered"));
                self.answer_read(place);
            }
            29 | 30 => {
                self.note(&format!("{place} has read"));
                self.take_read(place);
                self.serve();
            }
            31 => self.read_unasked(place),
            32 | 33 => {
                self.note(&format!("{place} connects"));
                self.connect(place);
                self.serve();
            }
            34 => {
                self.note(&format!("{place} leaves"));
                self.disconnect(place);
            }
            35 | 36 => self.follow(place),
            37 => self.stall(place),
            38 => self.pass_time(),
            39..=41 => self.step_plain(),
            _ => self.step_process(),
        }
        self.connect_witnesses();
    }

    pub(super) fn note(&mut self, line: &str) {
        let seq = self.history().seq();
        self.log.note(&format!("[{seq}] {line}"));
    }

    fn some_bytes(&mut self) -> usize {
        [usize::MAX, 4_000, 400, 40][self.chance.below(4)]
    }

    /// Somebody else's read, such as an older page.
    fn read_unasked(&mut self, place: usize) {
        let topic = self.chance.choose(&every_topic()).unwrap();
        self.note(&format!("{place} reads {topic} unasked"));
        let history = self.histories.last().unwrap();
        if let Some(read) = super::world::read(history, topic.clone()) {
            self.following[place].answered.push((topic, Some(read)));
        }
    }

    fn follow(&mut self, place: usize) {
        let topic = self.chance.choose(&every_topic()).unwrap();
        let client = &mut self.following[place];
        let (what, wishes) = if self.chance.one_in(4) {
            ("unfollows", client.follower.unfollow(&topic))
        } else {
            ("follows", client.follower.follow(topic.clone()))
        };
        client.grant(wishes);
        self.note(&format!("{place} {what} {topic}"));
        self.flush(place);
        self.serve();
    }

    fn stall(&mut self, place: usize) {
        let id = self.following[place].id;
        if let Some(id) = id.filter(|_| self.settings.stalls) {
            self.note(&format!("{place} stalls or goes on"));
            if let Some(wire) = self.process.wires.get_mut(&id) {
                wire.stalled = !wire.stalled;
                wire.blocked = false;
            }
            self.process.engine.list(id);
        }
    }

    fn pass_time(&mut self) {
        let millis = [1, 50, 250, 250, 1_000, 3_000, 16_000, 31_000][self.chance.below(8)];
        self.note(&format!("{millis} ms pass"));
        self.wait(millis);
    }

    fn step_plain(&mut self) {
        if self.plain.is_empty() {
            return;
        }
        let place = self.chance.below(self.plain.len());
        let bytes_max = self.some_bytes();
        self.note(&format!("plain {place} goes on"));
        self.connect_plain(place);
        self.deliver_plain(place, bytes_max);
        match self.chance.below(3) {
            0 => self.answer_plain(place),
            1 => self.plain[place].read(),
            _ => {}
        }
        self.serve();
    }

    pub(super) fn answer_plain(&mut self, place: usize) {
        let store = &self.store;
        self.plain[place].answer(|| store.read(|read| Ok(read.tasks(None, None)?.1.tasks)));
    }

    fn step_process(&mut self) {
        if !self.settings.kills {
            return;
        }
        match self.chance.below(5) {
            0 => {
                self.note("the process stops");
                self.process.engine.stop(self.now);
                self.serve();
                self.kill();
            }
            1 => {
                self.note("the process dies after a commit");
                self.commit();
                self.kill();
            }
            2 if self.is_between_pages() => {
                self.note("the process dies between pages");
                self.tally.kills_between_pages += 1;
                self.kill();
            }
            3 if self.is_in_a_write() => {
                self.note("the process dies in the middle of a write");
                self.tally.kills_in_a_write += 1;
                self.kill();
            }
            _ => {}
        }
    }

    /// Somebody was told a part of what it missed.
    fn is_between_pages(&self) -> bool {
        let clients = self.process.engine.connections.values();
        clients
            .into_iter()
            .any(|connection| {
                match &connection.client {
            Client::Following(following) => following.subscriptions.iter().any(|it| {
                matches!(it.state, SubscriptionState::CatchingUp(at) if at.after > it.cursor)
            }),
            Client::Plain(_) => false,
        }
            })
    }

    fn is_in_a_write(&self) -> bool {
        let mut connections = self.process.engine.connections.values();
        connections.any(|it| it.is_waiting())
    }

    /// The process is gone; a part of what it wrote still arrives. Then the file is opened again,
    /// or an older copy of it.
    pub(super) fn kill(&mut self) {
        self.tally.kills += 1;
        self.tally.kills_before_publish += usize::from(self.process.has_mail());
        for place in 0..self.following.len() {
            let bytes_max = self.chance.below(3_000);
            self.deliver(place, bytes_max);
            self.disconnect(place);
        }
        for place in 0..self.plain.len() {
            let bytes_max = self.chance.below(3_000);
            self.deliver_plain(place, bytes_max);
            self.plain[place].disconnected();
        }
        for witness in &mut self.witnesses {
            witness.id = None;
        }
        self.store.close();
        if self.settings.restores && self.chance.one_in(3) {
            self.note("an older copy is served");
            if self.store.restore() {
                self.tally.restores += 1;
                self.start();
                return self.check_all();
            }
        }
        if self.settings.restores && self.chance.one_in(2) {
            self.note("a copy is made");
            self.store.save();
            self.saved = Some(self.history().clone());
        }
        self.start();
        self.check_all();
    }

    pub(super) fn start(&mut self) {
        let (limits, rows) = (self.settings.limits, self.settings.page_rows);
        self.process = Process::start(&mut self.store, limits, rows, self.now);
        let seq = self
            .store
            .read(|read| Ok(read.overview(self.store.now())?.0.0));
        let epoch = self.process.epoch.clone();
        if epoch != self.history().epoch || seq < self.history().seq() {
            let saved = self.saved.as_ref().expect("a copy");
            self.histories.push(saved.cut(epoch, seq));
        }
        assert_eq!(seq, self.history().seq(), "what was committed is there");
        self.connect_witnesses();
        self.serve();
    }

    /// What was seen before the process died is there.
    pub(super) fn check_all(&self) {
        let clients = self.following.iter();
        clients.for_each(|client| client.check(&self.histories));
    }
}
