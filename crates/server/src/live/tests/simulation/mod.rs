//! The live protocol under everything that can happen to it.
//!
//! One seed is one run, and the same run each time: a server over a store, clients of both kinds,
//! sockets that take little or nothing, frames that are lost or come again, a process that dies,
//! older copies of the file. Whatever happens, what a client holds is what there was at its cursor,
//! and in the end what is stored.
//!
//! `AGENT_TRACER_SEEDS=n` runs n seeds, `AGENT_TRACER_SEED=n` runs that one.

mod bounds;
mod chance;
mod commands;
mod following;
mod log;
mod model;
mod plain;
mod process;
mod proxy;
mod settings;
mod settle;
mod steps;
mod store;
mod wire;
mod witness;
mod world;

use world::{Tally, World};

/// How many seeds are run when nobody says.
const SEEDS: u64 = 200;

fn run(seed: u64) -> Tally {
    let mut world = World::new(seed);
    world.connect_witnesses();
    for _ in 0..world.settings.steps {
        world.step();
    }
    world.settle();
    world.tally
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn whatever_happens_clients_hold_what_was_stored() {
    if let Some(seed) = number("AGENT_TRACER_SEED") {
        run(seed);
        return;
    }
    let seeds = number("AGENT_TRACER_SEEDS").unwrap_or(SEEDS);
    let tallies: Vec<Tally> = (0..seeds).map(run).collect();
    let seen = |what: fn(&Tally) -> usize| tallies.iter().map(what).sum::<usize>();
    println!("{:?}", tallies.last());
    assert!(seen(|it| it.kills_before_publish) > 0);
}
