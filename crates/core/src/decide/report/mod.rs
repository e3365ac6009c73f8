//! What an agent's report does: it finds (or makes) the task and session, then tells the event.
//!
//! Reports come from separate processes and may overlap, repeat or miss. So each one attaches by
//! itself, calls and prompts are told once by their ids, an end makes up for a beginning that was
//! not seen, and what stays open is closed as "no end was reported" by what comes later.

mod asks;
mod attach;
mod calls;
mod delegated;
mod message;
mod note;
mod once;
mod pairs;
mod rest;
mod run;
mod subagent;
mod time;
mod todo;
mod took;
mod turn;
mod unnamed;

use attach::{Opening, Place, attach};
pub(super) use calls::open_calls;
pub(super) use run::{complete_lost, end_and_complete, end_lost_children, settle_open};
use serde_json::json;

use crate::command::Reply;
use crate::decide::activity;
use crate::draft::{Draft, NewEvent, Step};
use crate::entity::Metadata;
use crate::report::{AgentReport, Delivery, SubagentRef, ToolCall, What};
use crate::time::Timestamp;
use crate::vocabulary::EventKind;

/// Takes what was delivered.
pub(super) fn take(draft: &mut Draft<'_>, delivery: Delivery) -> Step<Reply> {
    if let Some(id) = delivery.id
        && !draft.take_delivery(id)?
    {
        return Ok(Reply::Done { ok: true });
    }
    let run = delivery
        .reports
        .first()
        .map(|report| (report.source.clone(), report.runtime_session_id.clone()));
    if let (Some(first), Some(raw)) = (delivery.reports.first(), delivery.raw) {
        draft.keep_payload(first.hook_event.clone(), raw);
    }
    let imported = delivery.transcripts.is_some();
    draft.put_transcripts(delivery.transcripts.unwrap_or_default());
    let mut place = None;
    for report in delivery.reports {
        if imported && attach::is_told_by_hooks(draft, &report)? {
            continue;
        }
        let told = take_one(draft, report, delivery.sent_at, imported)?;
        activity::refresh(draft, &told.task_id)?;
        place = Some(told);
    }
    for record in delivery.usage {
        draft.record_usage(record)?;
    }
    if let (Some((source, runtime)), false) = (&run, imported) {
        attach::note_hooks(draft, source, runtime)?;
    }
    // Among them subagents that were made because their parent spoke of them.
    for moved in draft.moved_tasks() {
        activity::refresh(draft, &moved)?;
    }
    if let (Some((source, runtime)), Some(process)) = (run, delivery.process) {
        attach::note_process(draft, &source, &runtime, process)?;
    }
    let Some(place) = place else {
        return Ok(Reply::Done { ok: true });
    };
    Ok(Reply::Envelope {
        task: draft.task_entity(&place.task_id)?,
        session_id: place.session_id,
        events: draft.logged(),
    })
}

fn take_one(
    draft: &mut Draft<'_>,
    report: AgentReport,
    sent_at: Option<Timestamp>,
    imported: bool,
) -> Step<Place> {
    let said = [report.happened_at, sent_at];
    let (origin, what) = Origin::split(report, imported);
    // What came late is told as it would have been told at once: all rules go by this time.
    draft.now = time::happened_at(draft, &origin, said)?;
    let opening = if is_told(draft, &origin, &what)? {
        Opening::Never
    } else {
        opening(&what)
    };
    let place = attach(draft, &origin, opening)?;
    if once::first_time(draft, &place, &origin)? {
        let what = delegated::understood(draft, &place, &origin, what)?;
        tell(draft, &place, &origin, what)?;
    }
    Ok(place)
}

/// Whether this was told before, as far as its ids say: then it means nothing now.
fn is_told(draft: &mut Draft<'_>, origin: &Origin, what: &What) -> Step<bool> {
    let Some(task) = attach::known_task(draft, origin)? else {
        return Ok(false);
    };
    if once::is_told(draft, &task, origin)? {
        return Ok(true);
    }
    match what {
        What::Prompted { text, .. } => turn::is_told(draft, &task, "prompt", origin, text),
        What::CallStarted(ToolCall { id: Some(id), .. }) => {
            Ok(calls::told(draft, &task, id)?.is_some())
        }
        _ => Ok(false),
    }
}

/// Whether a report of this sort means that the agent runs.
fn opening(what: &What) -> Opening {
    match what {
        What::Prompted { .. } => Opening::Always,
        What::SessionStarted { .. } | What::SubagentStarted { .. } => Opening::UnlessLate,
        What::CallStarted(_) => Opening::IfLongEnded,
        What::CallEnded { .. }
        | What::BatchEnded { .. }
        | What::PermissionAsked { .. }
        | What::PermissionRequested { .. }
        | What::PermissionAnswered { .. }
        | What::ChangeShown { .. }
        | What::Said { .. }
        | What::MessageDescribed { .. }
        | What::TodoMoved { .. }
        | What::TurnEnded { .. }
        | What::SubagentEnded { .. }
        | What::Interrupted { .. }
        | What::PersonAwaited { .. }
        | What::SessionEnded { .. }
        | What::RunDescribed { .. }
        | What::Noted { .. } => Opening::Never,
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one short arm for each sort of report"
)]
fn tell(draft: &mut Draft<'_>, place: &Place, hook: &Origin, what: What) -> Step<()> {
    match what {
        What::SessionStarted { how, metadata } => run::started(draft, place, hook, &how, metadata),
        What::Prompted {
            text,
            by_person,
            title,
            metadata,
        } => turn::prompted(
            draft,
            place,
            hook,
            turn::Prompt {
                text,
                by_person,
                title,
                metadata,
            },
        ),
        What::CallStarted(mut call) => {
            pairs::begins(draft, &place.task_id, &mut call)?;
            calls::started(draft, place, hook, &call)
        }
        What::CallEnded { mut call, end } => {
            pairs::ends(draft, &place.task_id, &mut call)?;
            calls::ended(draft, place, hook, &call, end)
        }
        What::BatchEnded { calls } => calls::batch_ended(draft, place, hook, calls),
        What::PermissionAsked {
            tool_name,
            input,
            title,
            metadata,
        } => {
            let question = unnamed::Question {
                tool_name,
                input,
                title,
                metadata,
            };
            unnamed::asked(draft, place, hook, question)
        }
        What::PermissionRequested {
            request_id,
            title,
            metadata,
        } => {
            let ask = asks::Ask {
                name: asks::request(&request_id),
                title,
                metadata,
            };
            asks::asked(draft, place, hook, ask)
        }
        What::PermissionAnswered {
            request_id,
            granted,
            metadata,
        } => asks::answered(draft, place, &request_id, granted, &metadata),
        What::ChangeShown { path, diff } => calls::show_change(draft, place, &path, diff),
        What::Said {
            message_id,
            text,
            title,
            metadata,
        } => message::said(
            draft,
            place,
            hook,
            message::Words {
                message_id,
                text,
                title,
                metadata,
            },
        ),
        What::MessageDescribed {
            message_id,
            is_summary,
            metadata,
        } => message::described(draft, place, &message_id, is_summary, metadata),
        What::TodoMoved {
            todo_id,
            state,
            title,
            metadata,
        } => todo::moved(
            draft,
            place,
            hook,
            todo::Move {
                todo_id,
                state,
                title,
                metadata,
            },
        ),
        What::TurnEnded {
            text,
            error,
            title,
            metadata,
        } => turn::ended(
            draft,
            place,
            hook,
            turn::Answer {
                text,
                error,
                title,
                metadata,
            },
        ),
        What::SubagentStarted { metadata } => {
            run::started(draft, place, hook, "subagent", metadata)
        }
        What::SubagentEnded { text, metadata } => {
            subagent::ended(draft, place, hook, text, metadata)
        }
        What::Interrupted { title, metadata } => {
            rest::interrupted(draft, place, hook, title, metadata)
        }
        What::PersonAwaited {
            title,
            body,
            metadata,
        } => rest::person_awaited(draft, place, hook, (title, body), metadata),
        What::SessionEnded { reason, metadata } => {
            run::ended(draft, place, hook, &reason, metadata)
        }
        What::RunDescribed { metadata } => run::described(draft, place, metadata),
        What::Noted {
            kind,
            lane,
            title,
            body,
            metadata,
        } => {
            let note = note::Note {
                kind,
                lane,
                title,
                body,
                metadata,
            };
            note::noted(draft, place, hook, note)
        }
    }
}

/// Where a report comes from: everything in it but what happened.
struct Origin {
    source: String,
    agent_name: String,
    runtime_session_id: String,
    workspace_path: Option<String>,
    subagent: Option<SubagentRef>,
    prompt_id: Option<String>,
    happened_at: Option<Timestamp>,
    event_id: Option<String>,
    hook_event: String,
    /// Whether a transcript tells it.
    imported: bool,
}

impl Origin {
    fn split(report: AgentReport, imported: bool) -> (Self, What) {
        let origin = Self {
            source: report.source,
            agent_name: report.agent_name,
            runtime_session_id: report.runtime_session_id,
            workspace_path: report.workspace_path,
            subagent: report.subagent,
            prompt_id: report.prompt_id,
            happened_at: report.happened_at,
            event_id: report.event_id,
            hook_event: report.hook_event,
            imported,
        };
        (origin, report.what)
    }
}

impl Place {
    /// An event at this place, with the hook's name (and the turn) in its metadata.
    fn event(
        &self,
        kind: EventKind,
        title: impl Into<String>,
        hook: &Origin,
        metadata: Metadata,
    ) -> NewEvent {
        let mut event = NewEvent::new(&self.task_id, kind, title);
        event.session_id.clone_from(&self.session_id);
        event.metadata = metadata;
        event
            .metadata
            .insert("hookEvent".into(), hook.hook_event.clone().into());
        if let Some(happened) = hook.happened_at {
            event.metadata.insert("happenedAt".into(), json!(happened));
        }
        if let Some(prompt) = &hook.prompt_id {
            event
                .metadata
                .insert("promptId".into(), prompt.clone().into());
        }
        event
    }
}
