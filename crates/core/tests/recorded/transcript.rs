//! Recorded sessions as the agents wrote them down themselves, beside what their hooks told.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use agent_tracer_core::adapter::Agent;
use agent_tracer_core::adapter::transcript::{Told, Transcript};
use agent_tracer_core::command::Command;
use agent_tracer_core::decide::decide;
use agent_tracer_core::ids::CountingIds;
use agent_tracer_core::memory::Memory;
use agent_tracer_core::report::Delivery;
use agent_tracer_core::time::Timestamp;
use serde_json::Value;

use crate::session::{folder, names, recorded};
use crate::support::delivered;
use crate::told::{gist, story};

/// The agents that keep transcripts.
const AGENTS: [Agent; 4] = [
    Agent::ClaudeCode,
    Agent::Codex,
    Agent::GeminiCli,
    Agent::CopilotCli,
];

#[test]
fn a_transcript_becomes_what_its_session_was() {
    for agent in AGENTS {
        for name in names(agent) {
            let rows = imported(agent, &told(agent, &name));
            insta::with_settings!({prepend_module_to_snapshot => false}, {
                let snapshot = format!("{}__{name}__transcript", agent.source());
                insta::assert_snapshot!(snapshot, story(&rows));
            });
        }
    }
}

/// The same prompts, calls, answers and subagents, however they were told. Where the two differ is
/// listed in the snapshot, and in `docs/IMPORT.md`.
#[test]
fn a_transcript_tells_what_hooks_told() {
    let mut differences = String::new();
    for agent in AGENTS {
        for name in names(agent) {
            let by_hooks = gist(&delivered(agent, &recorded(agent, &name)));
            let by_transcript = gist(&imported(agent, &told(agent, &name)));
            writeln!(differences, "{} {name}", agent.source()).unwrap();
            for line in by_hooks.iter().filter(|line| !by_transcript.contains(line)) {
                writeln!(differences, "  hooks      {line}").unwrap();
            }
            for line in by_transcript.iter().filter(|line| !by_hooks.contains(line)) {
                writeln!(differences, "  transcript {line}").unwrap();
            }
        }
    }
    insta::with_settings!({prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("hooks_and_transcripts", differences);
    });
}

#[test]
fn a_transcript_that_is_read_twice_changes_nothing() {
    for agent in AGENTS {
        for name in names(agent) {
            let told = told(agent, &name);
            let twice = [told.clone(), told.clone()].concat();
            let (once, twice) = (imported(agent, &told), imported(agent, &twice));
            assert_eq!(story(&twice), story(&once), "{} {name}", agent.source());
        }
    }
}

#[test]
fn every_line_of_a_recorded_transcript_is_known() {
    for agent in AGENTS {
        for name in names(agent) {
            for (path, lines) in transcripts(agent, &name) {
                let mut transcript = Transcript::new(agent, &path).unwrap();
                for line in lines {
                    transcript.read(line);
                }
                assert_eq!(transcript.unknown(), 0, "{path}");
            }
        }
    }
}

/// What the transcripts of a session tell, in the order in which it happened.
fn told(agent: Agent, name: &str) -> Vec<Told> {
    let mut told = Vec::new();
    let mut end = None;
    for (path, lines) in transcripts(agent, name) {
        let mut transcript = Transcript::new(agent, &path).unwrap();
        for line in lines {
            told.extend(transcript.read(line));
        }
        told.extend(transcript.settle());
        let last = transcript.last_at().unwrap();
        end = transcript.end(last).or(end);
    }
    told.sort_by_key(|told| told.at);
    told.extend(end);
    told
}

fn imported(agent: Agent, told: &[Told]) -> Memory {
    let (mut rows, mut ids) = (Memory::default(), CountingIds::new("n"));
    for told in told {
        let at: Timestamp = told.at;
        let reports = told.clone().reports(agent);
        let delivery = Delivery {
            reports,
            ..Delivery::default()
        };
        let command = Command::Report(Box::new(delivery));
        let decision = decide(&rows, command, at, &mut ids).unwrap();
        rows.apply(decision.writes);
    }
    rows
}

/// The files of a recorded session, with their lines.
fn transcripts(agent: Agent, name: &str) -> Vec<(String, Vec<Value>)> {
    let mut files = Vec::new();
    let root = folder(agent).join(format!("{name}.transcripts"));
    find(&root, &mut files);
    files.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let lines = text.split('\n').filter(|line| !line.is_empty());
        let lines = lines.map(|line| serde_json::from_str(line).unwrap());
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        (name, lines.collect())
    };
    files.into_iter().map(read).collect()
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(&path, files);
        } else {
            files.push(path);
        }
    }
}
