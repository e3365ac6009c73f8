//! What a person makes of a task.

use agent_tracer_core::command::{Command, Reply};
use agent_tracer_core::entity::Evaluation;
use agent_tracer_core::vocabulary::Rating;
use serde_json::json;

use super::commands::{evaluate, id, start};
use super::store::Store;

super::for_every_store!(
    an_evaluation_comes_back,
    saving_again_replaces_it,
    it_goes_with_its_task,
    an_unknown_task_has_none_to_save_or_read,
);

fn of(store: &mut Store, task: &str) -> Option<Evaluation> {
    let read = store.read(|store| store.evaluation(&id(task)));
    read.expect("the task is there").1
}

fn an_evaluation_comes_back(store: &mut Store) {
    store.done(start("a"));
    assert_eq!(of(store, "a"), None);
    let mut command = evaluate("a", Some("It Worked".to_owned()));
    if let Command::SaveEvaluation(save) = &mut command {
        let snapshot = json!({ "steps": [1, { "deep": null }] });
        save.workflow_snapshot = snapshot.as_object().cloned();
    }
    assert_eq!(store.done(command).reply, Reply::Done { ok: true });
    let saved = of(store, "a").unwrap();
    assert_eq!(
        (saved.rating, saved.evaluated_at),
        (Rating::Good, store.now())
    );
    assert_eq!(saved.outcome_note.as_deref(), Some("It Worked"));
    assert_eq!(saved.workflow_tags, ["Odd"]);
    let snapshot = saved.workflow_snapshot.unwrap();
    assert_eq!(snapshot["steps"][1]["deep"], json!(null));
    let searched = "work on a finding it again it worked odd";
    assert_eq!(saved.search_text.as_deref(), Some(searched));
    assert_eq!((saved.watchouts, saved.reuse_when), (None, None));
}

fn saving_again_replaces_it(store: &mut Store) {
    store.commit(vec![start("a"), evaluate("a", Some("first".to_owned()))]);
    store.wait(5);
    store.done(evaluate("a", None));
    let saved = of(store, "a").unwrap();
    assert_eq!(
        (saved.outcome_note, saved.evaluated_at),
        (None, store.now())
    );
    let kept = store.read(|store| store.bookmarks(None)).1;
    assert_eq!(kept.evaluations.len(), 1);
}

fn it_goes_with_its_task(store: &mut Store) {
    store.commit(vec![start("a"), start("b")]);
    store.commit(vec![evaluate("a", None), evaluate("b", None)]);
    store.commit(vec![Command::DeleteTask(id("a")), start("a")]);
    assert_eq!(of(store, "a"), None);
    assert!(of(store, "b").is_some());
    let kept = store.read(|store| store.bookmarks(Some(&id("a")))).1;
    assert_eq!(kept.evaluations, []);
}

fn an_unknown_task_has_none_to_save_or_read(store: &mut Store) {
    assert_eq!(store.refused(evaluate("a", None)), "task_not_found");
    assert_eq!(store.read(|store| store.evaluation(&id("a"))), None);
}
