//! Recorded sessions, and a world in which they are told.

use std::path::{Path, PathBuf};

use agent_tracer_core::command::{Command, EnsureRuntimeSession, TaskLinks};
use agent_tracer_core::decide::decide;
use agent_tracer_core::entity::Usage;
use agent_tracer_core::ids::{CountingIds, TaskId};
use agent_tracer_core::memory::Memory;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::usage::telemetry::{Export, Telemetry, signals_of_json, telemetry};
use agent_tracer_core::usage::transcript::TranscriptUsage;
use agent_tracer_core::usage::{
    MessageKey, TaskUsage, Tokens, UsageOrigin, UsageRecord, read_task_usage, task_usage,
};
use serde_json::Value;

/// Later than everything that was recorded.
const NOW: i64 = 1_795_500_000_000;

/// Rows in memory, which commands change.
pub(crate) struct World {
    pub(crate) rows: Memory,
    pub(crate) ids: CountingIds,
    pub(crate) now: Timestamp,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            rows: Memory::default(),
            ids: CountingIds::new("n"),
            now: Timestamp::from_millis(NOW),
        }
    }

    pub(crate) fn run(&mut self, command: Command) {
        let decision = decide(&self.rows, command, self.now, &mut self.ids).unwrap();
        self.rows.apply(decision.writes);
        self.check_sums();
    }

    /// Tells of usage, all at once.
    pub(crate) fn tell(&mut self, usage: Vec<UsageRecord>) {
        self.run(Command::TakeTelemetry(Box::new(Telemetry {
            usage,
            failures: Vec::new(),
        })));
    }

    /// Makes the session of an agent known, as its hooks would; gives its task.
    pub(crate) fn attach(&mut self, source: &str, session: &str) -> TaskId {
        self.run(Command::EnsureRuntimeSession(EnsureRuntimeSession {
            runtime_source: source.to_owned(),
            runtime_session_id: session.to_owned(),
            title: "A task".to_owned(),
            workspace_path: None,
            links: TaskLinks::default(),
        }));
        let key = (source.to_owned(), session.to_owned());
        self.rows.bindings[&key].task_id.clone()
    }

    pub(crate) fn usage(&self, task: &TaskId) -> TaskUsage {
        let buckets = self.rows.usage_buckets.iter();
        let of_task = buckets.filter(|(bucket, _)| bucket.task_id == *task);
        task_usage(of_task.map(|(bucket, usage)| (bucket.clone(), *usage)))
    }

    /// The same with its answers, as it is read.
    pub(crate) fn read_usage(&self, task: &TaskId) -> TaskUsage {
        read_task_usage(&self.rows, task).unwrap().unwrap()
    }

    /// What all tasks used.
    pub(crate) fn total(&self) -> Usage {
        sum(self.rows.usage_hours.values().copied())
    }

    /// Every sum that is kept is the sum of the answers that count. Those of tasks in the trash
    /// are in no sum over all tasks.
    fn check_sums(&self) {
        let rows = self.rows.usage.values();
        let counted = rows.filter(|row| row.bucket().is_some());
        let slow = sum(counted.map(agent_tracer_core::usage::UsageRow::usage));
        assert_eq!(slow, sum(self.rows.usage_buckets.values().copied()));
        let deleted = self.rows.trash.keys().map(|id| self.usage(id).total);
        let hours = self.rows.usage_hours.values().copied();
        assert_eq!(slow, sum(hours.chain(deleted)), "by hour");
        let trash = self.rows.trash.values().map(|task| &task.row);
        for row in self.rows.tasks.values().chain(trash) {
            let used = self.usage(&row.task.id).total;
            assert_eq!(row.task.usage.unwrap_or_default(), used);
        }
    }
}

fn sum(parts: impl Iterator<Item = Usage>) -> Usage {
    parts.fold(Usage::default(), |mut sum, part| {
        sum.add(part, 1);
        sum
    })
}

/// One telling of an answer.
pub(crate) fn record(session: &str, key: MessageKey, origin: UsageOrigin) -> UsageRecord {
    UsageRecord {
        source: "agent".to_owned(),
        runtime_session_id: session.to_owned(),
        subagent: None,
        prompt_id: None,
        key,
        origin,
        model: "claude-sonnet-4-5".to_owned(),
        at: Some(Timestamp::from_millis(NOW)),
        tokens: Tokens {
            input: 10,
            output: 1,
            ..Tokens::default()
        },
        reported_cost_micros: None,
    }
}

pub(crate) fn named(id: &str) -> MessageKey {
    MessageKey::Named(id.to_owned())
}

pub(crate) fn derived(text: &str) -> MessageKey {
    MessageKey::Derived(text.to_owned())
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What the transcripts of a recorded session tell, a list for each file.
pub(crate) fn transcripts(agent: &str, session: &str) -> Vec<Vec<UsageRecord>> {
    let folder = fixtures().join(format!("{agent}/{session}.transcripts"));
    let read = |path: PathBuf| {
        let mut reader = TranscriptUsage::of_source(agent).unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        let lines = text.split('\n').filter(|line| !line.is_empty());
        let lines = lines.map(|line| serde_json::from_str(line).unwrap());
        lines.flat_map(|line: Value| reader.read(&line)).collect()
    };
    files(&folder).into_iter().map(read).collect()
}

/// What the JSON of OTLP of a recorded session tells, a list for each body of that sort.
pub(crate) fn otlp(agent: &str, session: &str, export: Export) -> Vec<Vec<UsageRecord>> {
    let sort = match export {
        Export::Logs => "-logs.json",
        Export::Metrics => "-metrics.json",
        Export::Traces => "-traces.json",
    };
    let folder = fixtures().join(format!("{agent}/{session}.otlp"));
    let bodies = files(&folder).into_iter();
    let bodies = bodies.filter(|path| path.to_str().unwrap().ends_with(sort));
    let told = |path: PathBuf| {
        let body: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        telemetry(&signals_of_json(export, &body).unwrap().read).usage
    };
    bodies.map(told).collect()
}
