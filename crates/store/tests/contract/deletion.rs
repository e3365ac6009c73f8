//! A deleted task takes everything of it along, and nothing else.

use agent_tracer_core::command::{Command, EnsureRuntimeSession, Reply, TaskLinks};
use agent_tracer_core::entity::OverviewStats;
use agent_tracer_core::ids::{EventId, TaskId};
use agent_tracer_core::wire::Message;
use agent_tracer_store::Kept;

use super::commands::{bookmark, complete, id, log, log_with, logged, start, start_under};
use super::store::Store;

super::for_every_store!(
    everything_of_the_task_goes,
    what_it_delegated_goes_too,
    finished_tasks_go_with_what_they_delegated,
    a_second_life_remembers_nothing,
    an_unknown_task_is_not_found,
);

fn stats(store: &mut Store) -> OverviewStats {
    let now = store.now();
    store.read(|store| store.overview(now)).1
}

fn names(store: &mut Store) -> Vec<String> {
    let (_, page) = store.read(|store| store.tasks(None, None));
    page.tasks.iter().map(|task| task.id.to_string()).collect()
}

fn assert_gone(store: &mut Store, task: &TaskId, event: &EventId) {
    let now = store.now();
    assert_eq!(store.read(|store| store.task(task)), None);
    assert_eq!(store.read(|store| store.event(event)), None);
    assert_eq!(store.read(|store| store.observability(task, now)), None);
    assert_eq!(store.read(|store| store.timeline(task, 9, None)), None);
    assert_eq!(store.read(|store| store.evaluation(task)), None);
    let kept = store.read(|store| store.bookmarks(Some(task))).1;
    assert_eq!(kept, Kept::default());
}

fn everything_of_the_task_goes(store: &mut Store) {
    store.commit(vec![start("a"), start("b")]);
    let before = stats(store);
    let gone = logged(&store.commit(vec![start("c")]).remove(0).unwrap())[0].clone();
    store.commit(vec![
        log("c", "1"),
        bookmark("c", None),
        bookmark("c", Some(&gone.id)),
    ]);
    store.wait(90 * 60_000);
    let deleted = store.done(Command::DeleteTask(id("c")));
    assert_eq!(
        deleted.messages,
        [Message::TaskDeleted { task_id: id("c") }]
    );
    assert_gone(store, &id("c"), &gone.id);
    assert_eq!(stats(store), before);
    assert_eq!(names(store), ["b", "a"]);
    let now = store.now();
    let (_, _, observability) = store.read(|store| store.overview(now));
    assert_eq!(observability.stale_running_tasks, 2);
}

fn what_it_delegated_goes_too(store: &mut Store) {
    store.commit(vec![
        start("a"),
        start_under("b", "a"),
        start_under("c", "b"),
        start("d"),
    ]);
    let deleted = store.done(Command::DeleteTask(id("a")));
    let gone = ["a", "b", "c"].map(|task| Message::TaskDeleted { task_id: id(task) });
    assert_eq!(deleted.messages, gone);
    assert_eq!(names(store), ["d"]);
    assert_eq!(stats(store).total_events, 1);
}

fn finished_tasks_go_with_what_they_delegated(store: &mut Store) {
    store.commit(vec![
        start("a"),
        start_under("b", "a"),
        start("c"),
        start("d"),
    ]);
    store.commit(vec![complete("a"), complete("c")]);
    let purged = store.done(Command::DeleteFinishedTasks(None));
    assert_eq!(
        purged.reply,
        Reply::Purged {
            ok: true,
            deleted: 3,
            task_ids: ["a", "b", "c"].map(id).to_vec(),
        }
    );
    assert_eq!(names(store), ["d"]);
    assert_eq!(stats(store).completed_tasks, 0);
}

fn ensure(title: &str) -> Command {
    Command::EnsureRuntimeSession(EnsureRuntimeSession {
        runtime_source: "agent".to_owned(),
        runtime_session_id: "r-1".to_owned(),
        title: title.to_owned(),
        workspace_path: None,
        links: TaskLinks::default(),
    })
}

fn ensured(store: &mut Store, title: &str) -> (TaskId, bool) {
    match store.done(ensure(title)).reply {
        Reply::Ensured {
            task_id,
            task_created,
            ..
        } => (task_id, task_created),
        other => panic!("not ensured: {other:?}"),
    }
}

fn a_second_life_remembers_nothing(store: &mut Store) {
    let once = || log_with("a", "once", |log| log.once = Some("key".to_owned()));
    store.commit(vec![
        start("a"),
        once(),
        Command::DeleteTask(id("a")),
        start("a"),
    ]);
    assert_eq!(
        logged(&store.done(once())).len(),
        1,
        "the key was forgotten"
    );
    let (first, created) = ensured(store, "first");
    assert!(created);
    assert_eq!(ensured(store, "same"), (first.clone(), false));
    store.done(Command::DeleteTask(first.clone()));
    let (second, created) = ensured(store, "second");
    assert!(
        created && second != first,
        "the agent's session was forgotten"
    );
}

fn an_unknown_task_is_not_found(store: &mut Store) {
    assert_eq!(
        store.refused(Command::DeleteTask(id("nowhere"))),
        "task_not_found"
    );
}
