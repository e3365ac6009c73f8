//! `agent-tracer doctor`: proves, agent by agent, that what an agent reports arrives.
//!
//! The whole way is gone once with a made-up session: the command as it stands in the agent's
//! settings, the server that this command finds, and the task that comes of it, which is then deleted.

mod payload;
mod server;
mod switch;
mod trial;

use anyhow::bail;

use self::server::Server;
use crate::arguments::Doctor;
use crate::hooks::{Agent, Form, Places, Program, Scope, State, read, state};
use crate::say::say;
use crate::settings;

/// What was found out about one thing: what is well, and in a sentence each what is not.
#[derive(Default)]
struct Findings {
    good: Vec<String>,
    /// What could not be looked at.
    open: Vec<String>,
    wrong: Vec<String>,
}

pub(crate) fn run(arguments: &Doctor) -> anyhow::Result<()> {
    let places = Places::of_this_process()?;
    let program = Program::of_this_process(&places)?;
    let server = Server::find();
    let mut wrong = tell("Server", &server_findings(&server));
    let agents = chosen(arguments, &places);
    if agents.is_empty() {
        say("No agent was found on this machine; name one to look at it all the same.");
    }
    for agent in agents {
        let findings = examine(agent, &places, &program, server.as_ref().ok());
        wrong += tell(&agent.to_string(), &findings);
    }
    match wrong {
        0 => Ok(()),
        1 => bail!("one thing is wrong"),
        _ => bail!("{wrong} things are wrong"),
    }
}

fn chosen(arguments: &Doctor, places: &Places) -> Vec<Agent> {
    if arguments.agents.is_empty() {
        let found = |agent: &Agent| places.has(*agent);
        return Agent::ALL.into_iter().filter(found).collect();
    }
    arguments.agents.clone()
}

/// Says what was found; gives how much is wrong.
fn tell(name: &str, findings: &Findings) -> usize {
    let marks = [
        ("ok", &findings.good),
        ("?", &findings.open),
        ("wrong", &findings.wrong),
    ];
    say(name);
    for (mark, sentences) in marks {
        for sentence in sentences {
            say(&format!("  {mark:<5}  {sentence}"));
        }
    }
    findings.wrong.len()
}

fn server_findings(server: &Result<Server, String>) -> Findings {
    let mut findings = Findings::default();
    match server {
        Ok(server) => findings
            .good
            .push(format!("It answers at {}.", server.url())),
        Err(problem) => findings.wrong.push(problem.clone()),
    }
    // Without them no server starts, and hooks drop what they would keep meanwhile.
    if let Err(problem) = settings::redaction(None) {
        findings.wrong.push(format!("{problem:#}."));
    }
    findings
}

fn examine(agent: Agent, places: &Places, program: &Program, server: Option<&Server>) -> Findings {
    let (scope, state) = whose(agent, places, program);
    let file = places.file(agent, scope);
    let mut findings = Findings::default();
    let shown = file.display().to_string();
    let sentence = stand(
        &state,
        &shown,
        &format!("agent-tracer hooks install {}", agent.name()),
    );
    match &state {
        State::Installed | State::Elsewhere { runs: true, .. } => findings.good.push(sentence),
        _ => findings.wrong.push(sentence),
    }
    if !runs(&state) {
        return findings;
    }
    findings.wrong.extend(switch::off(agent, places));
    findings.open.extend(cannot_see(agent));
    let Some(server) = server else {
        let later = "Whether its events arrive is seen when the server runs.";
        findings.open.push(later.to_owned());
        return findings;
    };
    let text = read(&file).ok().flatten().unwrap_or_default();
    let command = |event: &str| Form::of(agent).command(&text, event);
    match trial::run(agent, server, command) {
        Ok(()) => findings
            .good
            .push("A test event arrived at the server.".to_owned()),
        Err(problem) => findings.wrong.push(format!("{problem:#}.")),
    }
    findings
}

/// The hooks to look at: the person's, or the project's where those are the only ones.
fn whose(agent: Agent, places: &Places, program: &Program) -> (Scope, State) {
    let users = state(agent, places, Scope::User, program);
    if users == State::Missing {
        let projects = state(agent, places, Scope::Project, program);
        if projects != State::Missing {
            return (Scope::Project, projects);
        }
    }
    (Scope::User, users)
}

/// Whether there is a hook that can be tried.
fn runs(state: &State) -> bool {
    match state {
        State::Installed | State::Differs => true,
        State::Elsewhere { runs, .. } => *runs,
        State::Missing | State::Unreadable(_) => false,
    }
}

fn stand(state: &State, file: &str, install: &str) -> String {
    match state {
        State::Installed => format!("The hooks are in {file}."),
        State::Missing => format!("There are no hooks in {file}: run `{install}`."),
        State::Differs => format!("The hooks in {file} are not the present ones: run `{install}`."),
        State::Unreadable(problem) => format!("The settings cannot be read: {problem}."),
        State::Elsewhere {
            program,
            runs: true,
        } => {
            let other = program.display();
            format!("The hooks in {file} run another copy of the program, {other}.")
        }
        State::Elsewhere { program, .. } => {
            let gone = program.display();
            format!("The hooks in {file} run {gone}, which is gone: run `{install}`.")
        }
    }
}

/// What an agent keeps to itself.
fn cannot_see(agent: Agent) -> Option<String> {
    let codex =
        "Whether Codex trusts the hooks cannot be seen from here: type /hooks in codex to check.";
    (agent == Agent::Codex).then(|| codex.to_owned())
}
