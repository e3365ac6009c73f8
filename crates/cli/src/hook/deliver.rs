use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use agent_tracer_core::redact::Redactor;
use agent_tracer_server::{
    DELIVERY_HEADER, Envelope, PROCESS_HEADER, Reason, SENT_AT_HEADER, Spool, default_database,
    redacted, settings_of,
};

use super::PAYLOAD_BYTES_MAX;
use super::asked::{Asked, is_name};
use super::server::{Server, find};
use crate::client::Local;
use crate::settings::redaction;

/// How long the server may take, from connecting to its answer: of the 50 ms that a hook may take,
/// what it needs for itself, and what the system rounds up, is left.
const ANSWER_MAX: Duration = Duration::from_millis(36);

/// Brings a hook call to the server, or leaves it in the spool. What cannot even be left there is
/// lost to the server, never to the agent.
pub(super) fn deliver(asked: &Asked, envelope: &Envelope, payload: &[u8]) {
    if payload.is_empty() || !is_name(&envelope.agent) {
        return;
    }
    let variable = |name: &str| std::env::var(name).ok();
    let database: Option<PathBuf> = asked
        .database
        .clone()
        .or_else(|| default_database(variable));
    let spool = database.as_deref().map(Spool::of);
    if payload.len() as u64 > PAYLOAD_BYTES_MAX {
        spool.map(|spool| spool.lose(envelope, None, Reason::TooLarge));
        return;
    }
    let deadline = Instant::now() + ANSWER_MAX;
    let server = find(asked.port, database.as_deref(), deadline, variable);
    let may_send = spool
        .as_ref()
        .is_none_or(|spool| nothing_waits(spool, &server));
    if may_send && send(&server.local, envelope, payload) {
        return;
    }
    let settings = asked.settings.clone();
    let settings = settings.or_else(|| settings_of(database.as_deref()?));
    spool.map(|spool| keep(&spool, settings.as_deref(), envelope, payload));
}

/// Leaves a call in the spool, without its secrets.
fn keep(
    spool: &Spool,
    settings: Option<&Path>,
    envelope: &Envelope,
    payload: &[u8],
) -> io::Result<()> {
    let Ok(policy) = redaction(settings) else {
        return spool.lose(envelope, Some(payload), Reason::Settings);
    };
    match redacted(payload, &Redactor::new(policy)) {
        Some(payload) => spool.keep(envelope, &payload),
        // No server would take it.
        None => Ok(()),
    }
}

/// Whether the call may be sent: nothing may overtake what waits. A server that does not take it
/// by itself is given what it takes in time.
fn nothing_waits(spool: &Spool, server: &Server) -> bool {
    if spool.is_empty() {
        return true;
    }
    !server.drains && server.local.is_there() && drain(spool, &server.local).unwrap_or(false)
}

/// Sends what waits, oldest first; says whether all of it was taken.
fn drain(spool: &Spool, server: &Local) -> io::Result<bool> {
    for waiting in spool.waiting()? {
        match spool.read(&waiting) {
            Ok((envelope, payload)) if send(server, &envelope, &payload) => {
                spool.remove(&waiting)?;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

/// Sends a call; says whether it needs to be sent no more. One that was not answered in time may
/// have been taken all the same: its name makes it count once.
fn send(server: &Local, envelope: &Envelope, payload: &[u8]) -> bool {
    let delivery = envelope.delivery.as_deref().unwrap_or_default();
    let sent_at = envelope
        .sent_at
        .map(|at| at.to_string())
        .unwrap_or_default();
    let mut headers = vec![(DELIVERY_HEADER, delivery), (SENT_AT_HEADER, &sent_at)];
    let process = envelope.process.as_deref();
    headers.extend(process.map(|process| (PROCESS_HEADER, process)));
    let answer = server.post(&path(envelope), &headers, payload);
    // Another program that took the port would not know the name.
    answer.is_ok_and(|answer| {
        answer.header(DELIVERY_HEADER) == Some(delivery) && is_final(answer.status)
    })
}

fn path(envelope: &Envelope) -> String {
    match &envelope.event {
        Some(event) => format!("/hooks/{}?event={event}", envelope.agent),
        None => format!("/hooks/{}", envelope.agent),
    }
}

/// Whether a call with that answer was taken, or never will be.
fn is_final(status: u16) -> bool {
    status == 200 || (status / 100 == 4 && !matches!(status, 401 | 403 | 408 | 429))
}

#[cfg(test)]
mod tests {
    use super::is_final;

    #[test]
    fn only_what_was_taken_or_refused_for_good_is_over() {
        assert!([200, 400, 404, 413].into_iter().all(is_final));
        assert!(
            ![401, 403, 408, 429, 500, 503, 507, 204, 301]
                .into_iter()
                .any(is_final)
        );
    }
}
