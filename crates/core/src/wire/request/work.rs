//! What agents do: tools, commands, plans, checks, asynchronous work, coordination.

use super::Fields;
use super::event::{command, common, copy, lane, relations};
use crate::command::{Command, LogEvent, Rejection};
use crate::vocabulary::{ActivityType, AsyncStatus, EventKind, Lane};

type Read = Result<Command, Rejection>;

/// The common fields of a kind with relations.
fn related(fields: &mut Fields, kind: EventKind) -> Result<LogEvent, Rejection> {
    let mut log = common(fields, kind)?;
    relations(fields, &mut log.metadata)?;
    Ok(log)
}

/// Takes a required text and keeps it in the metadata too.
fn kept(fields: &mut Fields, log: &mut LogEvent, name: &str) -> Result<String, Rejection> {
    let text = fields.required(name)?;
    log.metadata.insert(name.to_owned(), text.clone().into());
    Ok(text)
}

pub(super) fn tool_used(fields: &mut Fields) -> Read {
    let mut log = related(fields, EventKind::ToolUsed)?;
    let tool = kept(fields, &mut log, "toolName")?;
    log.lane = lane(fields)?;
    Ok(command(log, &tool))
}

/// Relations are accepted here, and dropped, as the contract has it.
pub(super) fn terminal_command(fields: &mut Fields) -> Read {
    let mut log = common(fields, EventKind::TerminalCommand)?;
    let text = kept(fields, &mut log, "command")?;
    log.lane = lane(fields)?;
    log.body = log.body.or_else(|| Some(text.clone()));
    Ok(command(log, &text))
}

pub(super) fn save_context(fields: &mut Fields) -> Read {
    let title = fields.required("title")?;
    let mut log = related(fields, EventKind::ContextSaved)?;
    log.lane = lane(fields)?;
    Ok(command(log, &title))
}

pub(super) fn explore(fields: &mut Fields) -> Read {
    let title = fields.required("title")?;
    let mut log = related(fields, EventKind::ToolUsed)?;
    kept(fields, &mut log, "toolName")?;
    log.lane = Some(lane(fields)?.unwrap_or(Lane::Exploration));
    Ok(command(log, &title))
}

pub(super) fn plan(fields: &mut Fields) -> Read {
    let mut log = related(fields, EventKind::PlanLogged)?;
    let action = kept(fields, &mut log, "action")?;
    log.lane = Some(Lane::Planning);
    log.action = Some(action.clone());
    Ok(command(log, &action))
}

pub(super) fn action(fields: &mut Fields) -> Read {
    let mut log = related(fields, EventKind::ActionLogged)?;
    let action = kept(fields, &mut log, "action")?;
    log.action = Some(action.clone());
    Ok(command(log, &action))
}

pub(super) fn verify(fields: &mut Fields) -> Read {
    let mut log = related(fields, EventKind::VerificationLogged)?;
    let action = kept(fields, &mut log, "action")?;
    let result = kept(fields, &mut log, "result")?;
    let status = verification_status(&fields.text("status")?.unwrap_or_else(|| result.clone()));
    log.metadata
        .insert("verificationStatus".into(), status.into());
    log.lane = Some(Lane::Implementation);
    log.action = Some(action.clone());
    log.body = log.body.or(Some(result));
    Ok(command(log, &action))
}

/// `pass`, `fail` or `warn` where the text says so, else the text in lower case.
fn verification_status(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(&["pass", "ok", "success"]) {
        "pass".into()
    } else if says(&["fail", "error"]) {
        "fail".into()
    } else if says(&["warn"]) {
        "warn".into()
    } else {
        text
    }
}

pub(super) fn rule(fields: &mut Fields) -> Read {
    let mut log = related(fields, EventKind::RuleLogged)?;
    let action = kept(fields, &mut log, "action")?;
    let rule = kept(fields, &mut log, "ruleId")?;
    let severity = kept(fields, &mut log, "severity")?;
    let status = fields.required("status")?;
    let source = fields
        .text("source")?
        .unwrap_or_else(|| "rule-guard".into());
    log.body = log
        .body
        .or_else(|| Some(format!("{rule} · {severity} · {status}")));
    log.metadata.insert("ruleStatus".into(), status.into());
    log.metadata.insert("ruleSource".into(), source.into());
    log.lane = Some(Lane::Implementation);
    log.action = Some(action.clone());
    Ok(command(log, &action))
}

/// A repeated (task, asynchronous task, status) is logged once.
pub(super) fn async_task(fields: &mut Fields) -> Read {
    let mut log = related(fields, EventKind::ActionLogged)?;
    let id = kept(fields, &mut log, "asyncTaskId")?;
    let status: AsyncStatus = fields.required_word("asyncStatus")?;
    log.metadata
        .insert("asyncStatus".into(), status.as_str().into());
    copy(fields, &mut log.metadata, &["parentSessionId"])?;
    let description = fields.text("description")?;
    log.body = log.body.or_else(|| description.clone());
    let renamed = [
        ("description", description),
        ("asyncAgent", fields.text("agent")?),
        ("asyncCategory", fields.text("category")?),
    ];
    for (name, text) in renamed {
        log.metadata
            .extend(text.map(|text| (name.to_owned(), text.into())));
    }
    if let Some(duration) = fields.number("durationMs")? {
        log.metadata
            .insert("asyncDurationMs".into(), duration.into());
    }
    log.lane = Some(Lane::Background);
    log.once = Some(format!("async:{id}:{}", status.as_str()));
    log.action = Some(format!("async {}", status.as_str()));
    Ok(command(log, &format!("Async task {}", status.as_str())))
}

pub(super) fn agent_activity(fields: &mut Fields) -> Read {
    let mut log = related(fields, EventKind::AgentActivityLogged)?;
    let activity: ActivityType = fields.required_word("activityType")?;
    log.metadata
        .insert("activityType".into(), activity.as_str().into());
    let names = [
        "agentName",
        "skillName",
        "skillPath",
        "mcpServer",
        "mcpTool",
    ];
    copy(fields, &mut log.metadata, &names)?;
    // The contract does not check this lane: an unknown one reads back as `user`.
    let lane = fields.text("lane")?;
    log.lane = Some(lane.map_or(Lane::Coordination, |lane| Lane::from_any(&lane)));
    Ok(command(log, activity_title(activity)))
}

fn activity_title(activity: ActivityType) -> &'static str {
    match activity {
        ActivityType::AgentStep => "Agent step",
        ActivityType::McpCall => "MCP call",
        ActivityType::SkillUse => "Skill use",
        ActivityType::Delegation => "Delegation",
        ActivityType::Handoff => "Handoff",
        ActivityType::Bookmark => "Bookmark",
        ActivityType::Search => "Search",
    }
}
