//! What agents' own records of their sessions say of usage.

mod claude_code;
mod codex;
mod copilot_cli;
mod gemini_cli;

use serde_json::Value;

use super::record::UsageRecord;

/// Reads the usage out of one transcript, line by line from its beginning: what a line means may
/// depend on those before it (the session, the prompt, the model).
#[derive(Debug)]
pub struct TranscriptUsage(Reader);

#[derive(Debug)]
enum Reader {
    ClaudeCode(claude_code::Reader),
    Codex(codex::Reader),
    CopilotCli(copilot_cli::Reader),
    GeminiCli(gemini_cli::Reader),
}

impl TranscriptUsage {
    /// For a transcript of that agent; `None` if its transcripts are not known.
    pub fn of_source(source: &str) -> Option<Self> {
        Some(Self(match source {
            claude_code::SOURCE => Reader::ClaudeCode(claude_code::Reader::default()),
            codex::SOURCE => Reader::Codex(codex::Reader::default()),
            copilot_cli::SOURCE => Reader::CopilotCli(copilot_cli::Reader::default()),
            gemini_cli::SOURCE => Reader::GeminiCli(gemini_cli::Reader::default()),
            _ => return None,
        }))
    }

    /// What a line tells. Lines that tell nothing, and such as nobody knows, give nothing.
    pub fn read(&mut self, line: &Value) -> Vec<UsageRecord> {
        match &mut self.0 {
            Reader::ClaudeCode(reader) => reader.read(line).into_iter().collect(),
            Reader::Codex(reader) => reader.read(line).into_iter().collect(),
            Reader::CopilotCli(reader) => reader.read(line).into_iter().collect(),
            Reader::GeminiCli(reader) => reader.read(line),
        }
    }
}
