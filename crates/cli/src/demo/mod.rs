//! `agent-tracer demo`: recorded sessions of a real agent, played at a watchable pace.

mod recording;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use agent_tracer_server::{Config, Server};
use anyhow::{Context as _, bail};
use recording::{Recording, SESSIONS};

use crate::arguments::Demo;
use crate::client::{Local, loopback, token};
use crate::say::say;
use crate::serve::{asked_to_stop, introduce, log_to_stderr, runtime};

/// How long the server may take for one event.
const ANSWER_MAX: Duration = Duration::from_secs(5);
/// How much later each session starts than the one before.
const STAGGER: Duration = Duration::from_millis(2500);

/// Plays into the server on the port; if none runs there, into one of its own.
pub(crate) fn run(demo: &Demo) -> anyhow::Result<()> {
    let recordings = recordings(demo.session.as_deref())?;
    if !(demo.speed.is_finite() && demo.speed > 0.0) {
        bail!("--speed must be a number above 0");
    }
    let there = local(demo.port);
    match there.get("/health") {
        Ok(answer) if answer.is_ours() => {
            say(&format!("Playing into http://127.0.0.1:{}", demo.port));
            play_all(recordings, demo.port, demo.speed, &Arc::default())
        }
        Ok(answer) if answer.status == 401 => bail!(
            "the server on port {} asks for a token: name its file in AGENT_TRACER_TOKEN_FILE",
            demo.port
        ),
        Ok(_) => bail!(
            "port {} is used by another program: choose with --port",
            demo.port
        ),
        Err(_) => with_own_server(recordings, demo),
    }
}

fn local(port: u16) -> Local {
    Local {
        address: loopback(port),
        token: token(|name| std::env::var(name).ok()),
        deadline: Instant::now() + ANSWER_MAX,
    }
}

fn recordings(session: Option<&str>) -> anyhow::Result<Vec<Recording>> {
    let chosen =
        |name: &str| session.map_or(recording::BY_DEFAULT.contains(&name), |one| one == name);
    let chosen: Vec<_> = SESSIONS.iter().filter(|(name, _)| chosen(name)).collect();
    if chosen.is_empty() {
        let names: Vec<_> = SESSIONS.iter().map(|(name, _)| *name).collect();
        bail!(
            "there is no recorded session of that name; there are {}",
            names.join(", ")
        );
    }
    chosen
        .into_iter()
        .map(|(_, lines)| Recording::read(lines))
        .collect()
}

/// Serves from a database that is gone when the demo ends.
fn with_own_server(recordings: Vec<Recording>, demo: &Demo) -> anyhow::Result<()> {
    log_to_stderr();
    let folder = tempfile::tempdir().context("there is no place for a temporary database")?;
    let mut config = Config::local(folder.path().join("demo.sqlite"));
    config.port = demo.port;
    let speed = demo.speed;
    runtime()?.block_on(async {
        let server = Server::bind(config).await?;
        let stopped = asked_to_stop()?;
        introduce(&server);
        say("This is a demo: nothing is kept. Stop it with Ctrl-C.\n");
        let (port, stop) = (server.address().port(), Arc::new(AtomicBool::new(false)));
        let playing = std::thread::spawn({
            let stop = Arc::clone(&stop);
            move || play_all(recordings, port, speed, &stop)
        });
        let result = server
            .run(async move {
                stopped.await;
                stop.store(true, Ordering::Relaxed);
            })
            .await;
        drop(playing.join());
        result.context("the server failed")
    })
}

/// Plays recordings side by side.
fn play_all(
    recordings: Vec<Recording>,
    port: u16,
    speed: f64,
    stop: &Arc<AtomicBool>,
) -> anyhow::Result<()> {
    let (results, played) = mpsc::channel();
    for (number, recording) in (0_u32..).zip(recordings) {
        let (results, stop) = (results.clone(), Arc::clone(stop));
        std::thread::spawn(move || {
            pause((STAGGER * number).div_f64(speed), &stop);
            results.send(play(recording, port, speed, &stop)).ok();
        });
    }
    drop(results);
    played.iter().collect::<anyhow::Result<Vec<()>>>()?;
    if !stop.load(Ordering::Relaxed) {
        say("Played to the end.");
    }
    Ok(())
}

fn play(recording: Recording, port: u16, speed: f64, stop: &AtomicBool) -> anyhow::Result<()> {
    for (wait, payload) in recording.calls {
        pause(wait.div_f64(speed), stop);
        if stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        let server = local(port);
        let answer = server
            .post("/hooks/claude-code", &[], payload.as_bytes())
            .context("the server does not answer")?;
        if answer.status != 200 {
            bail!(
                "the server refused an event: {}",
                String::from_utf8_lossy(&answer.body)
            );
        }
    }
    Ok(())
}

/// Waits, in steps short enough to notice that the demo is over.
fn pause(length: Duration, stop: &AtomicBool) {
    let until = Instant::now() + length;
    while !stop.load(Ordering::Relaxed) {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        std::thread::sleep(left.min(Duration::from_millis(100)));
    }
}
