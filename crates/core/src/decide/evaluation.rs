use crate::command::{Reply, SaveEvaluation};
use crate::draft::{Draft, Step};
use crate::entity::Evaluation;

/// Saves the one evaluation of a task; saving again replaces it. Plain clients are told nothing:
/// the contract has no message for it.
pub(super) fn save(draft: &mut Draft<'_>, save: SaveEvaluation) -> Step<Reply> {
    let title = draft.task(&save.task_id)?.task.title.clone();
    let evaluation = Evaluation {
        search_text: search_text(&title, &save),
        task_id: save.task_id,
        rating: save.rating,
        use_case: save.use_case,
        workflow_tags: save.workflow_tags,
        outcome_note: save.outcome_note,
        approach_note: save.approach_note,
        reuse_when: save.reuse_when,
        watchouts: save.watchouts,
        workflow_snapshot: save.workflow_snapshot.map(Into::into),
        workflow_context: save.workflow_context,
        evaluated_at: draft.now,
    };
    draft.put_evaluation(evaluation);
    Ok(Reply::Done { ok: true })
}

/// What a search looks at: the title and everything that was said, in lower case.
fn search_text(title: &str, save: &SaveEvaluation) -> Option<String> {
    let said = [
        &save.use_case,
        &save.outcome_note,
        &save.approach_note,
        &save.reuse_when,
        &save.watchouts,
        &save.workflow_context,
    ];
    let said = said.into_iter().flatten().map(String::as_str);
    let tags = save.workflow_tags.iter().map(String::as_str);
    let texts = std::iter::once(title).chain(said).chain(tags);
    let texts: Vec<&str> = texts
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect();
    Some(texts.join(" ").to_lowercase()).filter(|text| !text.is_empty())
}
