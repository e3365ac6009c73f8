//! One server, its file, and everybody who listens; and what can happen between them.

use std::time::{Duration, Instant};

use agent_tracer_core::command::Command;
use agent_tracer_core::follow::TopicRead;
use agent_tracer_core::wire::follow::{FollowCommand, Subscribe};

use super::super::engine::ConnectionId;
use super::super::publish::Published;
use super::chance::Chance;
use super::commands::{Known, command, every_topic};
use super::following::Following;
use super::log::Log;
use super::model::History;
use super::plain::Plain;
use super::process::Process;
use super::settings::Settings;
use super::store::Store;
use super::tally::Tally;
use super::wire::Wire;
use super::witness::Witness;

pub(super) struct World {
    pub settings: Settings,
    pub chance: Chance,
    pub now: Instant,
    pub store: Store,
    pub process: Process,
    /// Every one there ever was; the last is served.
    pub histories: Vec<History>,
    /// The history of the saved copy.
    pub saved: Option<History>,
    known: Known,
    pub following: Vec<Following>,
    pub plain: Vec<Plain>,
    pub witnesses: Vec<Witness>,
    pub log: Log,
    pub tally: Tally,
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let settings = Settings::new(seed, &mut chance);
        let mut log = Log::new(seed);
        log.note(&format!("{settings:?}"));
        let mut store = if settings.sqlite {
            Store::sqlite(settings.removals_kept)
        } else {
            Store::memory(settings.removals_kept)
        };
        let now = Instant::now();
        let process = Process::start(&mut store, settings.limits, settings.page_rows, now);
        let following = (0..settings.following).map(|_| Following::new(settings.faults));
        let witnesses = [vec![every_topic()[0].clone()], every_topic()];
        let witnesses = witnesses.into_iter().filter(|_| settings.witnesses);
        Self {
            following: following.collect(),
            plain: (0..settings.plain).map(|_| Plain::default()).collect(),
            witnesses: witnesses.map(Witness::new).collect(),
            histories: vec![History::new(process.epoch.clone())],
            saved: None,
            known: Known::new(settings.undoes),
            tally: Tally::default(),
            settings,
            chance,
            now,
            store,
            process,
            log,
        }
    }

    pub(super) fn history(&self) -> &History {
        self.histories.last().unwrap()
    }

    pub(super) fn commit(&mut self) {
        let count = 1 + self.chance.below(self.settings.group);
        let group = (0..count).map(|_| command(&mut self.chance, &self.known));
        let group = group.collect();
        self.commit_group(group);
    }

    pub(super) fn commit_group(&mut self, group: Vec<Command>) {
        let outcomes = self.store.commit(group);
        for committed in outcomes.into_iter().flatten() {
            self.histories.last_mut().unwrap().commit(&committed);
            let back = committed.topics.iter().filter(|it| it.restored);
            self.tally.undone += back.count();
            let messages = committed.messages.iter();
            messages.for_each(|message| self.known.learn(message));
            if let Some(seq) = committed.seq {
                self.process.unannounced.push_back(Published {
                    seq,
                    messages: committed.messages,
                    topics: committed.topics,
                });
            }
        }
    }

    /// The hub hears of everything that was committed, and who can be told is told in the turn.
    pub(super) fn publish(&mut self) {
        while !self.process.unannounced.is_empty() {
            self.process.announce();
        }
        self.process.publish(self.now);
        self.serve();
        if self.settings.has_roomy_ring() {
            let (history, seq) = (
                self.histories.last().unwrap(),
                self.process.engine.published,
            );
            self.witnesses
                .iter()
                .for_each(|witness| witness.check(history, seq));
        }
    }

    /// Everybody has a turn; witnesses take everything at once.
    pub(super) fn serve(&mut self) {
        self.process.serve(&self.store, self.now);
        for place in 0..self.witnesses.len() {
            let witness = &mut self.witnesses[place];
            let Some(id) = witness.id else { continue };
            let bytes = self.process.read(id, usize::MAX);
            witness.take(bytes, self.histories.last().unwrap());
            let pongs = std::mem::take(&mut witness.pongs);
            self.send_pongs(id, &pongs);
            if self.process.is_over(id) {
                self.process.disconnect(id);
                self.witnesses[place].id = None;
            }
        }
    }

    fn send_pongs(&mut self, id: ConnectionId, pongs: &[Vec<u8>]) {
        if pongs.is_empty() {
            return;
        }
        if let Some(wire) = self.process.wires.get_mut(&id) {
            for payload in pongs {
                wire.pong(payload);
            }
            self.process.engine.list(id);
        }
    }

    /// A following client takes some of what is there for it.
    pub(super) fn deliver(&mut self, place: usize, bytes_max: usize) {
        let client = &mut self.following[place];
        let Some(id) = client.id else { return };
        let bytes = self.process.read(id, bytes_max);
        client.take(bytes, &self.histories, &mut self.chance);
        self.flush(place);
        if self.process.is_over(id) {
            self.disconnect(place);
        }
    }

    /// What a client wants to say goes on its way.
    pub(super) fn flush(&mut self, place: usize) {
        let client = &mut self.following[place];
        let Some(id) = client.id else {
            assert!(client.out.commands.is_empty(), "sent without a connection");
            return;
        };
        let out = std::mem::take(&mut client.out);
        if let Some(wire) = self.process.wires.get_mut(&id) {
            for command in out.commands {
                wire.send(&serde_json::to_string(&command).unwrap());
                self.process.engine.list(id);
            }
            self.send_pongs(id, &out.pongs);
        }
    }

    pub(super) fn deliver_plain(&mut self, place: usize, bytes_max: usize) {
        let client = &mut self.plain[place];
        let Some(id) = client.id else { return };
        let bytes = self.process.read(id, bytes_max);
        client.take(bytes, self.histories.last().unwrap());
        let pongs = std::mem::take(&mut client.pongs);
        self.send_pongs(id, &pongs);
        if self.process.is_over(id) {
            self.process.disconnect(id);
            self.plain[place].disconnected();
        }
    }

    fn wire(&mut self) -> Wire {
        let (bytes, chops) = (self.settings.wire_bytes, self.settings.chops);
        Wire::new(bytes, chops, self.chance.split())
    }

    pub(super) fn connect(&mut self, place: usize) {
        if self.following[place].id.is_some() {
            return;
        }
        let wants = self.following[place].connected();
        // An address names one epoch.
        let mut epochs = wants.iter().filter_map(|it| it.epoch.as_ref());
        let first = epochs.next();
        let is_one = epochs.all(|epoch| Some(epoch) == first);
        let (in_address, as_commands) = if is_one && self.chance.one_in(2) {
            (wants, Vec::new())
        } else {
            (Vec::new(), wants)
        };
        let wire = self.wire();
        let id = self.process.connect(Some(in_address), wire, self.now);
        let client = &mut self.following[place];
        client.id = Some(id);
        let commands = as_commands.into_iter().map(FollowCommand::Subscribe);
        client.out.commands.extend(commands);
        self.flush(place);
    }

    pub(super) fn disconnect(&mut self, place: usize) {
        if let Some(id) = self.following[place].id {
            self.process.disconnect(id);
            self.following[place].disconnected();
            self.following[place].check(&self.histories);
        }
    }

    pub(super) fn connect_plain(&mut self, place: usize) {
        if self.plain[place].id.is_none() {
            let wire = self.wire();
            let id = self.process.connect(None, wire, self.now);
            self.plain[place].connected(id);
        }
    }

    pub(super) fn connect_witnesses(&mut self) {
        for place in 0..self.witnesses.len() {
            if self.witnesses[place].id.is_none() {
                let topics = self.witnesses[place].topics.iter().cloned();
                let wants = topics.map(|topic| Subscribe {
                    topic,
                    epoch: None,
                    after: None,
                });
                let wire = Wire::new(usize::MAX, false, self.chance.split());
                let id = self.process.connect(Some(wants.collect()), wire, self.now);
                self.witnesses[place].connected(id);
            }
        }
    }

    /// A server answers one of the reads of a client.
    pub(super) fn answer_read(&mut self, place: usize) {
        let client = &mut self.following[place];
        let Some(topic) = self.chance.take(&mut client.asked) else {
            return;
        };
        let read = read(self.histories.last().unwrap(), topic.clone());
        client.answered.push((topic, read));
    }

    /// The answer arrives.
    pub(super) fn take_read(&mut self, place: usize) {
        let client = &mut self.following[place];
        let wishes = match self.chance.take(&mut client.answered) {
            Some((_, Some(read))) => client.follower.read(read),
            Some((topic, None)) => client.follower.not_found(&topic),
            None => return,
        };
        client.grant(wishes);
        client.check(&self.histories);
        self.flush(place);
    }

    pub(super) fn wait(&mut self, millis: u64) {
        self.now += Duration::from_millis(millis);
        self.process.tick(self.now);
        self.serve();
    }
}

/// What a read model answers now; `None` for "there is no such task".
pub(super) fn read(
    history: &History,
    topic: agent_tracer_core::wire::follow::Topic,
) -> Option<TopicRead> {
    let seq = history.seq();
    let rows = history.rows(&topic, seq).unwrap();
    history.exists(&topic).then(|| TopicRead {
        epoch: history.epoch.clone(),
        seq,
        rows: rows.values().cloned().collect(),
        topic,
    })
}
