use super::{Fields, lifecycle, save_bookmark, talk, work};
use crate::command::{Command, Rejection};
use crate::redact::{About, Redactor};

/// A `POST` route of `/api`. The server makes its router from [`PostRoute::ALL`], so a route that
/// is here is served.
#[derive(Clone, Copy, Debug)]
pub struct PostRoute {
    /// The path below `/api/`.
    pub path: &'static str,
    read: fn(&mut Fields) -> Result<Command, Rejection>,
}

impl PostRoute {
    /// Every one of them.
    pub const ALL: &'static [Self] = &[
        Self {
            path: "task-start",
            read: lifecycle::task_start,
        },
        Self {
            path: "task-link",
            read: lifecycle::task_link,
        },
        Self {
            path: "task-complete",
            read: lifecycle::task_complete,
        },
        Self {
            path: "task-error",
            read: lifecycle::task_error,
        },
        Self {
            path: "session-end",
            read: lifecycle::session_end,
        },
        Self {
            path: "runtime-session-ensure",
            read: lifecycle::runtime_session_ensure,
        },
        Self {
            path: "runtime-session-end",
            read: lifecycle::runtime_session_end,
        },
        Self {
            path: "tool-used",
            read: work::tool_used,
        },
        Self {
            path: "terminal-command",
            read: work::terminal_command,
        },
        Self {
            path: "save-context",
            read: work::save_context,
        },
        Self {
            path: "explore",
            read: work::explore,
        },
        Self {
            path: "plan",
            read: work::plan,
        },
        Self {
            path: "action",
            read: work::action,
        },
        Self {
            path: "verify",
            read: work::verify,
        },
        Self {
            path: "rule",
            read: work::rule,
        },
        Self {
            path: "async-task",
            read: work::async_task,
        },
        Self {
            path: "agent-activity",
            read: work::agent_activity,
        },
        Self {
            path: "user-message",
            read: talk::user_message,
        },
        Self {
            path: "question",
            read: talk::question,
        },
        Self {
            path: "todo",
            read: talk::todo,
        },
        Self {
            path: "thought",
            read: talk::thought,
        },
        Self {
            path: "assistant-response",
            read: talk::assistant_response,
        },
        Self {
            path: "bookmarks",
            read: save_bookmark,
        },
    ];

    /// Whether its body may be as large as what agents send.
    pub fn brings_events(&self) -> bool {
        self.path != "bookmarks"
    }

    /// Reads a body without its secrets. The event that it becomes says what was removed.
    ///
    /// # Errors
    /// [`Rejection::Invalid`], with a sentence that names the field.
    pub fn command(&self, body: &[u8], redactor: &Redactor) -> Result<Command, Rejection> {
        let (mut fields, removed) = Fields::parse(body, self.about(), redactor)?;
        let mut command = (self.read)(&mut fields)?;
        if let Command::LogEvent(event) = &mut command {
            removed.note(&mut event.metadata);
        }
        Ok(command)
    }

    /// What its texts are.
    fn about(&self) -> About {
        match self.path {
            "user-message" => About::Prompt,
            "tool-used" | "terminal-command" | "explore" | "verify" | "agent-activity" => {
                About::Tool
            }
            _ => About::Other,
        }
    }
}
