use serde_json::json;

use crate::command::Reply;
use crate::draft::{Draft, NewEvent, Step};
use crate::paths::line_title;
use crate::rows::{Mark, MarkKind};
use crate::usage::telemetry::{RequestFailure, Telemetry};
use crate::vocabulary::{EventKind, Lane};

/// Takes what agents tell of usage. It makes no tasks: what belongs to a session that nobody knows
/// waits for it, failures aside, which are of no use later.
pub(super) fn take_telemetry(draft: &mut Draft<'_>, telemetry: Telemetry) -> Step<Reply> {
    for record in telemetry.usage {
        draft.record_usage(record)?;
    }
    for failure in telemetry.failures {
        note_failure(draft, failure)?;
    }
    Ok(Reply::Done { ok: true })
}

/// Notes a failed request, once, where its session is known.
fn note_failure(draft: &mut Draft<'_>, failure: RequestFailure) -> Step<()> {
    let runtime = match &failure.subagent {
        Some(subagent) => format!("{}/{subagent}", failure.runtime_session_id),
        None => failure.runtime_session_id.clone(),
    };
    let Some(binding) = draft.binding(&failure.source, &runtime)? else {
        return Ok(());
    };
    let (task, key) = (binding.task_id, format!("request-failure:{}", failure.key));
    if draft.mark(&task, MarkKind::Key, &key)?.is_some() {
        return Ok(());
    }
    draft.put_mark(&task, MarkKind::Key, &key, Mark::default());
    let mut event = NewEvent::new(&task, EventKind::ContextSaved, title(&failure));
    event.session_id = binding.session_id;
    event.lane = Some(Lane::Coordination);
    for (name, value) in [
        ("hookEvent", json!("api_error")),
        ("promptId", json!(failure.prompt_id)),
        ("attempt", json!(failure.attempt)),
        ("statusCode", json!(failure.status)),
        ("model", json!(failure.model)),
    ] {
        if !value.is_null() {
            event.metadata.insert(name.to_owned(), value);
        }
    }
    event.body = failure.error;
    draft.log(event)?;
    Ok(())
}

fn title(failure: &RequestFailure) -> String {
    let what = match (&failure.status, &failure.error) {
        (Some(status), _) => format!("Request to the model failed: {status}"),
        (None, Some(error)) => format!("Request to the model failed: {error}"),
        (None, None) => "Request to the model failed".to_owned(),
    };
    let tried = failure
        .attempt
        .map(|attempt| format!(" (attempt {attempt})"));
    line_title(&what, 120) + &tried.unwrap_or_default()
}
