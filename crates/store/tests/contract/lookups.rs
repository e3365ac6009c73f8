//! One task, and its figures.

use agent_tracer_core::vocabulary::{SessionStatus, TaskStatus};
use agent_tracer_store::Seq;

use super::commands::{complete, id, log, start, start_under};
use super::store::Store;

super::for_every_store!(
    an_unknown_task_is_none,
    sessions_and_children_are_oldest_first,
    figures_move_with_the_clock,
);

fn an_unknown_task_is_none(store: &mut Store) {
    store.done(start("a"));
    let now = store.now();
    assert_eq!(store.read(|store| store.task(&id("b"))), None);
    assert_eq!(store.read(|store| store.observability(&id("b"), now)), None);
}

fn sessions_and_children_are_oldest_first(store: &mut Store) {
    store.commit(vec![
        start("a"),
        start_under("z", "a"),
        start_under("y", "a"),
    ]);
    store.wait(1_000);
    store.commit(vec![start_under("b", "a"), complete("a")]);
    store.wait(1_000);
    store.done(start("a"));
    let (seq, detail) = store.read(|store| store.task(&id("a"))).unwrap();
    assert_eq!(seq, Seq(6));
    assert_eq!(detail.task.status, TaskStatus::Running);
    let states: Vec<_> = detail
        .sessions
        .iter()
        .map(|session| session.status)
        .collect();
    assert_eq!(states, [SessionStatus::Completed, SessionStatus::Running]);
    let children: Vec<_> = detail
        .children
        .iter()
        .map(|task| task.id.as_str())
        .collect();
    assert_eq!(children, ["y", "z", "b"]);
    let stored = store.read(|store| store.tasks(None, None)).1.tasks;
    assert!(stored.contains(&detail.task));
}

fn figures_move_with_the_clock(store: &mut Store) {
    store.commit(vec![start("a"), log("a", "1")]);
    store.wait(10_000);
    let now = store.now();
    let running = store.read(|store| store.observability(&id("a"), now));
    let running = running.unwrap().1;
    assert_eq!(
        (running.total_events, running.total_duration_ms),
        (2, 10_000)
    );
    assert_eq!((running.sessions.total, running.sessions.open), (1, 1));
    store.done(complete("a"));
    store.wait(10_000);
    let now = store.now();
    let ended = store.read(|store| store.observability(&id("a"), now));
    let ended = ended.unwrap().1;
    assert_eq!((ended.total_events, ended.total_duration_ms), (3, 10_000));
    assert_eq!(ended.sessions.open, 0);
}
