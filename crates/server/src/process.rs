//! The process that an agent runs in: how a hook names it, and how the server sees that it is gone.
//!
//! Only where the system shows its processes in `/proc` (Linux). Elsewhere no process is named, and
//! an agent that was killed is noticed by its silence.

use std::fs;

/// Programs that only pass on what an agent runs: they stand between an agent and its hooks.
const BETWEEN: &[&str] = &[
    "sh", "bash", "dash", "zsh", "fish", "ksh", "ash", "busybox", "env", "timeout", "nice",
    "setsid",
];
/// How many parents are looked at.
const PARENTS_MAX: usize = 16;

/// Names the agent whose hook this process is: the nearest parent that is more than a shell.
pub(crate) fn agent_process() -> Option<String> {
    let mut pid = std::os::unix::process::parent_id();
    for _ in 0..PARENTS_MAX {
        let stat = Stat::read(pid)?;
        if pid > 1 && !BETWEEN.contains(&stat.program.as_str()) {
            return process_name(pid);
        }
        pid = stat.parent;
    }
    None
}

/// The name of a process: its id, when it started, the namespace that the id is of, and the boot.
/// An id is used again, and means nothing in another container.
pub fn process_name(pid: u32) -> Option<String> {
    let started = Stat::read(pid)?.started;
    Some(format!("{pid}:{started}:{}:{}", namespace()?, boot()?))
}

/// Whether a process of that name surely runs no more. What cannot be judged from here is not gone.
pub(crate) fn is_gone(name: &str) -> bool {
    let parts: Vec<&str> = name.split(':').collect();
    let &[pid, started, of_namespace, of_boot] = parts.as_slice() else {
        return false;
    };
    let (Some(here), Some(boot), Ok(pid)) = (namespace(), boot(), pid.parse::<u32>()) else {
        return false;
    };
    if boot != of_boot {
        return true;
    }
    here == of_namespace && Stat::read(pid).is_none_or(|stat| stat.started != started)
}

/// What `/proc` says of a process.
struct Stat {
    program: String,
    parent: u32,
    started: String,
}

impl Stat {
    fn read(pid: u32) -> Option<Self> {
        let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The program's name stands in brackets and may hold anything, brackets too.
        let (head, rest) = text.rsplit_once(") ")?;
        let program = head.split_once('(')?.1.to_owned();
        let fields: Vec<&str> = rest.split(' ').collect();
        // A process that ended and that nobody took notice of yet is gone too.
        if matches!(*fields.first()?, "Z" | "X") {
            return None;
        }
        Some(Self {
            program,
            parent: fields.get(1)?.parse().ok()?,
            started: (*fields.get(19)?).to_owned(),
        })
    }
}

/// The namespace of process ids that this process is in.
fn namespace() -> Option<String> {
    let link = fs::read_link("/proc/self/ns/pid").ok()?;
    let link = link.to_str()?;
    Some(link.strip_prefix("pid:[")?.strip_suffix(']')?.to_owned())
}

/// The boot of the machine.
fn boot() -> Option<String> {
    let id = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(id.trim().get(..8)?.to_owned())
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::{agent_process, is_gone, process_name};

    #[test]
    fn a_process_is_gone_when_it_ended_and_not_before() {
        let mut child = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
        let name = process_name(child.id()).unwrap();
        let [pid, started, space, boot] = name.split(':').collect::<Vec<_>>()[..] else {
            panic!("{name}")
        };
        assert!(!is_gone(&name));
        let other_start = format!("{pid}:1{started}:{space}:{boot}");
        assert!(is_gone(&other_start), "the id belongs to another one now");
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(is_gone(&name));
        let elsewhere = format!("{pid}:{started}:1{space}:{boot}");
        assert!(!is_gone(&elsewhere), "ids of another container say nothing");
        assert!(is_gone(&format!("{pid}:{started}:{space}:another boot")));
        assert!(!is_gone("nonsense") && !is_gone("") && !is_gone("x:1:2:3"));
    }

    #[test]
    fn the_agent_is_a_living_parent() {
        let name = agent_process().unwrap();
        assert!(!is_gone(&name), "{name}");
        let pid = name.split(':').next().unwrap();
        assert_ne!(pid, std::process::id().to_string());
    }
}
