//! `agent-tracer hooks status`: what is installed where.

use std::path::PathBuf;

use super::agent::Agent;
use super::change::read;
use super::form::Form;
use super::places::{Places, Scope};
use super::program::{Program, can_run, program_of};
use super::version;
use crate::say::say;

/// How the hooks of an agent stand.
#[derive(Debug, PartialEq)]
pub(crate) enum State {
    Missing,
    /// Exactly what would be installed now.
    Installed,
    /// There, but not as they would be installed now.
    Differs,
    /// They run another copy of the program, which may be gone.
    Elsewhere {
        program: PathBuf,
        runs: bool,
    },
    Unreadable(String),
}

/// How the hooks of an agent stand in a file.
pub(crate) fn state(agent: Agent, places: &Places, scope: Scope, program: &Program) -> State {
    let path = places.file(agent, scope);
    let text = match read(&path) {
        Ok(text) => text.unwrap_or_default(),
        Err(error) => return State::Unreadable(format!("{error:#}")),
    };
    let form = Form::of(agent);
    let registered = match form.registered(&text) {
        _ if text.is_empty() => return State::Missing,
        Ok(registered) => registered,
        Err(refusal) => return State::Unreadable(format!("{}: {refusal}", path.display())),
    };
    let mut programs = registered
        .iter()
        .filter_map(|one| program_of(&one.command, agent));
    let Some(first) = programs.next() else {
        return State::Missing;
    };
    let others = std::iter::once(first).chain(programs);
    let mut others = others.filter(|other| *other != program.path);
    if let Some(other) = others.next() {
        let runs = can_run(&other, places);
        return State::Elsewhere {
            program: other,
            runs,
        };
    }
    let version = super::plan::version_of(agent, places);
    match form.install(Some(&text), program, version) {
        Ok(installed) if installed == text => State::Installed,
        _ => State::Differs,
    }
}

pub(crate) fn show(places: &Places) -> anyhow::Result<()> {
    let program = Program::of_this_process(places)?;
    for agent in Agent::ALL {
        say(&format!("{agent}: {}", found(agent, places)));
        for scope in [Scope::User, Scope::Project] {
            let state = state(agent, places, scope, &program);
            let shown = match scope {
                Scope::User => places.has(agent) || state != State::Missing,
                Scope::Project => state != State::Missing,
            };
            if shown {
                let path = places.file(agent, scope);
                say(&format!(
                    "  {}: {}",
                    path.display(),
                    told(&state, agent, scope)
                ));
            }
        }
    }
    Ok(())
}

/// Where the program of an agent is, and its version where the files beside it say it.
fn found(agent: Agent, places: &Places) -> String {
    match places.program_of(agent) {
        Some(program) => {
            let version = version::installed(&program);
            let version = version
                .map(|version| format!("{version} "))
                .unwrap_or_default();
            format!("{version}at {}", program.display())
        }
        None if places.has(agent) => format!("`{}` is not on the path", agent.program()),
        None => "not found".to_owned(),
    }
}

fn told(state: &State, agent: Agent, scope: Scope) -> String {
    let project = match scope {
        Scope::User => "",
        Scope::Project => " --project",
    };
    let install = format!("agent-tracer hooks install {}{project}", agent.name());
    match state {
        State::Missing => format!("no hooks; `{install}` puts them in"),
        State::Installed => "hooks installed".to_owned(),
        State::Differs => format!("hooks differ from the present ones; `{install}` renews them"),
        State::Elsewhere {
            program,
            runs: true,
        } => {
            format!(
                "hooks run another program, {}; `{install}` makes them run this one",
                program.display()
            )
        }
        State::Elsewhere { program, .. } => {
            format!(
                "hooks run {}, which is gone; `{install}` mends them",
                program.display()
            )
        }
        State::Unreadable(problem) => format!("cannot be read: {problem}"),
    }
}
