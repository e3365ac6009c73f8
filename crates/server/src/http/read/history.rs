use std::ops::RangeInclusive;

use agent_tracer_core::entity::Usage;
use agent_tracer_core::figures::{ActivityHour, ActivitySums, ToolDay, ToolSums};
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::usage::UsageHour;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::answer::Answer;
use super::{asked, read_of};
use crate::clock;
use crate::http::error::ApiError;
use crate::state::App;

/// How far back is told unless said.
const DAYS: i64 = 35;
const HOUR_MILLIS: i64 = 3_600_000;
const DAY_MILLIS: i64 = 24 * HOUR_MILLIS;

/// A stretch of time; the hours of both ends are told whole.
#[derive(Deserialize)]
pub(crate) struct Stretch {
    from: Option<Timestamp>,
    to: Option<Timestamp>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Activity {
    hour: Timestamp,
    agent: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    workspace: String,
    tasks: i64,
    prompts: i64,
    tool_calls: i64,
    commands: i64,
    failures: i64,
    active_ms: i64,
}

#[derive(Serialize)]
struct Used {
    hour: Timestamp,
    agent: String,
    model: String,
    #[serde(flatten)]
    usage: Usage,
}

#[derive(Serialize)]
struct OfTool {
    day: Timestamp,
    agent: String,
    tool: String,
    calls: i64,
    failures: i64,
}

/// `GET /api/history[?from&to]`: what agents did and used in each hour of UTC, the last 35 days unless
/// said.
pub(crate) async fn history(
    State(app): State<App>,
    query: Result<Query<Stretch>, QueryRejection>,
) -> Result<Response, ApiError> {
    let hours = hours_of(&asked(query)?, clock::now());
    let (seq, report) = app
        .read(move |reader| read_of(reader).history(hours))
        .await?;
    let activity: Vec<_> = report.history.hours.into_iter().map(activity).collect();
    let usage: Vec<_> = report.usage.into_iter().map(used).collect();
    let tools: Vec<_> = report.history.tools.into_iter().map(tool).collect();
    let model = json!({ "hours": activity, "usage": usage, "tools": tools });
    Ok(Answer::new(&app, seq, model).into_response())
}

fn hours_of(stretch: &Stretch, now: Timestamp) -> RangeInclusive<i64> {
    let to = stretch.to.unwrap_or(now);
    let before = Timestamp::from_millis(to.as_millis() - DAYS * DAY_MILLIS);
    stretch.from.unwrap_or(before).hour()..=to.hour()
}

fn activity((of, sums): (ActivityHour, ActivitySums)) -> Activity {
    Activity {
        hour: Timestamp::from_millis(of.hour * HOUR_MILLIS),
        agent: of.source,
        workspace: of.workspace,
        tasks: sums.tasks,
        prompts: sums.prompts,
        tool_calls: sums.tool_calls,
        commands: sums.commands,
        failures: sums.failures,
        active_ms: sums.active_ms,
    }
}

fn used((of, usage): (UsageHour, Usage)) -> Used {
    Used {
        hour: Timestamp::from_millis(of.hour * HOUR_MILLIS),
        agent: of.source,
        model: of.model,
        usage,
    }
}

fn tool((of, sums): (ToolDay, ToolSums)) -> OfTool {
    OfTool {
        day: Timestamp::from_millis(of.day * DAY_MILLIS),
        agent: of.source,
        tool: of.tool,
        calls: sums.calls,
        failures: sums.failures,
    }
}
