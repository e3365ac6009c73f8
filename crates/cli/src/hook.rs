//! `agent-tracer hook AGENT`: one hook call, from stdin to the server.
//!
//! On the critical path of every tool call of the agent, which parses what a hook prints and takes
//! an exit code for an order. So: print nothing, exit 0, and be gone within a second, whatever
//! happens. What the server cannot take now is lost to it, never to the agent.

use std::io::Read as _;
use std::time::{Duration, Instant};

use crate::client::{Local, token};

/// After this long the hook gives up, wherever it is.
const PATIENCE: Duration = Duration::from_millis(900);
/// The largest payload worth sending: what the server accepts.
const PAYLOAD_BYTES_MAX: u64 = 16 << 20;
const PORT: u16 = 3847;

/// The agent, if this program was started as its hook.
pub(crate) fn asked_for(mut arguments: impl Iterator<Item = String>) -> Option<String> {
    arguments.next()?;
    if arguments.next()? != "hook" {
        return None;
    }
    let agent = arguments.next().unwrap_or_default();
    (!matches!(agent.as_str(), "--help" | "-h")).then_some(agent)
}

/// Sends what is on stdin. Never fails, as far as anyone can see.
pub(crate) fn run(agent: &str) {
    let deadline = Instant::now() + PATIENCE;
    std::panic::set_hook(Box::new(|_| {}));
    let agent = agent.to_owned();
    let sending = std::thread::Builder::new().spawn(move || send(&agent, deadline));
    // Reading stdin cannot be given a time, so the work is done beside this thread, which leaves
    // (and with it the process) when the time is up.
    while sending.as_ref().is_ok_and(|sending| !sending.is_finished()) {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        std::thread::park_timeout(left.min(Duration::from_millis(2)));
    }
}

fn send(agent: &str, deadline: Instant) -> Option<()> {
    let mut payload = Vec::new();
    std::io::stdin()
        .lock()
        .take(PAYLOAD_BYTES_MAX + 1)
        .read_to_end(&mut payload)
        .ok()?;
    if payload.is_empty() || payload.len() as u64 > PAYLOAD_BYTES_MAX || !is_name(agent) {
        return None;
    }
    let variable = |name: &str| std::env::var(name).ok();
    let (port, token) = (port(variable), token(variable));
    Local {
        port,
        token,
        deadline,
    }
    .post(&format!("/hooks/{agent}"), &payload)
    .ok()?;
    Some(())
}

fn is_name(agent: &str) -> bool {
    !agent.is_empty()
        && agent
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// The server's port: `MONITOR_BASE_URL` (if it is on this machine), `MONITOR_PORT`, or the
/// contract's.
pub(crate) fn port(variable: impl Fn(&str) -> Option<String>) -> u16 {
    let of_url = variable("MONITOR_BASE_URL").and_then(|url| local_port(&url));
    let of_port = || variable("MONITOR_PORT")?.trim().parse().ok();
    of_url.or_else(of_port).unwrap_or(PORT)
}

fn local_port(url: &str) -> Option<u16> {
    let authority = url.strip_prefix("http://")?.split('/').next()?;
    let (host, port) = authority.rsplit_once(':')?;
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
        .then(|| port.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::{asked_for, port};

    fn asked(arguments: &[&str]) -> Option<String> {
        asked_for(arguments.iter().map(|&argument| argument.to_owned()))
    }

    #[test]
    fn whatever_follows_hook_is_a_hook() {
        assert_eq!(
            asked(&["agent-tracer", "hook", "claude-code"]).as_deref(),
            Some("claude-code")
        );
        assert_eq!(
            asked(&["agent-tracer", "hook"]).as_deref(),
            Some(""),
            "must not print usage"
        );
        assert_eq!(
            asked(&["agent-tracer", "hook", "x", "--what"]).as_deref(),
            Some("x")
        );
        assert_eq!(asked(&["agent-tracer", "hook", "--help"]), None);
        assert_eq!(asked(&["agent-tracer", "serve"]), None);
        assert_eq!(asked(&["agent-tracer"]), None);
    }

    #[test]
    fn the_server_is_found_by_the_variables_of_the_contract() {
        let with = |url: Option<&'static str>, number: Option<&'static str>| {
            port(|name| match name {
                "MONITOR_BASE_URL" => url.map(str::to_owned),
                _ => number.map(str::to_owned),
            })
        };
        assert_eq!(with(None, None), 3847);
        assert_eq!(with(None, Some("4000")), 4000);
        assert_eq!(with(None, Some("nonsense")), 3847);
        assert_eq!(with(Some("http://localhost:5000/"), Some("4000")), 5000);
        assert_eq!(
            with(Some("http://elsewhere:5000"), Some("4000")),
            4000,
            "nothing leaves"
        );
    }
}
