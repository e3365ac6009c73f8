//! What changed since a commit, told to one who knows the state at that commit.

use agent_tracer_core::command::Command;
use agent_tracer_core::wire::follow::{RowChange, Topic};
use agent_tracer_store::{ChangedSince, Seq};
use proptest::collection::vec;
use proptest::prelude::*;

use super::commands::{bookmark, evaluate, id, log, logged, start};
use super::follower::{Follower, State, seq_of};
use super::operation::{Known, Operation, command};
use super::store::Store;

super::for_every_store!(
    nothing_changed_since_now,
    pages_hold_whole_commits,
    an_event_that_changed_comes_once_and_last,
    changed_events_are_paged_too,
    what_is_gone_is_told,
    a_task_that_is_gone_or_was_is_told_apart,
);

fn page(store: &mut Store, topic: &Topic, after: u64, limit: usize) -> ChangedSince {
    store.read(|store| store.changed_since(topic, Seq(after), limit))
}

fn rows(store: &mut Store, topic: &Topic, after: u64, limit: usize) -> (Vec<RowChange>, u64) {
    match page(store, topic, after, limit) {
        ChangedSince::Rows { rows, through, .. } => (rows, through.0),
        other => panic!("{other:?}"),
    }
}

fn nothing_changed_since_now(store: &mut Store) {
    for topic in [Topic::Overview, Topic::Bookmarks] {
        assert_eq!(rows(store, &topic, 0, 1), (Vec::new(), 0));
    }
    store.commit(vec![start("a"), bookmark("a", None)]);
    for topic in [Topic::Overview, Topic::Bookmarks, Topic::Task(id("a"))] {
        assert_eq!(rows(store, &topic, 2, 1), (Vec::new(), 2));
    }
}

fn pages_hold_whole_commits(store: &mut Store) {
    store.commit(["a", "b", "c"].map(start).to_vec());
    store.commit(vec![log("a", "1"), log("b", "2"), log("a", "3")]);
    let task = Topic::Task(id("a"));
    // The start is a session and an event; the session changed since.
    let (first, through) = rows(store, &task, 0, 1);
    assert_eq!((first.len(), through), (1, 1));
    let (second, through) = rows(store, &task, 1, 1);
    assert_eq!((second.len(), through), (1, 4));
    let (last, through) = rows(store, &task, 4, 9);
    assert_eq!((last.len(), through), (2, 6));
    let (tasks, through) = rows(store, &Topic::Overview, 0, 2);
    assert_eq!((tasks.len(), through), (2, 5));
}

fn an_event_that_changed_comes_once_and_last(store: &mut Store) {
    store.commit(vec![start("a"), log("a", "1"), log("a", "2")]);
    let first = logged(&store.done(log("a", "3")))[0].id.clone();
    store.commit(vec![
        log("a", "4"),
        Command::RenameEvent(first, Some("5".to_owned())),
    ]);
    for after in [0, 3] {
        let (rows, through) = rows(store, &Topic::Task(id("a")), after, 99);
        let events: Vec<_> = rows
            .iter()
            .filter_map(|row| match row {
                RowChange::Event { seq, row, .. } => Some((*seq, row.as_ref()?.title.clone())),
                _ => None,
            })
            .collect();
        let two = [(5, "4".to_owned()), (6, "3".to_owned())];
        assert_eq!((&events[events.len() - 2..], through), (&two[..], 6));
        assert_eq!(events.iter().filter(|(_, title)| title == "3").count(), 1);
    }
}

fn changed_events_are_paged_too(store: &mut Store) {
    store.done(start("a"));
    for title in ["1", "2", "3", "4"] {
        store.done(log("a", title));
    }
    let page = store.read(|store| store.timeline(&id("a"), 4, None));
    for event in page.unwrap().2.events {
        store.done(Command::RenameEvent(event.id, Some("again".to_owned())));
    }
    let task = Topic::Task(id("a"));
    let mut pages = Vec::new();
    let mut after = 5;
    while after < 9 {
        let (rows, through) = rows(store, &task, after, 1);
        pages.push(rows.len());
        after = through;
    }
    assert_eq!(pages, [1; 4]);
}

fn what_is_gone_is_told(store: &mut Store) {
    store.commit(vec![start("a"), bookmark("a", None), evaluate("a", None)]);
    store.done(Command::DeleteTask(id("a")));
    let gone = |rows: Vec<RowChange>| -> Vec<_> {
        let text = |row: RowChange| serde_json::to_value(row).unwrap();
        let rows = rows.into_iter().map(text);
        rows.map(|row| {
            (
                row["kind"].clone(),
                row["seq"].clone(),
                row.get("row").is_none(),
            )
        })
        .collect()
    };
    let overview = rows(store, &Topic::Overview, 3, 9);
    assert_eq!(gone(overview.0), [("task".into(), 4.into(), true)]);
    let kept = gone(rows(store, &Topic::Bookmarks, 3, 1).0);
    assert_eq!(kept.len(), 2);
    assert!(
        kept.iter().all(|(_, seq, gone)| *seq == 4 && *gone),
        "{kept:?}"
    );
}

fn a_task_that_is_gone_or_was_is_told_apart(store: &mut Store) {
    let task = Topic::Task(id("a"));
    let removed = |seq| ChangedSince::Removed { now: Seq(seq) };
    assert_eq!(page(store, &task, 0, 9), removed(0));
    store.commit(vec![start("a"), Command::DeleteTask(id("a"))]);
    assert_eq!(page(store, &task, 1, 9), removed(2));
    store.commit(vec![start("a"), log("a", "1")]);
    assert_eq!(page(store, &task, 1, 9), ChangedSince::Window);
    assert_eq!(rows(store, &task, 2, 9).0.len(), 3);
}

/// Commits; gives what a client holds after each commit.
fn commit(
    store: &mut Store,
    operations: &[Operation],
    known: &mut Known,
    past: &mut Vec<Follower>,
) {
    let group = operations.iter().map(|it| command(*it, known)).collect();
    let outcomes = store.commit(group);
    known.learn(&outcomes);
    let committed = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok());
    for committed in committed.filter(|committed| committed.seq.is_some()) {
        let mut next = past.last().unwrap().clone();
        next.take(committed);
        past.push(next);
    }
    if let Some(last) = past.last_mut() {
        last.read(store);
    }
}

/// What a store says of a topic, page by page, to a client that holds the state at `after`.
pub(crate) enum CaughtUp {
    State(State),
    Window,
    Removed,
}

pub(crate) fn catch_up(
    store: &mut Store,
    topic: &Topic,
    at: &Follower,
    limit: usize,
    mut between: impl FnMut(&mut Store),
) -> CaughtUp {
    let (mut state, mut after) = (at.state(topic), at.seq);
    loop {
        match page(store, topic, after, limit) {
            ChangedSince::Window => return CaughtUp::Window,
            ChangedSince::Removed { .. } => return CaughtUp::Removed,
            ChangedSince::Rows { rows, through, now } => {
                assert!(rows.is_sorted_by_key(seq_of), "{rows:?}");
                assert!(rows.iter().all(|row| seq_of(row) > after));
                assert!(rows.len() < 40 + 4 * limit, "a page of {} rows", rows.len());
                state.apply(&rows);
                if through == now {
                    return CaughtUp::State(state);
                }
                assert!(through.0 > after && through < now);
                after = through.0;
            }
        }
        between(store);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 32,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    // spec: L6
    // spec: N5
    #[test]
    fn what_changed_since_leads_from_any_state_to_the_last(
        groups in vec(vec(any::<Operation>(), 1..10), 1..14),
        between in vec(vec(any::<Operation>(), 1..3), 0..4),
        at in any::<prop::sample::Index>(),
        limit in 1..8_usize,
        kind in 0..3_usize,
    ) {
        let mut store = Store::of_kind(kind);
        let (mut known, mut past) = (Known::default(), vec![Follower::default()]);
        for operations in &groups {
            store.wait(100_000);
            store.sweep(3);
            commit(&mut store, operations, &mut known, &mut past);
        }
        let at = at.get(&past).clone();
        let mut between = between.iter();
        for topic in at.every_topic() {
            let caught_up = catch_up(&mut store, &topic, &at, limit, |store| {
                if let Some(operations) = between.next() {
                    commit(store, operations, &mut known, &mut past);
                }
            });
            let now = past.last().unwrap();
            let there = now.topics.contains_key(&topic);
            match caught_up {
                CaughtUp::State(state) => {
                    let expected = now.state(&topic);
 prop_assert_eq!(state.rows(), expected.rows(), "{}", topic);
                }
                CaughtUp::Removed => prop_assert!(!there && matches!(topic, Topic::Task(_))),
                CaughtUp::Window => {
                    prop_assert!(matches!(topic, Topic::Task(_)));
                    let gone = past.iter().skip_while(|it| it.seq < at.seq);
                    let was_gone = gone.clone().any(|it| !it.topics.contains_key(&topic));
                    prop_assert!(was_gone && there, "{} was never gone", topic);
                }
            }
        }
    }
}
