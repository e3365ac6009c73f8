use std::fs;
use std::path::{Path, PathBuf};

use agent_tracer_core::adapter::Agent;
use agent_tracer_server::TranscriptFolder;
use tempfile::TempDir;

use super::Host;

/// The folders that agents keep their transcripts in.
pub(crate) struct Home(TempDir);

const AGENTS: [Agent; 4] = [
    Agent::ClaudeCode,
    Agent::Codex,
    Agent::GeminiCli,
    Agent::CopilotCli,
];

impl Home {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Everything that was recorded of every agent.
    pub(crate) fn full() -> Self {
        let home = Self::new();
        for agent in AGENTS {
            for entry in fs::read_dir(fixtures(agent)).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                if let Some(name) = name.strip_suffix(".transcripts") {
                    home.put(agent, name);
                }
            }
        }
        home
    }

    /// Puts a recorded session where its agent keeps it; gives its files.
    pub(crate) fn put(&self, agent: Agent, name: &str) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let from = fixtures(agent).join(format!("{name}.transcripts"));
        copy(&from, &self.root(agent), &mut files);
        files.sort_by_key(|path| path.components().count());
        files
    }

    pub(crate) fn root(&self, agent: Agent) -> PathBuf {
        let root = match agent {
            Agent::ClaudeCode => "projects",
            Agent::Codex => "sessions",
            Agent::GeminiCli => "tmp",
            Agent::CopilotCli => "session-state",
            Agent::OpenCode => unreachable!("keeps none"),
        };
        self.0.path().join(agent.source()).join(root)
    }

    pub(crate) fn folders(&self) -> Vec<TranscriptFolder> {
        let of = |agent: Agent| TranscriptFolder {
            agent,
            folder: self.0.path().join(agent.source()),
        };
        AGENTS.map(of).into()
    }

    pub(crate) async fn serve(&self) -> Host {
        Host::with(|config| config.transcripts = self.folders()).await
    }
}

pub(crate) fn fixtures(agent: Agent) -> PathBuf {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    fixtures.join(agent.source())
}

fn copy(from: &Path, to: &Path, files: &mut Vec<PathBuf>) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target, files);
        } else {
            fs::write(&target, fs::read(entry.path()).unwrap()).unwrap();
            files.push(target);
        }
    }
}
