//! What happens when removals are let go of.

use agent_tracer_core::command::Command;
use agent_tracer_core::wire::follow::Topic;
use agent_tracer_store::{ChangedSince, Seq};
use proptest::collection::vec;
use proptest::prelude::*;

use super::catchup::{CaughtUp, catch_up};
use super::commands::{bookmark, id, start};
use super::follower::{Follower, is_gone};
use super::operation::{Known, Operation, command};
use super::store::Store;

super::for_every_store!(
    the_newest_removals_are_kept,
    a_pin_keeps_more_of_them,
    a_topic_remembers_its_last_removal,
);

fn is_window(store: &mut Store, after: u64) -> bool {
    let page = store.read(|store| store.changed_since(&Topic::Overview, Seq(after), 9));
    page == ChangedSince::Window
}

fn delete(task: &str) -> Command {
    Command::DeleteTask(id(task))
}

/// The first commit that can be told from.
fn first_told(store: &mut Store) -> u64 {
    let last = store.seq().0;
    (0..=last).find(|after| !is_window(store, *after)).unwrap()
}

// spec: N5
// spec: L7
fn the_newest_removals_are_kept(store: &mut Store) {
    store.keep_removals(2);
    store.commit(["a", "b", "c", "d"].map(start).to_vec());
    store.commit(["a", "b"].map(delete).to_vec());
    assert_eq!(first_told(store), 0);
    store.done(delete("c"));
    assert_eq!(first_told(store), 5);
    store.done(delete("d"));
    assert_eq!(first_told(store), 6);
    for topic in [Topic::Overview, Topic::Bookmarks] {
        let page = store.read(|store| store.changed_since(&topic, Seq(5), 9));
        assert_eq!(page, ChangedSince::Window, "{topic}");
    }
}

// spec: N5
fn a_pin_keeps_more_of_them(store: &mut Store) {
    store.keep_removals(1);
    store.commit(["a", "b", "c", "d", "e"].map(start).to_vec());
    store.done(delete("a"));
    store.pin(Some(Seq(6)));
    store.commit(["b", "c", "d"].map(delete).to_vec());
    assert_eq!(first_told(store), 6);
    store.pin(None);
    assert_eq!(first_told(store), 6);
    store.done(delete("e"));
    assert_eq!(first_told(store), 9);
}

// spec: N4
fn a_topic_remembers_its_last_removal(store: &mut Store) {
    store.keep_removals(1);
    store.commit(vec![start("a"), start("b"), bookmark("a", None)]);
    let kept = store.read(|store| store.bookmarks(None)).1.bookmarks;
    store.done(delete("b"));
    store.done(Command::DeleteBookmark(kept[0].id.clone()));
    let seq = store.read(|store| store.topic_seq(&Topic::Overview));
    assert_eq!(seq, Some(Seq(4)), "though its removal was let go of");
    let seq = store.read(|store| store.topic_seq(&Topic::Bookmarks));
    assert_eq!(seq, Some(Seq(5)));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 32,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    // spec: L7
    #[test]
    fn who_was_away_too_long_is_told_so(
        groups in vec(vec(any::<Operation>(), 1..10), 2..16),
        kept in 1..3_usize,
        limit in 1..5_usize,
        kind in 0..3_usize,
    ) {
        let mut store = Store::of_kind(kind);
        store.keep_removals(kept);
        let (mut known, mut now) = (Known::default(), Follower::default());
        now.forgets = true;
        let mut past = vec![now.clone()];
        let mut last_removal = 0;
        for operations in groups {
            store.wait(100_000);
            let group = operations.iter().map(|it| command(*it, &known)).collect();
            let outcomes = store.commit(group);
            known.learn(&outcomes);
            for committed in outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()) {
                now.take(committed);
                if committed.topics.iter().flat_map(|it| &it.rows).any(is_gone) {
                    last_removal = now.seq;
                }
            }
            now.read(&mut store);
            past.push(now.clone());
        }
        for at in &past {
            for topic in [Topic::Overview, Topic::Bookmarks] {
                match catch_up(&mut store, &topic, at, limit, |_| {}) {
                    CaughtUp::State(state) => {
                        let expected = now.state(&topic);
 prop_assert_eq!(state.rows(), expected.rows(), "{}", topic);
                    }
                    CaughtUp::Window => prop_assert!(at.seq < last_removal),
                    CaughtUp::Removed => prop_assert!(false, "{} is never gone", topic),
                }
            }
        }
    }
}
