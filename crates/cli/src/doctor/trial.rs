//! A made-up session goes the whole way.

use std::io::{self, Read as _, Write as _};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};

use super::payload::{Call, session};
use super::server::Server;
use crate::client::Answer;
use crate::hooks::Agent;

/// How long a hook may take: as long as most agents let it.
const HOOK_MAX: Duration = Duration::from_secs(5);
/// How long its event may take after that. What the server does not take at once, it takes soon.
const ARRIVAL_MAX: Duration = Duration::from_secs(2);
const STEP: Duration = Duration::from_millis(5);

/// Runs the agent's own commands with a session of a folder that nobody has, and looks for it at the
/// server; fails with what is wrong.
pub(super) fn run(
    agent: Agent,
    server: &Server,
    command: impl Fn(&str) -> Option<String>,
) -> anyhow::Result<()> {
    let folder = tempfile::Builder::new()
        .prefix("agent-tracer-doctor-")
        .tempdir();
    let folder = folder.context("There is no place for temporary files")?;
    let path = folder
        .path()
        .to_str()
        .context("The temporary folder is not UTF-8")?;
    let id = path.rsplit('/').next().unwrap_or(path);
    let calls = session(agent, id, path);
    let ran = calls.iter().try_for_each(|call| {
        let missing = || format!("There is no hook for {}", call.event);
        run_hook(&command(call.event).with_context(missing)?, call)
    });
    let arrived = ran.and_then(|()| wait_for(server, id));
    let result = arrived.map_err(|problem| explain(problem, agent, server, &calls[0]));
    clean_up(server, id).and(result)
}

/// Runs a command as an agent does, and holds it to what an agent may expect.
fn run_hook(command: &str, call: &Call) -> anyhow::Result<()> {
    let (status, said) = spawn(command, &call.payload.to_string())
        .with_context(|| format!("The hook `{command}` cannot be run"))?;
    let status = status.with_context(|| format!("The hook `{command}` did not end"))?;
    ensure!(
        status.success(),
        "The hook `{command}` failed with {status}"
    );
    ensure!(
        said.is_empty(),
        "The hook `{command}` printed {said:?}, which disturbs the agent"
    );
    Ok(())
}

/// Runs a command with an input; gives how it ended, if it did in time, and what it printed.
fn spawn(command: &str, input: &str) -> io::Result<(Option<ExitStatus>, String)> {
    let mut child = Command::new("sh")
        .args(["-c", command])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // A command that reads nothing has its reasons; it is judged by what it does.
        stdin.write_all(input.as_bytes()).ok();
    }
    let until = Instant::now() + HOOK_MAX;
    let mut status = child.try_wait()?;
    while status.is_none() && Instant::now() < until {
        std::thread::sleep(STEP);
        status = child.try_wait()?;
    }
    if status.is_none() {
        child.kill()?;
        child.wait()?;
        return Ok((None, String::new()));
    }
    let mut said = String::new();
    if let Some(mut stdout) = child.stdout.take() {
        stdout.read_to_string(&mut said)?;
    }
    Ok((status, said))
}

fn wait_for(server: &Server, marker: &str) -> anyhow::Result<()> {
    let until = Instant::now() + ARRIVAL_MAX;
    while server.tasks_about(marker).is_empty() {
        if Instant::now() > until {
            bail!(
                "The hooks run, but a test event did not arrive at {}",
                server.url()
            );
        }
        std::thread::sleep(STEP);
    }
    Ok(())
}

/// Adds what the server itself says to such an event.
fn explain(problem: anyhow::Error, agent: Agent, server: &Server, call: &Call) -> anyhow::Error {
    let path = format!("/hooks/{}?event={}", agent.name(), call.event);
    match server.post(&path, &call.payload.to_string()) {
        Ok(answer) if answer.status == 404 => anyhow::anyhow!(
            "The server at {} does not know {agent}: stop it and start the one of this version",
            server.url()
        ),
        Ok(answer) if answer.status == 200 => problem,
        Ok(Answer { status, body, .. }) => {
            let body = String::from_utf8_lossy(&body).into_owned();
            problem.context(format!(
                "The server refuses such an event ({status}: {body})"
            ))
        }
        Err(error) => problem.context(format!("The server does not answer ({error})")),
    }
}

/// Removes what came of the session, however far it came.
fn clean_up(server: &Server, marker: &str) -> anyhow::Result<()> {
    let tasks = server.tasks_about(marker);
    let kept = tasks.iter().filter(|task| !server.delete(task)).count();
    ensure!(
        kept == 0,
        "The task of the test could not be deleted: delete {marker} by hand"
    );
    Ok(())
}
