//! The closed sets of words of the wire contract: lanes, kinds, states.

use serde::{Deserialize, Serialize};

/// A closed set of words.
pub trait Words: Copy + 'static {
    /// Every word of the set, in the order of the contract.
    fn words() -> Vec<&'static str>;
    /// The variant for a word of the wire, if it is one.
    fn parse_word(word: &str) -> Option<Self>;
    /// The word on the wire.
    fn word(self) -> &'static str;
}

/// Declares an enum whose variants are words on the wire, with `ALL`, `as_str` and `parse`.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// Every word of the set, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The variant for a word of the wire, if it is one.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl Words for $name {
            fn words() -> Vec<&'static str> {
                vec![$($word),+]
            }

            fn parse_word(word: &str) -> Option<Self> {
                Self::parse(word)
            }

            fn word(self) -> &'static str {
                self.as_str()
            }
        }
    };
}

words! {
    /// The row of the timeline an event belongs to.
    Lane {
        /// What the person and the agent said to each other, and a task's beginning and end.
        User = "user",
        /// Looking: reads, searches, web.
        Exploration = "exploration",
        /// Plans, thoughts, saved context.
        Planning = "planning",
        /// Doing: edits, commands, verification.
        Implementation = "implementation",
        /// What the agent asked and what came of it.
        Questions = "questions",
        /// The agent's own to-do list.
        Todos = "todos",
        /// Asynchronous work.
        Background = "background",
        /// Delegation, skills, other tools' servers.
        Coordination = "coordination",
    }
}

impl Lane {
    /// Reads a stored or foreign lane name; old names map to today's, anything else to `user`.
    pub fn from_any(word: &str) -> Self {
        Self::parse(word).unwrap_or(match word {
            "file" => Self::Exploration,
            "terminal" | "tool" | "rules" => Self::Implementation,
            "thought" | "thoughts" => Self::Planning,
            _ => Self::User,
        })
    }
}

words! {
    /// What happened.
    EventKind {
        /// A task began.
        TaskStart = "task.start",
        /// A task was completed.
        TaskComplete = "task.complete",
        /// A task failed.
        TaskError = "task.error",
        /// The agent wrote down a plan.
        PlanLogged = "plan.logged",
        /// The agent took a named action, or an asynchronous task moved.
        ActionLogged = "action.logged",
        /// Delegation, a skill, a call to an MCP server.
        AgentActivityLogged = "agent.activity.logged",
        /// Something was checked, with a result.
        VerificationLogged = "verification.logged",
        /// A rule was applied.
        RuleLogged = "rule.logged",
        /// A tool was called.
        ToolUsed = "tool.used",
        /// A command ran in a terminal.
        TerminalCommand = "terminal.command",
        /// Context was saved or changed.
        ContextSaved = "context.saved",
        /// A file was changed (derived from the event that changed it).
        FileChanged = "file.changed",
        /// The agent thought aloud.
        ThoughtLogged = "thought.logged",
        /// A person's message.
        UserMessage = "user.message",
        /// The agent asked something.
        QuestionLogged = "question.logged",
        /// An item of the agent's to-do list moved.
        TodoLogged = "todo.logged",
        /// The agent's answer.
        AssistantResponse = "assistant.response",
    }
}

words! {
    /// The state of a task.
    TaskStatus {
        /// An agent works on it.
        Running = "running",
        /// It waits for its person (or for its background work).
        Waiting = "waiting",
        /// Done.
        Completed = "completed",
        /// Failed.
        Errored = "errored",
    }
}

impl TaskStatus {
    /// Whether the task is over: completed or errored.
    pub fn is_finished(self) -> bool {
        matches!(self, Self::Completed | Self::Errored)
    }
}

words! {
    /// Why a task is in its state: what its agent is doing, or what it waits for.
    ActivityState {
        /// The agent works on a turn.
        Working = "working",
        /// It asked for a permission, and no answer was reported yet.
        Permission = "permission",
        /// It waits for its person: for a prompt, or for the answer to a question.
        Person = "person",
        /// Its turn is over, and work that it delegated goes on.
        Background = "background",
        /// Its turn was broken off.
        Interrupted = "interrupted",
        /// Its turn failed, or the task did.
        Failed = "failed",
        /// It should be working, and nothing was heard of it for long.
        Silent = "silent",
        /// The task is over.
        Done = "done",
    }
}

words! {
    /// Whether a person asked for a task or an agent delegated it.
    TaskKind {
        /// Asked for by a person.
        Primary = "primary",
        /// Delegated by another task.
        Background = "background",
    }
}

words! {
    /// The state of a session.
    SessionStatus {
        /// The agent runs.
        Running = "running",
        /// It ended.
        Completed = "completed",
        /// It ended with an error.
        Errored = "errored",
    }
}

words! {
    /// What a person thinks of a task.
    Rating {
        /// Worth doing so again.
        Good = "good",
        /// Not worth finding again.
        Skip = "skip",
    }
}

words! {
    /// What a bookmark points at.
    BookmarkKind {
        /// A whole task.
        Task = "task",
        /// One event.
        Event = "event",
    }
}

words! {
    /// How one event relates to another.
    RelationType {
        /// Carries out what the other planned.
        Implements = "implements",
        /// Changes what the other said.
        Revises = "revises",
        /// Checks the other.
        Verifies = "verifies",
        /// Answers the other.
        Answers = "answers",
        /// Hands work over.
        Delegates = "delegates",
        /// Hands work back.
        Returns = "returns",
        /// Finishes the other.
        Completes = "completes",
        /// Stands in the other's way.
        Blocks = "blocks",
        /// Follows from the other.
        CausedBy = "caused_by",
        /// Any other relation.
        RelatesTo = "relates_to",
    }
}

words! {
    /// Why a session ended.
    CompletionReason {
        /// The agent has nothing to do.
        Idle = "idle",
        /// The agent's turn is over.
        AssistantTurnComplete = "assistant_turn_complete",
        /// The person left.
        ExplicitExit = "explicit_exit",
        /// The agent's process is gone.
        RuntimeTerminated = "runtime_terminated",
    }
}

words! {
    /// The state of an asynchronous task, as its agent reports it.
    AsyncStatus {
        /// Not started.
        Pending = "pending",
        /// Running.
        Running = "running",
        /// Done.
        Completed = "completed",
        /// Failed.
        Error = "error",
        /// Given up.
        Cancelled = "cancelled",
        /// Stopped from outside.
        Interrupt = "interrupt",
    }
}

words! {
    /// What kind of coordination an agent activity is.
    ActivityType {
        /// A step of an agent.
        AgentStep = "agent_step",
        /// A call to an MCP server.
        McpCall = "mcp_call",
        /// A skill was used.
        SkillUse = "skill_use",
        /// Work was handed to another agent.
        Delegation = "delegation",
        /// Work was handed over for good.
        Handoff = "handoff",
        /// A bookmark was used.
        Bookmark = "bookmark",
        /// A search ran.
        Search = "search",
    }
}

words! {
    /// Whether a user message is the person's own words.
    CaptureMode {
        /// The person's own words.
        Raw = "raw",
        /// Made from another message.
        Derived = "derived",
    }
}

words! {
    /// Whether a user message opens a task or follows up.
    MessagePhase {
        /// The first message of a task.
        Initial = "initial",
        /// Any later one.
        FollowUp = "follow_up",
    }
}

words! {
    /// How far a question is.
    QuestionPhase {
        /// Asked, and open.
        Asked = "asked",
        /// Answered, and open.
        Answered = "answered",
        /// Settled.
        Concluded = "concluded",
    }
}

words! {
    /// How far an item of a to-do list is.
    TodoState {
        /// On the list.
        Added = "added",
        /// Being worked on.
        InProgress = "in_progress",
        /// Done.
        Completed = "completed",
        /// Given up.
        Cancelled = "cancelled",
    }
}

words! {
    /// What a stretch of a session's time was spent on.
    Phase {
        /// Planning and thinking.
        Planning = "planning",
        /// Looking around.
        Exploration = "exploration",
        /// Doing.
        Implementation = "implementation",
        /// Checking.
        Verification = "verification",
        /// Working with other agents and servers.
        Coordination = "coordination",
    }
}

words! {
    /// How far a tool call is (`metadata.toolStatus`).
    ToolStatus {
        /// Started, not ended.
        Running = "running",
        /// Ended well.
        Completed = "completed",
        /// Ended with an error.
        Failed = "failed",
        /// Stopped by the person.
        Interrupted = "interrupted",
        /// Refused before it ran.
        Refused = "refused",
        /// No end was ever reported; later events show that it is over. A guess, marked as one.
        Unfinished = "unfinished",
    }
}

#[cfg(test)]
mod tests {
    use super::{EventKind, Lane};

    #[test]
    fn old_lane_names_are_read() {
        assert_eq!(Lane::from_any("file"), Lane::Exploration);
        assert_eq!(Lane::from_any("rules"), Lane::Implementation);
        assert_eq!(Lane::from_any("thoughts"), Lane::Planning);
        assert_eq!(Lane::from_any("message"), Lane::User);
        assert_eq!(Lane::from_any("no such lane"), Lane::User);
        assert_eq!(Lane::from_any("todos"), Lane::Todos);
    }

    #[test]
    fn words_read_back() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::parse(kind.as_str()), Some(*kind));
        }
        assert_eq!((Lane::ALL.len(), EventKind::ALL.len()), (8, 17));
    }
}
