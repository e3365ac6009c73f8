//! `agent-tracer hook AGENT [EVENT]`: one hook call, from stdin to the server.
//!
//! On the critical path of every tool call of the agent, which parses what a hook prints and takes
//! an exit code for an order. So: print nothing, exit 0, and be gone soon, whatever happens. What
//! the server does not take in time waits for it in the spool.

mod asked;
mod deliver;
mod server;

pub(crate) use asked::{Asked, asked_for};
pub(crate) use server::find;

use std::io::Read as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use agent_tracer_server::Envelope;

/// How long the agent may take to hand over a payload.
const READING_MAX: Duration = Duration::from_millis(900);
/// How long all the rest may take: longer than it ever does, unless a disk hangs.
const DELIVERING_MAX: Duration = Duration::from_secs(2);
/// The largest payload worth sending: what the server accepts.
const PAYLOAD_BYTES_MAX: u64 = 16 << 20;

/// Whether the payload is read.
static READ: AtomicBool = AtomicBool::new(false);

/// Delivers what is on stdin. Never fails, as far as anyone can see.
pub(crate) fn run(asked: &Asked) {
    std::panic::set_hook(Box::new(|_| {}));
    // A defect of ours is not the agent's.
    std::panic::catch_unwind(|| take(asked)).ok();
}

fn take(asked: &Asked) {
    let envelope = Envelope::now(&asked.agent, asked.event.as_deref());
    // Without a thread for it the hook goes on unwatched.
    std::thread::Builder::new().spawn(leave_in_time).ok();
    let payload = read();
    READ.store(true, Ordering::Relaxed);
    deliver::deliver(asked, &envelope, &payload);
}

/// Ends the process when the time is up: neither reading stdin nor writing to a disk can be given
/// one.
fn leave_in_time() {
    std::thread::sleep(READING_MAX);
    if READ.load(Ordering::Relaxed) {
        std::thread::sleep(DELIVERING_MAX);
    }
    std::process::exit(0);
}

/// What is on stdin; one byte more than may be sent, if there is more.
fn read() -> Vec<u8> {
    let mut payload = Vec::new();
    let mut stdin = std::io::stdin().lock().take(PAYLOAD_BYTES_MAX + 1);
    // Half of a payload is none.
    match stdin.read_to_end(&mut payload) {
        Ok(_) => payload,
        Err(_) => Vec::new(),
    }
}
