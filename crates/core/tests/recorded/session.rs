//! A recorded session: what an agent's hooks were given, and when.

use std::path::PathBuf;

use agent_tracer_core::adapter::Agent;
use agent_tracer_core::command::Command;
use agent_tracer_core::report::{AgentReport, Delivery};
use agent_tracer_core::time::Timestamp;
use serde::Deserialize;
use serde_json::Value;

/// One hook call.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Line {
    pub(crate) received_at: String,
    pub(crate) registered_for: String,
    pub(crate) payload: Value,
}

impl Line {
    pub(crate) fn time(&self) -> Timestamp {
        self.received_at.parse().unwrap()
    }

    pub(crate) fn reports(&self, agent: Agent) -> Vec<AgentReport> {
        let event = Some(self.registered_for.as_str());
        agent.reports(event, self.payload.clone()).unwrap()
    }

    /// What the server makes of it.
    pub(crate) fn delivery(&self, agent: Agent) -> Command {
        Command::Report(Box::new(Delivery {
            reports: self.reports(agent),
            ..Delivery::default()
        }))
    }
}

/// The recorded sessions of an agent, by name.
pub(crate) fn names(agent: Agent) -> Vec<String> {
    let files = std::fs::read_dir(folder(agent)).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names
        .filter_map(|name| name.strip_suffix(".jsonl").map(str::to_owned))
        .collect();
    names.sort();
    names
}

pub(crate) fn recorded(agent: Agent, name: &str) -> Vec<Line> {
    let text = std::fs::read_to_string(folder(agent).join(format!("{name}.jsonl"))).unwrap();
    let lines = text.split('\n').filter(|line| !line.is_empty());
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

pub(crate) fn folder(agent: Agent) -> PathBuf {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures");
    PathBuf::from(fixtures).join(agent.source())
}
