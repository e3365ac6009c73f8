//! Claude Code: `projects/<folder>/<session>.jsonl`, and `<session>/subagents/agent-<id>.jsonl`.
//!
//! A message of the model stands on several lines, one for each of its parts; a call's result is a
//! line of the user's side that repeats neither the tool nor its input. What the program itself
//! puts in between (reminders, the output of its own commands) is marked, and is no prompt.

mod answer;
mod call;
mod prompt;

use serde_json::{Value, json};

use self::answer::Answer;
use super::open_calls::OpenCalls;
use super::{Line, Told};
use crate::adapter::read;
use crate::time::Timestamp;

/// What a subagent is called whose kind its lines do not say.
const SOME_AGENT: &str = "agent";

/// Lines that tell nothing of what happened: the state of the program, and what it sent to the
/// model beside the conversation.
const SILENT: &[&str] = &[
    "queue-operation",
    "last-prompt",
    "tools-used",
    "atis-latch",
    "mode",
    "permission-mode",
    "file-history-snapshot",
    "cost-state",
    "attachment",
    "summary",
    "progress",
];

#[derive(Debug, Default)]
pub(super) struct Reader {
    path: String,
    began: Option<Timestamp>,
    session: Option<String>,
    folder: Option<String>,
    prompt_id: Option<String>,
    subagent: Option<Subagent>,
    model: Option<String>,
    calls: OpenCalls,
    answer: Option<Answer>,
    /// A command that may turn out to be a prompt.
    command: Option<Told>,
    /// How a compaction began whose summary is still to come.
    compaction: Option<String>,
    started: bool,
}

/// The subagent whose transcript it is.
#[derive(Debug)]
struct Subagent {
    id: String,
    kind: Option<String>,
}

impl Reader {
    pub(super) fn new(path: String) -> Self {
        Self {
            path,
            ..Self::default()
        }
    }

    pub(super) fn read(&mut self, at: Timestamp, line: Value) -> Line {
        self.began.get_or_insert(at);
        let sort = read::text(&line, "type").unwrap_or_default().to_owned();
        if sort.starts_with("api-request") || sort.contains("prompt-snapshot") {
            return Line::Known(Vec::new());
        }
        match sort.as_str() {
            "user" | "assistant" | "system" => self.message(at, &sort, line),
            "custom-title" => self.titled(at, &line, "customTitle"),
            "ai-title" => self.titled(at, &line, "aiTitle"),
            _ if SILENT.contains(&sort.as_str()) => Line::Known(Vec::new()),
            _ => Line::Unknown,
        }
    }

    fn message(&mut self, at: Timestamp, sort: &str, line: Value) -> Line {
        // Long ago subagents wrote into their agent's transcript, without a name.
        if read::flag(&line, "isSidechain") && read::text(&line, "agentId").is_none() {
            return Line::Unknown;
        }
        self.note(&line);
        let mut told = self.start(sort, &line);
        match sort {
            "user" => self.user(at, line, &mut told),
            "assistant" => self.assistant(at, line, &mut told),
            _ => self.system(&line, &mut told),
        }
        Line::Known(told)
    }

    /// Notes what a line says of where it stands.
    fn note(&mut self, line: &Value) {
        let word = |key| read::text(line, key).map(str::to_owned);
        self.session = word("sessionId").or(self.session.take());
        self.folder = word("cwd").or(self.folder.take());
        self.prompt_id = word("promptId").or(self.prompt_id.take());
        if let Some(id) = word("agentId") {
            let known = self.subagent.take().and_then(|known| known.kind);
            let kind = word("attributionAgent").or(known);
            self.subagent = Some(Subagent { id, kind });
        }
    }

    /// That it began, told as soon as it is known who: of a subagent that is its first answer.
    fn start(&mut self, sort: &str, line: &Value) -> Vec<Told> {
        let (false, Some(began)) = (self.started, self.began) else {
            return Vec::new();
        };
        if self.subagent.is_some() && sort != "assistant" {
            return Vec::new();
        }
        self.started = true;
        let hook = match self.subagent {
            Some(_) => "SubagentStart",
            None => "SessionStart",
        };
        let mut payload = self.payload();
        if self.subagent.is_none() {
            payload["source"] = "startup".into();
            payload["transcript_path"] = self.path.clone().into();
        }
        let branch = read::text(line, "gitBranch").map(Value::from);
        vec![Told::hook(began, hook, payload).with("gitBranch", branch)]
    }

    /// The fields that every hook is given.
    fn payload(&self) -> Value {
        let mut payload = json!({});
        let mut set = |key: &str, value: Option<&String>| {
            if let Some(value) = value {
                payload[key] = value.clone().into();
            }
        };
        set("session_id", self.session.as_ref());
        set("cwd", self.folder.as_ref());
        set("prompt_id", self.prompt_id.as_ref());
        if let Some(Subagent { id, kind }) = &self.subagent {
            set("agent_id", Some(id));
            set(
                "agent_type",
                Some(kind.as_ref().unwrap_or(&SOME_AGENT.to_owned())),
            );
        }
        payload
    }

    fn titled(&mut self, at: Timestamp, line: &Value, key: &str) -> Line {
        self.note(line);
        let mut payload = self.payload();
        payload["session_title"] = line.get(key).cloned().unwrap_or_default();
        Line::Known(vec![Told::facts(at, payload)])
    }

    /// What the program says of itself: that a turn is over, or that it compacts.
    fn system(&mut self, line: &Value, told: &mut Vec<Told>) {
        match read::text(line, "subtype") {
            Some("stop_hook_summary" | "turn_duration") => self.answered(told),
            Some("compact_boundary") => {
                self.answered(told);
                let trigger = line.pointer("/compactMetadata/trigger");
                let trigger = trigger.and_then(Value::as_str).unwrap_or("auto");
                self.compaction = Some(trigger.to_owned());
            }
            _ => self.pass(None, told),
        }
    }

    /// The facts that an answer of the model brings with it.
    fn described(&mut self, at: Timestamp, message: &Value) -> Option<Told> {
        let model = read::text(message, "model").filter(|model| *model != answer::SYNTHETIC)?;
        if self.subagent.is_some() || self.model.as_deref() == Some(model) {
            return None;
        }
        self.model = Some(model.to_owned());
        let mut payload = self.payload();
        payload["model"] = model.into();
        Some(Told::facts(at, payload))
    }

    /// See [`super::Transcript::settle`].
    pub(super) fn settle(&mut self) -> Vec<Told> {
        let mut told = Vec::new();
        self.answered(&mut told);
        told
    }

    /// See [`super::Transcript::end`].
    pub(super) fn end(&self) -> Option<Value> {
        (self.started && self.subagent.is_none()).then(|| self.payload())
    }
}
