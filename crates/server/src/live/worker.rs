//! The hub's thread: the sockets, and the engine that runs over them.

use std::collections::HashMap;
use std::io;
use std::net::Shutdown;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use agent_tracer_store::Seq;
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use tokio::sync::mpsc;

use super::engine::{ConnectionId, Engine, Turn};
use super::hub::{Arrival, Mail, Shared};
use super::publish::Published;
use super::reads::{Answer, Reads};
use super::socket::Socket;
use super::timers::Timers;

/// How many sockets are looked at in one go.
const EVENTS_AT_ONCE: usize = 1024;
/// How often one socket is read before others get their turn.
const READS_IN_A_TURN: usize = 16;
/// How many clients are served before the mail is looked at again.
const TURNS_BETWEEN_MAIL: u32 = 32;
/// How many clients are served before the sockets are looked at again.
const TURNS_MAX: u32 = 4096;
/// How long a commit waits at most for those right behind it, to share their write.
const HOLD_MAX: Duration = Duration::from_millis(2);

pub(super) struct Worker {
    poll: Poll,
    inbox: mpsc::Receiver<Mail>,
    shared: Arc<Shared>,
    reads: Reads,
    engine: Engine,
    timers: Timers,
    sockets: HashMap<ConnectionId, Socket>,
    stopping: bool,
    /// Commits that wait for those right behind them, and until when.
    held: Vec<Published>,
    held_until: Option<Instant>,
}

impl Worker {
    pub(super) fn new(
        poll: Poll,
        inbox: mpsc::Receiver<Mail>,
        shared: Arc<Shared>,
        reads: Reads,
        engine: Engine,
    ) -> Self {
        Self {
            poll,
            inbox,
            shared,
            reads,
            engine,
            timers: Timers::new(Instant::now()),
            sockets: HashMap::new(),
            stopping: false,
            held: Vec::new(),
            held_until: None,
        }
    }

    pub(super) fn run(mut self) {
        let mut events = Events::with_capacity(EVENTS_AT_ONCE);
        while !(self.stopping && self.sockets.is_empty()) {
            let next = self.timers.next(&self.engine);
            let next = next.into_iter().chain(self.held_until).min();
            let mut wait = next.map(|next| next.saturating_duration_since(Instant::now()));
            if self.engine.has_listed() {
                wait = Some(Duration::ZERO);
            }
            if let Err(error) = self.poll.poll(&mut events, wait)
                && error.kind() != io::ErrorKind::Interrupted
            {
                tracing::error!(%error, "the hub cannot wait for its sockets");
                std::thread::sleep(Duration::from_millis(100));
            }
            let now = Instant::now();
            for event in &events {
                self.note(event);
            }
            self.take_mail(now);
            self.tell_held(now);
            for id in self.timers.tick(&mut self.engine, now) {
                self.forget(id);
            }
            self.serve(now);
            self.ask();
            if self.engine.take_pin_moved() {
                let pinned = self.engine.pinned(now).map(Seq);
                self.shared.pin.keep_after(pinned);
            }
        }
    }

    fn note(&mut self, event: &mio::event::Event) {
        let id = ConnectionId(event.token().0);
        if let Some(socket) = self.sockets.get_mut(&id) {
            socket.readable |= event.is_readable() || event.is_read_closed() || event.is_error();
            if event.is_writable() {
                socket.blocked = false;
            }
            self.engine.list(id);
        }
    }

    fn take_mail(&mut self, now: Instant) {
        // Before looking: what comes after the look wakes again.
        self.shared.woken.store(false, Ordering::SeqCst);
        while let Ok(mail) = self.inbox.try_recv() {
            match mail {
                Mail::Publish(published, more) => {
                    self.held.extend(published);
                    let until = self.held_until.unwrap_or(now + HOLD_MAX);
                    self.held_until = more.then_some(until);
                    self.tell_held(now);
                }
                Mail::Connect(arrival) => self.welcome(*arrival, now),
                Mail::Answer(Answer::Snapshot(Some((seq, frame)))) => {
                    self.engine.snapshot(seq, &frame, now);
                }
                Mail::Answer(Answer::Snapshot(None)) => self.engine.snapshot_failed(now),
                Mail::Answer(Answer::Missed(id, topic, missed)) => {
                    self.engine.missed(id, &topic, missed, now);
                }
                Mail::Answer(Answer::Figures(topic, payload)) => {
                    self.engine.figures(&topic, payload, now);
                }
                Mail::Stop => {
                    self.stopping = true;
                    self.engine.stop(now);
                }
            }
        }
    }

    /// Tells the commits that waited, as one: in one segment, and so in one write.
    fn tell_held(&mut self, now: Instant) {
        if self.held_until.is_none_or(|until| until <= now) {
            self.held_until = None;
            let held = std::mem::take(&mut self.held);
            if !held.is_empty() {
                self.engine.publish(held, now);
            }
        }
    }

    fn welcome(&mut self, arrival: Arrival, now: Instant) {
        if self.stopping {
            return;
        }
        // Before the engine looks at the number of the last commit; see `Hub::publish`.
        self.shared
            .listeners
            .store(self.sockets.len() + 1, Ordering::SeqCst);
        let mut stream = TcpStream::from_std(arrival.stream);
        let id = self.engine.connect(arrival.wants, now);
        let interest = Interest::READABLE | Interest::WRITABLE;
        let registry = self.poll.registry();
        if let Err(error) = registry.register(&mut stream, Token(id.0), interest) {
            tracing::warn!(%error, "a connection could not be taken over");
            self.engine.disconnect(id);
            return self.count();
        }
        self.engine.received(id, &arrival.sent, now);
        let socket = Socket {
            stream,
            readable: true,
            blocked: false,
            _alive: arrival.alive,
        };
        self.sockets.insert(id, socket);
    }

    /// Gives everybody who is listed a turn. What is committed meanwhile goes out with the same
    /// write to those who did not have theirs yet: with many clients, most of them.
    fn serve(&mut self, now: Instant) {
        for turns in 1.. {
            let Some(id) = self.engine.next_listed() else {
                return;
            };
            self.serve_one(id, now);
            if turns % TURNS_BETWEEN_MAIL == 0 {
                self.take_mail(now);
            }
            if turns >= TURNS_MAX {
                return;
            }
        }
    }

    fn serve_one(&mut self, id: ConnectionId, now: Instant) {
        let Some(socket) = self.sockets.get_mut(&id) else {
            return;
        };
        for _ in 0..READS_IN_A_TURN {
            if !socket.blocked {
                match self.engine.turn(id, &mut socket.stream, now) {
                    Ok(Turn::Done) => {}
                    Ok(Turn::Blocked) => socket.blocked = true,
                    Ok(Turn::Closed) => return self.part(id),
                    Err(_) => return self.forget(id),
                }
            }
            if !socket.readable || !self.engine.is_listening(id) {
                return;
            }
            match socket.read(&mut self.engine, id, now) {
                Ok(true) => {}
                Ok(false) => return,
                Err(_) => return self.forget(id),
            }
        }
        // Others come first.
        self.engine.list(id);
    }

    /// Both have said goodbye, or one of them need not: the last bytes still have to arrive, so
    /// what the client sends is read to its end.
    fn part(&mut self, id: ConnectionId) {
        let Some(socket) = self.sockets.get_mut(&id) else {
            return;
        };
        if socket.stream.shutdown(Shutdown::Write).is_err() || socket.drain() {
            self.forget(id);
        }
    }

    fn forget(&mut self, id: ConnectionId) {
        self.engine.disconnect(id);
        if let Some(mut socket) = self.sockets.remove(&id) {
            // Dropping the socket takes it out of the poll anyway.
            drop(self.poll.registry().deregister(&mut socket.stream));
        }
        self.count();
    }

    fn count(&self) {
        let listeners = self.sockets.len();
        self.shared.listeners.store(listeners, Ordering::SeqCst);
    }

    fn ask(&mut self) {
        while let Some(ask) = self.engine.next_ask() {
            if let Err(ask) = self.reads.ask(ask) {
                // Answers wake the hub, and then there is room.
                self.engine.ask_again(ask);
                return;
            }
        }
    }
}
