//! Reports of an agent made by chance.

use agent_tracer_core::entity::Metadata;
use agent_tracer_core::report::{AgentReport, CallEnd, SubagentRef, ToolCall, What};
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::vocabulary::{EventKind, Lane, TodoState, ToolStatus};
use serde_json::json;

use super::store::START;

/// A report of one of three runs, perhaps of a subagent in it.
pub(crate) fn report(x: u8, y: u8, z: u8) -> AgentReport {
    let (what, subagent) = what(y, z);
    AgentReport {
        source: "agent".to_owned(),
        agent_name: "Agent".to_owned(),
        runtime_session_id: format!("run-{}", x % 3),
        workspace_path: Some("/home/me/project".to_owned()),
        subagent: subagent.then(|| SubagentRef {
            id: format!("sub-{}", z % 2),
            agent_type: Some("Explore".to_owned()),
            has_session: false,
        }),
        prompt_id: Some(format!("prompt-{}", z % 3)).filter(|_| x > 128),
        happened_at: Some(Timestamp::from_millis(START + i64::from(z) * 1_000))
            .filter(|_| x.is_multiple_of(5) && y > 100),
        event_id: None,
        hook_event: "Hook".to_owned(),
        what,
    }
}

fn what(y: u8, z: u8) -> (What, bool) {
    let (metadata, title) = (Metadata::new(), format!("title {z}"));
    let of_subagent = z > 200;
    let what = match y % 12 {
        0 => What::SessionStarted {
            how: ["startup", "resume"][usize::from(z % 2)].to_owned(),
            metadata,
        },
        1 => What::Prompted {
            text: title.clone(),
            by_person: z > 40,
            title,
            metadata,
        },
        2 | 3 => What::CallStarted(call(z)),
        4 | 5 => What::CallEnded {
            call: call(z),
            end: end(z),
        },
        6 => What::BatchEnded {
            calls: vec![(call(z), end(z)), (call(z + (255 - z) / 2), end(z))],
        },
        7 => What::PermissionAsked {
            tool_name: "Tool".to_owned(),
            input: json!({"n": z % 4}),
            title,
            metadata,
        },
        8 => What::TodoMoved {
            todo_id: format!("{}", z % 3),
            state: TodoState::ALL[usize::from(z) % TodoState::ALL.len()],
            title,
            metadata,
        },
        9 => What::TurnEnded {
            text: Some(title.clone()),
            error: Some("failed".to_owned()).filter(|_| z < 30),
            title,
            metadata,
        },
        10 if of_subagent => What::SubagentStarted { metadata },
        10 => What::SessionEnded {
            reason: "exit".to_owned(),
            metadata,
        },
        _ if of_subagent => What::SubagentEnded {
            text: Some(title),
            metadata,
        },
        _ => What::Noted {
            kind: EventKind::ContextSaved,
            lane: Lane::Planning,
            title,
            body: None,
            metadata,
        },
    };
    (what, of_subagent)
}

pub(crate) fn call(z: u8) -> ToolCall {
    ToolCall {
        id: (!z.is_multiple_of(5)).then(|| format!("call-{}", z % 4)),
        tool_name: "Tool".to_owned(),
        input: json!({"n": z % 4}),
        kind: [EventKind::ToolUsed, EventKind::TerminalCommand][usize::from(z % 2)],
        lane: Lane::Implementation,
        title: format!("call {z}"),
        body: None,
        metadata: Metadata::new(),
        file_paths: vec![format!("/src/{}.rs", z % 5)],
        changes_files: z > 100,
    }
}

pub(crate) fn end(z: u8) -> CallEnd {
    CallEnd {
        status: ToolStatus::ALL[usize::from(z) % ToolStatus::ALL.len()],
        metadata: Metadata::new(),
        title: Some("ended".to_owned()).filter(|_| z > 128),
        started_subagent: None,
    }
}
