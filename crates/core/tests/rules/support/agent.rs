//! Reports of an agent named Tester, in the folder `/w/app`.

use agent_tracer_core::command::Command;
use agent_tracer_core::entity::Metadata;
use agent_tracer_core::report::{
    AgentReport, CallEnd, Delivery, StartedSubagent, SubagentRef, ToolCall, What,
};
use agent_tracer_core::vocabulary::{EventKind, Lane, TodoState, ToolStatus};
use serde_json::json;

/// The agent, in one of its sessions and turns, or a subagent of it.
#[derive(Clone, Debug)]
pub(crate) struct Agent {
    pub(crate) name: &'static str,
    pub(crate) session: String,
    pub(crate) prompt: Option<String>,
    pub(crate) subagent: Option<String>,
    /// Whether the subagent runs in a session of its own.
    pub(crate) has_session: bool,
    /// The agent's own id of what it reports.
    pub(crate) event: Option<String>,
}

pub(crate) fn agent(session: &str) -> Agent {
    Agent {
        name: "Tester",
        session: session.to_owned(),
        prompt: Some("p1".to_owned()),
        subagent: None,
        has_session: false,
        event: None,
    }
}

impl Agent {
    pub(crate) fn subagent(&self, id: &str) -> Self {
        Self {
            subagent: Some(id.to_owned()),
            ..self.clone()
        }
    }

    /// A subagent that runs in a session of its own.
    pub(crate) fn session_subagent(&self, id: &str) -> Self {
        Self {
            has_session: true,
            ..self.subagent(id)
        }
    }

    pub(crate) fn event(&self, id: &str) -> Self {
        Self {
            event: Some(id.to_owned()),
            ..self.clone()
        }
    }

    pub(crate) fn turn(&self, prompt: Option<&str>) -> Self {
        Self {
            prompt: prompt.map(str::to_owned),
            ..self.clone()
        }
    }

    pub(crate) fn report(&self, what: What) -> Command {
        Command::Report(Box::new(Delivery::from(AgentReport {
            source: "tester".to_owned(),
            agent_name: self.name.to_owned(),
            runtime_session_id: self.session.clone(),
            workspace_path: Some("/w/app".to_owned()),
            subagent: self.subagent.as_ref().map(|id| SubagentRef {
                id: id.clone(),
                has_session: self.has_session,
                agent_type: Some("Explore".to_owned()),
            }),
            prompt_id: self.prompt.clone(),
            happened_at: None,
            event_id: self.event.clone(),
            hook_event: "Hook".to_owned(),
            what,
        })))
    }

    pub(crate) fn starts(&self) -> Command {
        self.report(What::SessionStarted {
            how: "startup".to_owned(),
            metadata: Metadata::new(),
        })
    }

    pub(crate) fn ends(&self) -> Command {
        self.report(What::SessionEnded {
            reason: "other".to_owned(),
            metadata: Metadata::new(),
        })
    }

    pub(crate) fn prompted(&self, text: &str) -> Command {
        self.prompt(text, true)
    }

    pub(crate) fn prompt(&self, text: &str, by_person: bool) -> Command {
        self.report(What::Prompted {
            text: text.to_owned(),
            by_person,
            title: text.to_owned(),
            metadata: Metadata::new(),
        })
    }

    pub(crate) fn begins(&self, call: &str) -> Command {
        self.report(What::CallStarted(command(call)))
    }

    pub(crate) fn completes(&self, call: &str) -> Command {
        self.finishes(command(call), ToolStatus::Completed)
    }

    pub(crate) fn finishes(&self, call: ToolCall, status: ToolStatus) -> Command {
        self.report(What::CallEnded {
            call,
            end: end(status),
        })
    }

    pub(crate) fn batch(&self, calls: &[(&str, ToolStatus)]) -> Command {
        let calls = calls
            .iter()
            .map(|(call, status)| (command(call), end(*status)));
        self.report(What::BatchEnded {
            calls: calls.collect(),
        })
    }

    /// The end of a call that started a subagent to do `task`.
    pub(crate) fn launched(&self, call: &str, subagent: &str, task: &str) -> Command {
        self.report(What::CallEnded {
            call: delegation(call),
            end: CallEnd {
                started_subagent: Some(StartedSubagent {
                    id: subagent.to_owned(),
                    has_session: false,
                    description: Some(task.to_owned()),
                }),
                ..end(ToolStatus::Completed)
            },
        })
    }

    pub(crate) fn asks(&self, call: &str) -> Command {
        let ToolCall {
            tool_name, input, ..
        } = command(call);
        self.report(What::PermissionAsked {
            tool_name,
            input,
            title: format!("May I {call}?"),
            metadata: Metadata::new(),
        })
    }

    pub(crate) fn todo(&self, id: &str, state: TodoState, title: &str) -> Command {
        self.report(What::TodoMoved {
            todo_id: id.to_owned(),
            state,
            title: title.to_owned(),
            metadata: Metadata::new(),
        })
    }

    pub(crate) fn answers(&self, text: &str) -> Command {
        self.turn_ended(Some(text), None)
    }

    pub(crate) fn turn_ended(&self, text: Option<&str>, error: Option<&str>) -> Command {
        self.report(What::TurnEnded {
            text: text.map(str::to_owned),
            error: error.map(str::to_owned),
            title: text.or(error).unwrap_or_default().to_owned(),
            metadata: Metadata::new(),
        })
    }

    pub(crate) fn subagent_starts(&self) -> Command {
        self.report(What::SubagentStarted {
            metadata: Metadata::new(),
        })
    }

    pub(crate) fn subagent_ends(&self, text: &str) -> Command {
        self.report(What::SubagentEnded {
            text: Some(text.to_owned()),
            metadata: Metadata::new(),
        })
    }

    pub(crate) fn awaits(&self) -> Command {
        self.report(What::PersonAwaited {
            title: "waiting for your input".to_owned(),
            body: None,
            metadata: Metadata::new(),
        })
    }

    pub(crate) fn notes(&self, title: &str) -> Command {
        self.report(What::Noted {
            kind: EventKind::ContextSaved,
            lane: Lane::Planning,
            title: title.to_owned(),
            body: None,
            metadata: Metadata::new(),
        })
    }
}

/// A terminal command; its input is made from its id, so that two of them differ.
pub(crate) fn command(id: &str) -> ToolCall {
    ToolCall {
        id: Some(id.to_owned()),
        tool_name: "Bash".to_owned(),
        input: json!({ "command": id }),
        kind: EventKind::TerminalCommand,
        lane: Lane::Implementation,
        title: format!("run {id}"),
        body: None,
        metadata: Metadata::new(),
        file_paths: Vec::new(),
        changes_files: false,
    }
}

/// A call that changes `a.rs` and `b/c.rs`.
pub(crate) fn edit(id: &str) -> ToolCall {
    ToolCall {
        tool_name: "Edit".to_owned(),
        kind: EventKind::ToolUsed,
        file_paths: vec!["a.rs".to_owned(), "b/c.rs".to_owned()],
        changes_files: true,
        ..command(id)
    }
}

/// A call that starts a subagent.
pub(crate) fn delegation(id: &str) -> ToolCall {
    let mut call = command(id);
    call.metadata
        .insert("agentName".to_owned(), json!("Explore"));
    ToolCall {
        tool_name: "Agent".to_owned(),
        kind: EventKind::AgentActivityLogged,
        lane: Lane::Coordination,
        title: format!("delegate {id}"),
        ..call
    }
}

/// A call that adds `title` to the to-do list, which does not know its id yet.
pub(crate) fn todo_call(id: &str, title: &str) -> ToolCall {
    let mut call = command(id);
    call.metadata.insert("todoState".to_owned(), json!("added"));
    ToolCall {
        tool_name: "TaskCreate".to_owned(),
        kind: EventKind::TodoLogged,
        lane: Lane::Todos,
        title: title.to_owned(),
        ..call
    }
}

pub(crate) fn end(status: ToolStatus) -> CallEnd {
    CallEnd {
        status,
        metadata: Metadata::new(),
        title: None,
        started_subagent: None,
    }
}
