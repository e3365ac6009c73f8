//! Hooks through kill -9, of the server and of themselves: nothing is lost, nothing is told twice,
//! and each session keeps its order.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use crate::support::{Home, PATIENCE, Seeded, prompt, wait};

const AGENTS: usize = 3;

/// How often something is killed: a few times here, many where somebody asks for it.
fn rounds() -> u64 {
    let asked = std::env::var("AGENT_TRACER_KILL_ROUNDS");
    asked.map_or(6, |rounds| rounds.parse().expect("a number of rounds"))
}

/// Agents that call their hooks one after the other until they are told to stop.
struct Agents {
    calls: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    running: Vec<JoinHandle<usize>>,
}

impl Agents {
    fn start(home: &Arc<Home>) -> Self {
        let (calls, stop) = (Arc::<AtomicUsize>::default(), Arc::<AtomicBool>::default());
        let running = (0..AGENTS).map(|agent| {
            let (home, calls, stop) = (Arc::clone(home), Arc::clone(&calls), Arc::clone(&stop));
            thread::spawn(move || {
                let mut sent = 0;
                while !stop.load(Ordering::SeqCst) {
                    home.deliver(&format!("agent-{agent}"), &format!("call {sent}"));
                    sent += 1;
                    calls.fetch_add(1, Ordering::SeqCst);
                }
                sent
            })
        });
        let running = running.collect();
        Self {
            calls,
            stop,
            running,
        }
    }

    /// Waits until that many more calls were made.
    fn go_on(&self, calls: u64) {
        let until = self.calls.load(Ordering::SeqCst) + usize::try_from(calls).unwrap();
        let begun = Instant::now();
        while self.calls.load(Ordering::SeqCst) < until {
            assert!(begun.elapsed() < PATIENCE, "hooks go on");
            thread::yield_now();
        }
    }

    /// How many calls each of them made.
    fn stop(self) -> Vec<usize> {
        self.stop.store(true, Ordering::SeqCst);
        let ended = self.running.into_iter().map(|agent| agent.join().unwrap());
        ended.collect()
    }
}

#[test]
fn a_server_that_is_killed_and_stopped_misses_nothing_and_tells_nothing_twice() {
    let home = Arc::new(Home::new());
    let agents = Agents::start(&home);
    let mut seeded = Seeded(4);
    for round in 0..rounds() {
        agents.go_on(seeded.below(8));
        let mut server = home.serve();
        agents.go_on(seeded.below(15));
        if round % 3 == 0 {
            server.signal("STOP");
            agents.go_on(seeded.below(6));
            server.signal("CONT");
            agents.go_on(seeded.below(6));
        }
        server.kill();
    }
    let server = home.serve();
    agents.go_on(5);
    let sent = agents.stop();
    home.taken();
    for (agent, sent) in sent.into_iter().enumerate() {
        let expected: Vec<_> = (0..sent).map(|number| format!("call {number}")).collect();
        let told = server.client().messages(&format!("agent-{agent}"));
        assert_eq!(told, expected, "agent {agent}");
    }
}

/// A hook that is killed may take its own call with it; one that ended may not.
#[test]
fn hooks_that_are_killed_harm_no_other_call() {
    let home = Home::new();
    let mut seeded = Seeded(7);
    let (mut ended, mut server) = (Vec::new(), None);
    for number in 0..rounds() * 6 {
        // The server is there for half of them.
        server = match number % 6 {
            0 => Some(home.serve()),
            3 => None,
            _ => server,
        };
        let message = format!("call {number}");
        let mut child = home.hook(&["claude-code"]).spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(&prompt("s", &message))
            .unwrap();
        let begun = Instant::now();
        let lives = u128::from(seeded.below(12_000));
        while begun.elapsed().as_micros() < lives && child.try_wait().unwrap().is_none() {
            thread::yield_now();
        }
        child.kill().unwrap();
        if wait(&mut child).success() {
            ended.push(message);
        }
    }
    drop(server);
    let server = home.serve();
    home.taken();
    let told = server.client().messages("s");
    let number = |message: &String| {
        message
            .strip_prefix("call ")
            .unwrap()
            .parse::<u32>()
            .unwrap()
    };
    assert!(
        told.iter().map(number).is_sorted_by(|a, b| a < b),
        "in order, once: {told:?}"
    );
    for message in &ended {
        assert!(told.contains(message), "{message} is lost: {told:?}");
    }
    assert!(!ended.is_empty() && ended.len() < usize::try_from(rounds() * 6).unwrap());
}
