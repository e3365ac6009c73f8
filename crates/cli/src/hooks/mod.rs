//! `agent-tracer hooks`: puts the product's hooks into the settings of agents, and takes them out.

mod agent;
mod change;
mod events;
mod form;
mod places;
mod plan;
mod program;
mod settings;
mod show;
mod status;
mod version;
mod write;

use std::io::IsTerminal as _;

use anyhow::{Context as _, bail};

use self::change::Change;
use self::plan::Plan;
use crate::arguments::{Hooks, HooksChange};
use crate::say::{complain, say};

pub(crate) use self::agent::Agent;
pub(crate) use self::change::read;
pub(crate) use self::form::Form;
pub(crate) use self::places::{Places, Scope};
pub(crate) use self::program::Program;
pub(crate) use self::status::{State, state};

pub(crate) fn run(hooks: &Hooks) -> anyhow::Result<()> {
    let places = Places::of_this_process()?;
    match hooks {
        Hooks::Install(arguments) => install(arguments, &places),
        Hooks::Status => status::show(&places),
        Hooks::Uninstall(arguments) => uninstall(arguments, &places),
    }
}

fn install(arguments: &HooksChange, places: &Places) -> anyhow::Result<()> {
    let program = Program::of_this_process(places)?;
    let agents = chosen(arguments, places);
    if agents.is_empty() {
        bail!(
            "no agent was found on this machine; name one, for example: agent-tracer hooks install claude-code"
        );
    }
    if program.is_a_build() {
        let path = program.path.display();
        say(&format!(
            "Note: the hooks will run {path}, which is gone with the next clean-up of its build; \
             `cargo install --path crates/cli` gives it a place that lasts.\n"
        ));
    }
    let scope = scope(arguments);
    let plans = agents
        .into_iter()
        .map(|agent| Plan::install(agent, places, scope, &program));
    carry_out(plans.collect(), arguments)
}

fn uninstall(arguments: &HooksChange, places: &Places) -> anyhow::Result<()> {
    let scope = scope(arguments);
    let mut agents = arguments.agents.clone();
    if agents.is_empty() {
        let there = |agent: &Agent| places.file(*agent, scope).exists();
        agents = Agent::ALL.into_iter().filter(there).collect();
    }
    if agents.is_empty() {
        say("There are no hooks to take out.");
    }
    let plans = agents
        .into_iter()
        .map(|agent| Plan::uninstall(agent, places, scope));
    carry_out(plans.collect(), arguments)
}

fn scope(arguments: &HooksChange) -> Scope {
    if arguments.project {
        Scope::Project
    } else {
        Scope::User
    }
}

fn chosen(arguments: &HooksChange, places: &Places) -> Vec<Agent> {
    if arguments.agents.is_empty() {
        let found = |agent: &Agent| places.has(*agent);
        return Agent::ALL.into_iter().filter(found).collect();
    }
    arguments.agents.clone()
}

/// Shows every change, asks once, and makes them. An agent that cannot be helped does not keep the
/// others from it.
fn carry_out(plans: Vec<anyhow::Result<Plan>>, arguments: &HooksChange) -> anyhow::Result<()> {
    let all = plans.len();
    let plans: Vec<Plan> = plans.into_iter().filter_map(told).collect();
    let mut helped = plans.len();
    let is_wanted = |plan: &&Plan| plan.change.is_some();
    for plan in &plans {
        say(&match &plan.change {
            Some(change) => show::diff(change),
            None => format!("{}: nothing to do in {}.", plan.agent, plan.path.display()),
        });
    }
    let wanted: Vec<&Plan> = plans.iter().filter(is_wanted).collect();
    if !wanted.is_empty() && !arguments.dry_run && agreed(arguments)? {
        for plan in wanted {
            match told(plan.apply()) {
                Some(told) => say(&told),
                None => helped -= 1,
            }
        }
    }
    if helped < all {
        bail!("{} of {all} could not be done", all - helped);
    }
    Ok(())
}

/// What went well; what did not is told.
fn told<T>(result: anyhow::Result<T>) -> Option<T> {
    result.inspect_err(complain).ok()
}

fn agreed(arguments: &HooksChange) -> anyhow::Result<bool> {
    if arguments.yes {
        return Ok(true);
    }
    let (input, output) = (std::io::stdin(), std::io::stdout());
    if !input.is_terminal() || !output.is_terminal() {
        bail!("nothing was written: there is no terminal to ask on, so say --yes to agree");
    }
    let agreed = show::ask(&mut input.lock(), &mut output.lock()).context("no answer")?;
    if !agreed {
        say("Nothing was written.");
    }
    Ok(agreed)
}
