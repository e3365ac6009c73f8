//! An agent's own record of a session, line by line: what its hooks would have been given.
//!
//! A transcript tells what hooks tell, in other words. So a line becomes the payloads that hooks
//! would have had ([`Told`]), and those are understood like any other: what was imported and what
//! was reported is the same thing, redacted by the same rules, because it goes the same way.
//!
//! A reader keeps little: what a line means may depend on those before it (the prompt, the calls
//! that are open, an answer whose turn is not surely over).

mod claude_code;
mod codex;
mod copilot_cli;
mod gemini_cli;
mod open_calls;
mod told;

use serde_json::Value;

pub use self::told::Told;
use super::{Agent, read};
use crate::time::Timestamp;

/// After this long without a word a session counts as over, until the next word.
pub const QUIET_MILLIS: i64 = 2 * 3_600_000;

/// Reads one transcript, from its first line on.
#[derive(Debug)]
pub struct Transcript {
    reader: Reader,
    clock: Clock,
    unknown: u64,
}

#[derive(Debug)]
enum Reader {
    ClaudeCode(claude_code::Reader),
    Codex(codex::Reader),
    GeminiCli(gemini_cli::Reader),
    CopilotCli(copilot_cli::Reader),
}

/// What a line was.
enum Line {
    /// What it tells; nothing, if it is of a sort that tells nothing.
    Known(Vec<Told>),
    /// Of a sort that nobody knows.
    Unknown,
}

/// When the lines were written. One without a time was written with the one before it.
#[derive(Clone, Copy, Debug, Default)]
struct Clock {
    last: Option<Timestamp>,
}

impl Transcript {
    /// For the transcript at `path` of an agent; `None` if the agent keeps none that is known.
    pub fn new(agent: Agent, path: &str) -> Option<Self> {
        let path = path.to_owned();
        let reader = match agent {
            Agent::ClaudeCode => Reader::ClaudeCode(claude_code::Reader::new(path)),
            Agent::Codex => Reader::Codex(codex::Reader::new(path)),
            Agent::GeminiCli => Reader::GeminiCli(gemini_cli::Reader::new(path)),
            Agent::CopilotCli => Reader::CopilotCli(copilot_cli::Reader::new(path)),
            Agent::OpenCode => return None,
        };
        Some(Self {
            reader,
            clock: Clock::default(),
            unknown: 0,
        })
    }

    /// What a line tells. Nothing, as long as no line said when it was written.
    pub fn read(&mut self, line: Value) -> Vec<Told> {
        let said = time(&line);
        let Some(at) = said.or(self.clock.last) else {
            return Vec::new();
        };
        self.clock.last = Some(at);
        let read = match &mut self.reader {
            Reader::ClaudeCode(reader) => reader.read(at, line),
            Reader::Codex(reader) => reader.read(at, line),
            Reader::GeminiCli(reader) => reader.read(at, line),
            Reader::CopilotCli(reader) => reader.read(at, line),
        };
        match read {
            Line::Known(told) => told,
            Line::Unknown => {
                self.unknown += 1;
                Vec::new()
            }
        }
    }

    /// What only follows from nothing being written for a while: that a turn is over whose end has
    /// no line of its own.
    pub fn settle(&mut self) -> Vec<Told> {
        match &mut self.reader {
            Reader::ClaudeCode(reader) => reader.settle(),
            Reader::GeminiCli(reader) => reader.settle(),
            Reader::Codex(_) | Reader::CopilotCli(_) => Vec::new(),
        }
    }

    /// That the session was over at that time, as a guess: nothing was written any more. `None` if
    /// nothing was told, if the transcript says itself that it is over, or if it is a subagent's.
    pub fn end(&self, at: Timestamp) -> Option<Told> {
        let payload = match &self.reader {
            Reader::ClaudeCode(reader) => reader.end()?,
            Reader::Codex(reader) => reader.end()?,
            Reader::GeminiCli(reader) => reader.end()?,
            Reader::CopilotCli(reader) => reader.end()?,
        };
        Some(Told::guessed_end(at, self.end_hook(), payload))
    }

    /// When the last line was written.
    pub fn last_at(&self) -> Option<Timestamp> {
        self.clock.last
    }

    /// How many lines were of a sort that nobody knows.
    pub fn unknown(&self) -> u64 {
        self.unknown
    }

    fn end_hook(&self) -> &'static str {
        match self.reader {
            Reader::CopilotCli(_) => "sessionEnd",
            Reader::ClaudeCode(_) | Reader::Codex(_) | Reader::GeminiCli(_) => "SessionEnd",
        }
    }
}

fn time(line: &Value) -> Option<Timestamp> {
    let said = read::text(line, "timestamp").or_else(|| read::text(line, "startTime"));
    said?.parse().ok()
}

/// Takes a value out of an object; `null` if there is none.
fn take(value: &mut Value, key: &str) -> Value {
    value.get_mut(key).map(Value::take).unwrap_or_default()
}
