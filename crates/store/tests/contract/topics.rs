//! What a commit does to the topics that clients follow.

use std::collections::HashMap;

use agent_tracer_core::command::Command;
use agent_tracer_core::wire::follow::{RowChange, Topic};
use agent_tracer_store::{Committed, Read, Seq, TopicChange};
use proptest::collection::vec;
use proptest::prelude::*;

use super::commands::{bookmark, complete, evaluate, id, log, logged, rename, start};
use super::follower::Follower;
use super::operation::{Known, Operation, command};
use super::reports::report;
use super::store::Store;

super::for_every_store!(
    topics_come_in_their_order,
    a_deleted_task_takes_its_topic_along,
    the_task_of_an_event_is_always_told_too,
    bookmarks_change_with_the_titles_they_show,
    a_bookmark_changes_with_the_title_of_its_event,
    a_task_made_again_remembers_that_it_was_gone,
    the_version_moves_when_a_child_does,
);

fn topics(committed: &Committed) -> Vec<String> {
    let topics = committed.topics.iter();
    topics.map(|change| change.topic.to_string()).collect()
}

fn change<'a>(committed: &'a Committed, topic: &Topic) -> &'a TopicChange {
    let mut topics = committed.topics.iter();
    topics.find(|change| change.topic == *topic).unwrap()
}

fn kinds(change: &TopicChange) -> Vec<&'static str> {
    let kind = |row: &RowChange| match row {
        RowChange::Task { row: None, .. } => "no task",
        RowChange::Task { .. } => "task",
        RowChange::Session { .. } => "session",
        RowChange::Event { .. } => "event",
        RowChange::Bookmark { row: None, .. } => "no bookmark",
        RowChange::Bookmark { .. } => "bookmark",
        RowChange::Evaluation { row: None, .. } => "no evaluation",
        RowChange::Evaluation { .. } => "evaluation",
    };
    change.rows.iter().map(kind).collect()
}

fn topics_come_in_their_order(store: &mut Store) {
    let started = store.done(start("a"));
    assert_eq!(topics(&started), ["overview", "task:a"]);
    let of_task = change(&started, &Topic::Task(id("a")));
    assert_eq!(kinds(of_task), ["session", "event"]);
    let saved = store.done(bookmark("a", None));
    assert_eq!(topics(&saved), ["bookmarks"]);
    let evaluated = store.done(evaluate("a", None));
    assert_eq!(topics(&evaluated), ["bookmarks"]);
    assert_eq!(evaluated.topics[0].prev, Seq(2));
    assert_eq!(evaluated.messages, []);
    let done = store.done(complete("a"));
    assert_eq!(topics(&done), ["overview", "task:a"]);
    assert_eq!(done.topics[0].prev, Seq(1));
}

fn a_deleted_task_takes_its_topic_along(store: &mut Store) {
    store.commit(vec![start("a"), bookmark("a", None), evaluate("a", None)]);
    let deleted = store.done(Command::DeleteTask(id("a")));
    assert_eq!(topics(&deleted), ["overview", "task:a", "bookmarks"]);
    assert_eq!(kinds(&deleted.topics[0]), ["no task"]);
    assert_eq!(kinds(&deleted.topics[1]), [""; 0]);
    let removed: Vec<_> = deleted.topics.iter().map(|change| change.removed).collect();
    assert_eq!(removed, [false, true, false]);
    assert_eq!(kinds(&deleted.topics[2]), ["no bookmark", "no evaluation"]);
    let prevs: Vec<_> = deleted.topics.iter().map(|change| change.prev).collect();
    assert_eq!(prevs, [Seq(1), Seq(1), Seq(3)]);
}

fn the_task_of_an_event_is_always_told_too(store: &mut Store) {
    store.done(start("a"));
    let event = logged(&store.done(log("a", "one")))[0].id.clone();
    let renamed = store.done(Command::RenameEvent(event, Some("two".to_owned())));
    assert_eq!(topics(&renamed), ["overview", "task:a"]);
    assert_eq!(kinds(&renamed.topics[0]), ["task"]);
    assert_eq!(kinds(&renamed.topics[1]), ["event"]);
    // A task's own row is the overview's, and touches its topic all the same.
    let retitled = store.done(rename("a", "Renamed"));
    assert_eq!(kinds(&retitled.topics[1]), [""; 0]);
}

fn bookmarks_change_with_the_titles_they_show(store: &mut Store) {
    store.done(start("a"));
    let event = logged(&store.done(log("a", "one")))[0].id.clone();
    store.commit(vec![bookmark("a", None), bookmark("a", Some(&event))]);
    let renamed = store.done(rename("a", "Renamed"));
    assert_eq!(topics(&renamed), ["overview", "task:a", "bookmarks"]);
    assert_eq!(kinds(&renamed.topics[2]), ["bookmark", "bookmark"]);
    // A name given by hand stands beside the title.
    let renamed = store.done(Command::RenameEvent(event, Some("two".to_owned())));
    assert_eq!(topics(&renamed), ["overview", "task:a"]);
}

fn a_bookmark_changes_with_the_title_of_its_event(store: &mut Store) {
    let report = |y, z| Command::Report(Box::new(report(0, y, z).into()));
    let mut called = logged(&store.done(report(2, 4)));
    called.retain(|event| event.title == "call 4");
    let called = called.remove(0);
    let task = called.task_id.as_str();
    store.commit(vec![bookmark(task, Some(&called.id)), bookmark(task, None)]);
    let ended = store.done(report(4, 132));
    let told = change(&ended, &Topic::Bookmarks);
    let kept = store.read(|store| store.bookmarks(None)).1.bookmarks;
    let of_event = kept.into_iter().find(|kept| kept.event_id.is_some());
    assert_eq!(of_event.clone().unwrap().event_title.unwrap(), "ended");
    let [RowChange::Bookmark { row, .. }] = &told.rows[..] else {
        panic!("{told:?}");
    };
    assert_eq!(*row, of_event);
}

// spec: F2
fn a_task_made_again_remembers_that_it_was_gone(store: &mut Store) {
    store.commit(vec![start("a"), log("a", "one")]);
    store.done(Command::DeleteTask(id("a")));
    let again = store.done(start("a"));
    let prevs: Vec<_> = again.topics.iter().map(|change| change.prev).collect();
    assert_eq!(prevs, [Seq(3), Seq(3)]);
    store.done(start("b"));
    let next = store.done(log("a", "two"));
    assert_eq!(change(&next, &Topic::Task(id("a"))).prev, Seq(4));
    assert_eq!(change(&next, &Topic::Overview).prev, Seq(5));
}

// spec: H2
fn the_version_moves_when_a_child_does(store: &mut Store) {
    let under = super::commands::start_under;
    store.commit(vec![start("a"), start("b")]);
    let version = |store: &mut Store| {
        let version = store.read(|store| store.version(&Topic::Task(id("a"))));
        version.unwrap().to_string()
    };
    let mut known = vec![version(store)];
    let steps = [
        under("c", "a"),
        under("d", "a"),
        rename("c", "x"),
        Command::DeleteTask(id("c")),
        Command::DeleteTask(id("d")),
        log("a", "one"),
    ];
    for (step, command) in steps.into_iter().enumerate() {
        store.done(command);
        let now = version(store);
        // Without its children it is what it was.
        assert_eq!(known.contains(&now), step == 4, "step {step}");
        known.push(now.clone());
        store.done(log("b", "elsewhere"));
        assert_eq!(version(store), now, "step {step}");
    }
}

/// What is read of a topic, by the version it had then.
type Versions = HashMap<(Topic, String), String>;

fn check_versions(versions: &mut Versions, topics: Vec<Topic>, store: &dyn Read) {
    for topic in topics {
        let Some(version) = store.version(&topic).unwrap() else {
            continue;
        };
        let seen = match &topic {
            Topic::Overview => format!("{:?}", store.tasks(None, None).unwrap().1),
            Topic::Bookmarks => format!("{:?}", store.bookmarks(None).unwrap().1),
            Topic::Task(id) => {
                let (_, detail, page) = store.timeline(id, 9_999, None).unwrap().unwrap();
                format!("{detail:?} {page:?}")
            }
        };
        let known = versions.entry((topic, version.to_string()));
        assert_eq!(*known.or_insert_with(|| seen.clone()), seen);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    // spec: N1
    // spec: N4
    // spec: F2
    // spec: H1
    // spec: H2
    // spec: L4
    #[test]
    fn what_is_told_adds_up_to_what_is_read(
        groups in vec(vec(any::<Operation>(), 1..10), 1..14),
        kind in 0..3_usize,
    ) {
        let mut store = Store::of_kind(kind);
        let (mut known, mut follower) = (Known::default(), Follower::default());
        let mut versions = Versions::new();
        for operations in groups {
            store.wait(100_000);
            let group = operations.iter().map(|it| command(*it, &known)).collect();
            let outcomes = store.commit(group);
            known.learn(&outcomes);
            for committed in outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()) {
                follower.take(committed);
            }
            follower.read(&mut store);
            store.read(|store| {
                for topic in follower.every_topic() {
                    follower.check(&topic, store)?;
                }
                check_versions(&mut versions, follower.every_topic(), store);
                Ok(())
            });
        }
    }
}
