//! Codex CLI: `sessions/Y/M/D/rollout-<time>-<thread>.jsonl`.
//!
//! What the model was sent and what the program made of it stand side by side; the program's own
//! account is taken. Of a command it tells the exit code, which hooks do not.

mod call;

use serde_json::{Map, Value, json};

use super::open_calls::OpenCalls;
use super::{Line, Told, take};
use crate::adapter::read;
use crate::time::Timestamp;

/// What a subagent is called: its kind is not written.
const SOME_AGENT: &str = "agent";

#[derive(Debug, Default)]
pub(super) struct Reader {
    path: String,
    session: Option<String>,
    /// The thread, if it is a subagent's.
    thread: Option<String>,
    folder: Option<String>,
    branch: Option<String>,
    turn: Option<String>,
    model: Option<String>,
    calls: OpenCalls,
    /// What commands wrote and how they exited, until their calls' ends are told.
    ran: Map<String, Value>,
    /// When it began, until that is told: the model is known a little later.
    begins: Option<Timestamp>,
    started: bool,
}

impl Reader {
    pub(super) fn new(path: String) -> Self {
        Self {
            path,
            ..Self::default()
        }
    }

    pub(super) fn read(&mut self, at: Timestamp, mut line: Value) -> Line {
        let payload = take(&mut line, "payload");
        let told = match read::text(&line, "type").unwrap_or_default() {
            "session_meta" => self.begins(at, &payload),
            "turn_context" => self.turn(&payload),
            "event_msg" => return self.event(at, payload),
            "response_item" => self.item(at, payload),
            "compacted" => self.tell(at, "PostCompact", json!({ "trigger": "auto" })),
            "token_usage_record" | "world_state" => Vec::new(),
            _ => return Line::Unknown,
        };
        Line::Known(told)
    }

    fn begins(&mut self, at: Timestamp, meta: &Value) -> Vec<Told> {
        let word = |key| read::text(meta, key).map(str::to_owned);
        // A rollout that goes on from another one repeats that one's beginning.
        if self.session.is_some() {
            return Vec::new();
        }
        let thread = word("id");
        self.session = word("session_id").or(thread.clone());
        self.thread = thread.filter(|thread| Some(thread) != self.session.as_ref());
        self.folder = word("cwd");
        self.branch = meta
            .pointer("/git/branch")
            .and_then(Value::as_str)
            .map(str::to_owned);
        let began = word("timestamp").and_then(|time| time.parse().ok());
        self.begins = Some(began.unwrap_or(at));
        Vec::new()
    }

    fn turn(&mut self, context: &Value) -> Vec<Told> {
        let word = |key| read::text(context, key).map(str::to_owned);
        self.turn = word("turn_id").or(self.turn.take());
        self.model = word("model").or(self.model.take());
        self.folder = word("cwd").or(self.folder.take());
        self.start()
    }

    /// What the program says of itself.
    fn event(&mut self, at: Timestamp, mut event: Value) -> Line {
        let sort = read::text(&event, "type").unwrap_or_default().to_owned();
        let turn = read::text(&event, "turn_id").map(str::to_owned);
        self.turn = turn.or(self.turn.take());
        let told = match sort.as_str() {
            "item_completed" => self.completed(at, take(&mut event, "item")),
            "user_message" => self.prompted(at, read::text(&event, "message").unwrap_or_default()),
            "task_complete" => {
                let said = take(&mut event, "last_agent_message");
                let hook = if self.thread.is_some() {
                    "SubagentStop"
                } else {
                    "Stop"
                };
                self.tell(at, hook, json!({ "last_assistant_message": said }))
            }
            "turn_aborted" => self.tell(at, "Interrupt", json!({})),
            "task_started"
            | "thread_settings_applied"
            | "token_count"
            | "agent_message"
            | "agent_reasoning"
            | "agent_reasoning_raw_content"
            | "context_compacted" => Vec::new(),
            _ => return Line::Unknown,
        };
        Line::Known(told)
    }

    fn completed(&mut self, at: Timestamp, mut item: Value) -> Vec<Told> {
        match read::text(&item, "type") {
            Some("UserMessage") => {
                let texts = read::list(&item, "content").iter();
                let texts = texts.filter_map(|part| read::text(part, "text"));
                let text = texts.collect::<Vec<_>>().join("\n");
                self.prompted(at, &text)
            }
            Some("CommandExecution") => {
                if let Some(id) = read::text(&item, "id").map(str::to_owned) {
                    let ran = json!({
                        "exit_code": take(&mut item, "exit_code"),
                        "output": take(&mut item, "aggregated_output"),
                    });
                    self.ran.insert(id, ran);
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// What a subagent is told, its agent said, and nobody else.
    fn prompted(&mut self, at: Timestamp, text: &str) -> Vec<Told> {
        if self.thread.is_some() || text.trim().is_empty() {
            return Vec::new();
        }
        self.tell(at, "UserPromptSubmit", json!({ "prompt": text }))
    }

    /// That it began, before anything else of it.
    fn start(&mut self) -> Vec<Told> {
        let Some(began) = self.begins.take() else {
            return Vec::new();
        };
        self.started = true;
        let (hook, fields) = match self.thread {
            Some(_) => ("SubagentStart", json!({})),
            None => (
                "SessionStart",
                json!({ "source": "startup", "transcript_path": self.path }),
            ),
        };
        let told = Told::hook(began, hook, self.payload(fields));
        vec![told.with("gitBranch", self.branch.clone().map(Value::from))]
    }

    fn tell(&mut self, at: Timestamp, hook: &'static str, fields: Value) -> Vec<Told> {
        let mut told = self.start();
        if self.session.is_some() {
            told.push(Told::hook(at, hook, self.payload(fields)));
        }
        told
    }

    /// The fields that every hook is given, and its own.
    fn payload(&self, mut fields: Value) -> Value {
        let mut set = |key: &str, value: Option<&String>| {
            if let Some(value) = value {
                fields[key] = value.clone().into();
            }
        };
        set("session_id", self.session.as_ref());
        set("cwd", self.folder.as_ref());
        set("turn_id", self.turn.as_ref());
        set("model", self.model.as_ref());
        if self.thread.is_some() {
            set("agent_id", self.thread.as_ref());
            set("agent_type", Some(&SOME_AGENT.to_owned()));
        }
        fields
    }

    /// See [`super::Transcript::end`].
    pub(super) fn end(&self) -> Option<Value> {
        (self.started && self.thread.is_none()).then(|| self.payload(json!({})))
    }
}
