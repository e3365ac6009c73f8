use std::path::Path;
use std::process::Command;

use anyhow::ensure;

use super::calls::spool;
use crate::bench::served::Served;

/// How the server is while hooks are called.
pub(super) struct Situation {
    pub name: &'static str,
    server: Server,
    /// Whether each call is the first one: nothing waits before it.
    pub is_first: bool,
    /// The part of the calls that is made.
    pub divisor: u32,
    /// What may be added at most in the middle, and to one of a hundred calls, in milliseconds.
    pub p50: (&'static str, f64),
    pub p99: (&'static str, f64),
}

#[derive(Clone, Copy, PartialEq)]
enum Server {
    Up,
    Down,
    /// Down for so long that the spool is nearly full.
    DownForLong,
    /// Stopped: it takes connections and never answers. The first hook waits for it; those after
    /// that see that something waits.
    Hung,
}

pub(super) const SITUATIONS: [Situation; 5] = [
    Situation {
        name: "up",
        server: Server::Up,
        is_first: false,
        divisor: 1,
        p50: ("ms added, server up, p50", 5.0),
        p99: ("ms added, server up, p99", 15.0),
    },
    Situation {
        name: "down",
        server: Server::Down,
        is_first: false,
        divisor: 1,
        p50: ("ms added, server down, p50", 5.0),
        p99: ("ms added, server down, p99", 15.0),
    },
    Situation {
        name: "down, 7,000 wait",
        server: Server::DownForLong,
        is_first: false,
        divisor: 2,
        p50: ("ms added, server down for long, p50", 5.0),
        p99: ("ms added, server down for long, p99", 15.0),
    },
    Situation {
        name: "hung, first call",
        server: Server::Hung,
        is_first: true,
        divisor: 4,
        p50: ("ms added, server hung, first call, p50", 50.0),
        p99: ("ms added, server hung, first call, p99", 50.0),
    },
    Situation {
        name: "hung, some wait",
        server: Server::Hung,
        is_first: false,
        divisor: 2,
        p50: ("ms added, server hung, p50", 5.0),
        p99: ("ms added, server hung, p99", 15.0),
    },
];

impl Situation {
    /// Makes a home in which it is like that, for as long as what this gives is held.
    pub(super) fn prepare(&self, release: &Path, home: &Path) -> anyhow::Result<Option<Served>> {
        let database = home.join("agent-tracer").join("agent-tracer.sqlite");
        if self.server == Server::DownForLong {
            pile(&spool(home))?;
        }
        if matches!(self.server, Server::Down | Server::DownForLong) {
            return Ok(None);
        }
        let served = Served::product_at(release, home, &database)?;
        if self.server == Server::Hung {
            let stop = Command::new("kill")
                .args(["-s", "STOP", &served.pid().to_string()])
                .status()?;
            ensure!(stop.success(), "the server could not be stopped");
        }
        Ok(Some(served))
    }
}

/// Fills a spool with calls that nobody will take.
fn pile(spool: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(spool)?;
    for number in 0..7_000 {
        std::fs::write(spool.join(format!("{number:016}-bench000.600")), [0; 600])?;
    }
    Ok(())
}
