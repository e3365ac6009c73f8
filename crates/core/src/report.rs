//! What an agent reports through its hooks, in words that fit every agent.
//!
//! An adapter (`adapter::claude_code`) turns a raw payload into one [`AgentReport`]; `decide`
//! turns the report into rows. So what a tool call *is* lives in one place, and what an agent
//! *calls* it in another.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::entity::Metadata;
use crate::redact::Removed;
use crate::rows::TranscriptRow;
use crate::time::Timestamp;
use crate::usage::UsageRecord;
use crate::vocabulary::{EventKind, Lane, TodoState, ToolStatus};

/// One hook call, as it was delivered; or a piece of a transcript.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delivery {
    /// What the sender named it, so that it counts once however often it is sent.
    pub id: Option<String>,
    /// When the sender took it from the agent, if it says.
    pub sent_at: Option<Timestamp>,
    /// The process that the agent runs in, in the sender's own words: equal words are the same
    /// process.
    pub process: Option<String>,
    /// What it says, in order.
    pub reports: Vec<AgentReport>,
    /// The payload without its secrets, compressed: the core only passes it on.
    pub raw: Option<Vec<u8>>,
    /// What it says of usage.
    pub usage: Vec<UsageRecord>,
    /// How far transcripts are read with it, if that is where it comes from: remembered together
    /// with what it says. A session that hooks tell of is not told of by its transcript too.
    pub transcripts: Option<Vec<TranscriptRow>>,
}

impl From<AgentReport> for Delivery {
    fn from(report: AgentReport) -> Self {
        Self {
            reports: vec![report],
            ..Self::default()
        }
    }
}

/// One thing that an agent's hook says, understood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgentReport {
    /// The agent, such as `claude-code`. Becomes the task's `runtimeSource`.
    pub source: String,
    /// The agent's name for a person, such as `Claude Code`.
    pub agent_name: String,
    /// The agent's own session id; one task follows it through every resume.
    pub runtime_session_id: String,
    /// The folder the agent works in, if it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace_path: Option<String>,
    /// The subagent that the report is about; absent for the main agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subagent: Option<SubagentRef>,
    /// The agent's id of the turn (its prompt), if it gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt_id: Option<String>,
    /// When it happened, if the payload says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub happened_at: Option<Timestamp>,
    /// The agent's own id of what happened, if it gives one: what comes twice is told once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_id: Option<String>,
    /// The hook's own name, kept in `metadata.hookEvent`.
    pub hook_event: String,
    /// What happened.
    pub what: What,
}

impl AgentReport {
    /// Says in the event that it becomes what was removed from its payload. Not for a batch: which
    /// of its calls lost something is to be seen in them.
    pub fn note_removed(&mut self, removed: &Removed) {
        match &mut self.what {
            What::CallStarted(call) => removed.note(&mut call.metadata),
            What::CallEnded { end, .. } => removed.note(&mut end.metadata),
            What::BatchEnded { .. } | What::ChangeShown { .. } => {}
            What::SessionStarted { metadata, .. }
            | What::Prompted { metadata, .. }
            | What::PermissionAsked { metadata, .. }
            | What::PermissionRequested { metadata, .. }
            | What::PermissionAnswered { metadata, .. }
            | What::TodoMoved { metadata, .. }
            | What::Said { metadata, .. }
            | What::MessageDescribed { metadata, .. }
            | What::TurnEnded { metadata, .. }
            | What::SubagentStarted { metadata }
            | What::SubagentEnded { metadata, .. }
            | What::Interrupted { metadata, .. }
            | What::PersonAwaited { metadata, .. }
            | What::SessionEnded { metadata, .. }
            | What::RunDescribed { metadata }
            | What::Noted { metadata, .. } => removed.note(metadata),
        }
    }
}

/// A subagent, as its events name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubagentRef {
    /// The agent's own id of it.
    pub id: String,
    /// Whether it runs in a session of its own: its id is that session's, and what it does is
    /// reported under that id alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_session: bool,
    /// What kind of agent it is, such as `Explore`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_type: Option<String>,
}

/// What happened, in the order of an agent's life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "camelCase")]
pub enum What {
    /// The agent began to run: a new session of ours, on a new or a known task.
    SessionStarted {
        /// How it began, in the agent's word (`startup`, `resume`, …).
        how: String,
        /// The rest of what it said (model, title).
        metadata: Metadata,
    },
    /// A prompt came in.
    Prompted {
        /// Its text.
        text: String,
        /// Whether a person wrote it. `false` for what the agent's own program put in.
        by_person: bool,
        /// One line for a person.
        title: String,
        /// The rest.
        metadata: Metadata,
    },
    /// A tool call began.
    CallStarted(ToolCall),
    /// A tool call ended. Also opens it, if its beginning was not seen.
    CallEnded {
        /// The call.
        call: ToolCall,
        /// How it ended.
        end: CallEnd,
    },
    /// The calls of one batch, all over. Adds only calls that were not seen before.
    BatchEnded {
        /// Each call with its end.
        calls: Vec<(ToolCall, CallEnd)>,
    },
    /// The agent asks its person for permission to run a call. It has no call id of its own: it
    /// belongs to the open call with the same tool and input; with no tool either, to the call that
    /// began last, which is a guess.
    PermissionAsked {
        /// The tool; empty if it does not say.
        tool_name: String,
        /// Its input.
        input: Value,
        /// The question, in one line.
        title: String,
        /// The rest.
        metadata: Metadata,
    },
    /// The agent asks its person for permission, under an id that its answer comes back with.
    PermissionRequested {
        /// The agent's id of the request.
        request_id: String,
        /// The question, in one line.
        title: String,
        /// The rest.
        metadata: Metadata,
    },
    /// A permission that was asked for under an id was answered.
    PermissionAnswered {
        /// The agent's id of the request.
        request_id: String,
        /// Whether it was given.
        granted: bool,
        /// The rest.
        metadata: Metadata,
    },
    /// What an open call is about to change in a file, told apart from the call. Says nothing about
    /// files that no open call changes.
    ChangeShown {
        /// The file.
        path: String,
        /// The change, as a unified diff.
        diff: String,
    },
    /// An item of the agent's to-do list moved, told outside of a tool call. If a to-do call is
    /// open it is told there; otherwise it becomes an event of its own.
    TodoMoved {
        /// The agent's id of the item.
        todo_id: String,
        /// Where it is now.
        state: TodoState,
        /// What it says.
        title: String,
        /// The rest.
        metadata: Metadata,
    },
    /// The agent said something within its turn.
    Said {
        /// The agent's id of the message that it is part of.
        message_id: String,
        /// What it said.
        text: String,
        /// One line for a person.
        title: String,
        /// The rest.
        metadata: Metadata,
    },
    /// What is known about a message of the agent (model, tokens, cost), told apart from its text.
    MessageDescribed {
        /// The agent's id of the message.
        message_id: String,
        /// Whether it sums up the context for the agent itself, and is no answer.
        is_summary: bool,
        /// What is known, laid over what was said in it.
        metadata: Metadata,
    },
    /// The agent's turn ended; it waits for its person.
    TurnEnded {
        /// Its last words, if any.
        text: Option<String>,
        /// Set when the turn failed: why.
        error: Option<String>,
        /// One line for a person.
        title: String,
        /// The rest.
        metadata: Metadata,
    },
    /// A subagent began. [`AgentReport::subagent`] is set.
    SubagentStarted {
        /// The rest.
        metadata: Metadata,
    },
    /// A subagent ended. [`AgentReport::subagent`] is set.
    SubagentEnded {
        /// Its last words, if any.
        text: Option<String>,
        /// The rest.
        metadata: Metadata,
    },
    /// The turn was broken off, most likely by its person.
    Interrupted {
        /// One line for a person.
        title: String,
        /// The rest.
        metadata: Metadata,
    },
    /// The agent says that it waits for its person's next prompt. So its turn is over, even if
    /// nobody said so.
    PersonAwaited {
        /// One line for a person.
        title: String,
        /// The whole text.
        body: Option<String>,
        /// The rest.
        metadata: Metadata,
    },
    /// The agent stopped running.
    SessionEnded {
        /// Why, in the agent's word.
        reason: String,
        /// The rest.
        metadata: Metadata,
    },
    /// More became known of the run, such as the model: laid over the event that began it. No event
    /// of its own.
    RunDescribed {
        /// What became known.
        metadata: Metadata,
    },
    /// Anything else: one event, as it is. Hooks that nobody knows come here with their raw
    /// payload in `metadata.raw`.
    Noted {
        /// The kind.
        kind: EventKind,
        /// The lane.
        lane: Lane,
        /// One line for a person.
        title: String,
        /// The whole text.
        body: Option<String>,
        /// The rest.
        metadata: Metadata,
    },
}

/// A tool call, and the one event it becomes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToolCall {
    /// The agent's id of the call. Calls with the same id are the same call. Without one, a call's
    /// beginning and its end find each other by the tool and its input, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The tool's name.
    pub tool_name: String,
    /// Its input, as the agent gave it.
    pub input: Value,
    /// The event's kind.
    pub kind: EventKind,
    /// The event's lane.
    pub lane: Lane,
    /// One line for a person.
    pub title: String,
    /// The event's body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The event's metadata from the call's beginning (command, subtypeKey, …).
    pub metadata: Metadata,
    /// Files the call touches.
    pub file_paths: Vec<String>,
    /// Whether a successful end means that the files were changed.
    pub changes_files: bool,
}

impl ToolCall {
    /// The id that the call goes by; empty while it has none.
    pub(crate) fn known_id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }
}

/// How a tool call ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallEnd {
    /// Completed, failed, interrupted or refused.
    pub status: ToolStatus,
    /// Metadata of the end (output, error, durationMs, …), laid over the beginning's.
    pub metadata: Metadata,
    /// A better title, now that the end is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The subagent that the call started, if it says: links the subagent's task to the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_subagent: Option<StartedSubagent>,
}

/// A subagent, as the call that started it names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartedSubagent {
    /// The agent's own id of it.
    pub id: String,
    /// See [`SubagentRef::has_session`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_session: bool,
    /// What it was asked to do, in one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}
