//! What the agent puts before its person: questions and plans.

use serde_json::Value;

use super::sketch::Sketch;
use crate::adapter::{read, text};
use crate::entity::Metadata;
use crate::report::ToolCall;
use crate::vocabulary::{EventKind, Lane, QuestionPhase};

/// One or more questions at once. The call is the question: its id is the call's, if it has one.
pub(in crate::adapter) fn question(input: &Value, call_id: Option<&str>) -> Sketch {
    let questions = read::list(input, "questions");
    let first = questions
        .iter()
        .find_map(|question| read::text(question, "question"));
    let first = first
        .or_else(|| read::text(input, "question"))
        .and_then(text::first_line);
    let mut title = first.unwrap_or_else(|| "A question".to_owned());
    if questions.len() > 1 {
        title = format!("{title} (and {} more)", questions.len() - 1);
    }
    let body = questions
        .iter()
        .filter_map(written)
        .collect::<Vec<_>>()
        .join("\n\n");
    Sketch::new(EventKind::QuestionLogged, Lane::Questions, &title)
        .body(Some(body.as_str()).filter(|body| !body.is_empty()))
        .maybe("questionId", call_id)
        .set("questionPhase", QuestionPhase::Asked.as_str())
}

/// A question with its choices, one a line.
fn written(question: &Value) -> Option<String> {
    let mut lines = vec![read::text(question, "question")?.to_owned()];
    for option in read::list(question, "options") {
        let label = read::text(option, "label").or_else(|| option.as_str());
        lines.extend(label.map(|label| format!("- {label}")));
    }
    Some(lines.join("\n"))
}

/// A question is settled by any end, with an answer or without one: nobody waits for it now.
pub(in crate::adapter) fn conclude(call: &ToolCall, metadata: &mut Metadata) {
    if call.kind == EventKind::QuestionLogged {
        let phase = QuestionPhase::Concluded.as_str();
        metadata.insert("questionPhase".to_owned(), phase.into());
    }
}

/// A plan, put forward for approval.
pub(in crate::adapter) fn plan(input: &Value) -> Sketch {
    let plan = read::text(input, "plan");
    let heading = plan.and_then(text::first_line);
    let heading = heading
        .as_deref()
        .map(|line| line.trim_start_matches('#').trim());
    let title = heading.filter(|line| !line.is_empty()).unwrap_or("Plan");
    Sketch::new(EventKind::PlanLogged, Lane::Planning, title).body(plan)
}
