//! A deleted task is gone for everybody, and can come back as it was.

use agent_tracer_core::command::{Command, Reply};
use agent_tracer_core::ids::{EventId, TaskId};
use agent_tracer_core::trash::TRASH_KEPT_MILLIS;
use agent_tracer_core::usage::telemetry::Telemetry;
use agent_tracer_core::usage::{MessageKey, UsageOrigin};
use agent_tracer_core::wire::follow::Topic;
use agent_tracer_store::{ChangedSince, Seq};

use super::commands::{bookmark, complete, evaluate, id, log, logged, start, start_under};
use super::reports::report;
use super::store::Store;
use super::usage::record;

super::for_every_store!(
    a_restored_task_reads_as_before,
    it_takes_what_its_agent_reported_meanwhile,
    it_has_to_be_read_anew,
    what_can_be_restored_is_listed,
    the_rows_of_emptied_tasks_go_bit_by_bit,
    a_task_may_be_made_again_before_its_rows_are_gone,
    what_is_left_of_a_deleted_session_counts_nowhere,
    a_clean_up_is_seen_before,
);

fn restore(task: &str) -> Command {
    Command::RestoreTasks(vec![id(task)])
}

fn delete(task: &str) -> Command {
    Command::DeleteTask(id(task))
}

/// Waits until what is in the trash cannot be restored any more, and lets go of it.
pub(crate) fn empty_trash(store: &mut Store) {
    store.wait(TRASH_KEPT_MILLIS);
    assert!(is_due(store));
    store.done(Command::EmptyTrash);
    assert!(!is_due(store));
}

fn is_due(store: &mut Store) -> bool {
    let now = store.now();
    store.read(|store| store.is_trash_due(now))
}

/// Everything that is read of tasks and of what is kept of them, without the numbers of commits.
fn seen(store: &mut Store, tasks: &[&str], events: &[EventId]) -> String {
    let now = store.now();
    store.read(|store| {
        let (_, stats, observability) = store.overview(now)?;
        let kept = store.bookmarks(None)?.1;
        let list = store.tasks(None, None)?.1;
        let usage = store.usage(0..=i64::MAX)?.1;
        let of_task = |task: &&str| {
            let (task, all) = (id(task), 9_999);
            let timeline = store.timeline(&task, all, None).unwrap();
            let figures = store.observability(&task, now).unwrap();
            let evaluation = store.evaluation(&task).unwrap();
            let usage = store.task_usage(&task).unwrap();
            (
                timeline.map(|(_, detail, page)| (detail, page)),
                figures.map(|(_, figures)| figures),
                evaluation.map(|(_, evaluation)| evaluation),
                usage.map(|(_, usage)| usage),
            )
        };
        let tasks: Vec<_> = tasks.iter().map(of_task).collect();
        let of_event = |event: &EventId| (store.event(event).unwrap(), store.payloads(event).unwrap());
        let events: Vec<_> = events.iter().map(of_event).collect();
        Ok(format!(
            "{stats:#?}\n{observability:#?}\n{kept:#?}\n{list:#?}\n{usage:#?}\n{tasks:#?}\n{events:#?}"
        ))
    })
}

fn a_restored_task_reads_as_before(store: &mut Store) {
    let event = logged(&store.done(start("a")))[0].id.clone();
    store.commit(vec![
        start_under("b", "a"),
        log("b", "1"),
        bookmark("a", Some(&event)),
        bookmark("b", None),
        evaluate("b", Some("as it should be".to_owned())),
        start("c"),
    ]);
    let events = [event];
    let before = seen(store, &["a", "b", "c"], &events);
    store.done(delete("a"));
    assert_eq!(store.read(|store| store.event(&events[0])), None);
    assert_eq!(store.read(|store| store.payloads(&events[0])), None);
    assert_eq!(store.read(|store| store.event_cursor(&events[0])), None);
    assert_ne!(seen(store, &["a", "b", "c"], &events), before);
    let restored = store.done(restore("a"));
    let task_ids = ["a", "b"].map(id).to_vec();
    assert_eq!(restored.reply, Reply::Restored { ok: true, task_ids });
    assert_eq!(seen(store, &["a", "b", "c"], &events), before);
    assert_eq!(store.refused(restore("a")), "not_in_trash");
}

/// The task that the reports of this file are told in.
fn reported(store: &mut Store) -> TaskId {
    store.commit(vec![Command::Report(Box::new(report(0, 0, 0).into()))]);
    let page = store.read(|store| store.tasks(None, None)).1;
    page.tasks[0].id.clone()
}

fn it_takes_what_its_agent_reported_meanwhile(store: &mut Store) {
    let task = reported(store);
    store.done(Command::DeleteTask(task.clone()));
    let gone = seen(store, &[task.as_str()], &[]);
    let before = store.seq();
    for number in 1..9 {
        let quiet = store.done(Command::Report(Box::new(report(0, number, 7).into())));
        assert!(quiet.messages.is_empty() && quiet.topics.is_empty());
        assert_eq!(seen(store, &[task.as_str()], &[]), gone);
    }
    assert!(store.seq() > before, "what they told is stored");
    store.done(Command::RestoreTasks(vec![task.clone()]));
    let (_, _, page) = store.read(|store| store.timeline(&task, 99, None)).unwrap();
    assert!(page.events.len() > 3, "{page:#?}");
    let now = store.now();
    let figures = store.read(|store| store.observability(&task, now));
    let counted = usize::try_from(figures.unwrap().1.total_events).unwrap();
    assert_eq!(counted, page.events.len());
}

fn changes(store: &mut Store, topic: &Topic, after: u64) -> ChangedSince {
    store.read(|store| store.changed_since(topic, Seq(after), 99))
}

// spec: F8, F15
fn it_has_to_be_read_anew(store: &mut Store) {
    let task = Topic::Task(id("a"));
    store.commit(vec![start("a"), bookmark("a", None), log("a", "1")]);
    let deleted = store.done(delete("a"));
    let (removed, restored) = (4, 5);
    assert!(
        deleted
            .topics
            .iter()
            .any(|it| it.topic == task && it.removed)
    );
    let gone = ChangedSince::Removed { now: Seq(removed) };
    assert_eq!(changes(store, &task, 3), gone);
    let back = store.done(restore("a"));
    let change = back.topics.iter().find(|it| it.topic == task).unwrap();
    assert!(change.restored && !change.removed && change.rows.is_empty());
    assert_eq!(change.prev, Seq(removed));
    for after in 0..restored {
        assert_eq!(
            changes(store, &task, after),
            ChangedSince::Window,
            "{after}"
        );
    }
    let rows = |store: &mut Store, topic: &Topic, after| match changes(store, topic, after) {
        ChangedSince::Rows { rows, .. } => rows.len(),
        other => panic!("{topic}: {other:?}"),
    };
    assert_eq!(rows(store, &task, restored), 0);
    for topic in [Topic::Overview, Topic::Bookmarks] {
        assert_eq!(rows(store, &topic, removed), 1, "{topic}");
    }
    store.done(log("a", "2"));
    assert_eq!(changes(store, &task, removed), ChangedSince::Window);
    assert_eq!(rows(store, &task, restored), 2);
}

fn what_can_be_restored_is_listed(store: &mut Store) {
    store.commit(vec![start("a"), start_under("b", "a"), start("c")]);
    store.done(delete("a"));
    store.wait(60_000);
    store.done(delete("c"));
    let listed = |store: &mut Store| -> Vec<String> {
        let now = store.now();
        let tasks = store.read(|store| store.trash(now)).1;
        let line = |task: &agent_tracer_core::entity::DeletedTask| {
            let kept = task.emptied_at.millis_since(task.deleted_at);
            assert_eq!(kept, TRASH_KEPT_MILLIS);
            format!("{} {}", task.id, task.display_title)
        };
        tasks.iter().map(line).collect()
    };
    let all = ["c Work on c", "b Help with a", "a Work on a"];
    assert_eq!(listed(store), all);
    store.wait(TRASH_KEPT_MILLIS - 60_000);
    assert_eq!(listed(store), all[..1]);
    assert_eq!(store.refused(restore("a")), "not_in_trash");
    store.done(restore("c"));
    assert_eq!(listed(store), [""; 0]);
}

fn the_rows_of_emptied_tasks_go_bit_by_bit(store: &mut Store) {
    store.commit(vec![start("a"), start("b")]);
    let events: Vec<EventId> = (0..9)
        .map(|number| {
            logged(&store.done(log("a", &number.to_string())))[0]
                .id
                .clone()
        })
        .collect();
    store.done(delete("a"));
    empty_trash(store);
    assert_eq!(store.refused(restore("a")), "not_in_trash");
    let before = seen(store, &["a", "b"], &events);
    let seq = store.seq();
    let mut steps = 0;
    while store.sweep(4) {
        steps += 1;
        assert_eq!(seen(store, &["a", "b"], &events), before);
        store.done(delete("b"));
        store.done(restore("b"));
    }
    assert!(steps < 12, "they end");
    assert_eq!(store.seq(), Seq(seq.0 + 2 * steps));
    store.done(start("a"));
    let (_, _, page) = store
        .read(|store| store.timeline(&id("a"), 99, None))
        .unwrap();
    assert_eq!(page.events.len(), 1);
}

fn a_task_may_be_made_again_before_its_rows_are_gone(store: &mut Store) {
    let read = |store: &mut Store| {
        let (_, detail, page) = store
            .read(|store| store.timeline(&id("a"), 99, None))
            .unwrap();
        (detail.sessions.len(), page.events.len())
    };
    for wait in [0, TRASH_KEPT_MILLIS] {
        store.commit(vec![start("a"), log("a", "1"), log("a", "2"), delete("a")]);
        store.wait(wait);
        if wait > 0 {
            store.done(Command::EmptyTrash);
            store.sweep(2);
        }
        store.commit(vec![start("a"), log("a", "3")]);
        assert_eq!(read(store), (1, 2));
        while store.sweep(1) {}
        assert_eq!(read(store), (1, 2));
        store.commit(vec![delete("a"), restore("a")]);
        assert_eq!(read(store), (1, 2));
        store.done(delete("a"));
    }
}

fn told(key: &str, origin: UsageOrigin) -> Command {
    let key = MessageKey::Derived(key.to_owned());
    let usage = vec![record("run-0", key, origin)];
    let failures = Vec::new();
    Command::TakeTelemetry(Box::new(Telemetry { usage, failures }))
}

/// What was told in a better way of a session whose task is gone says nothing of what its agent
/// goes on with.
fn what_is_left_of_a_deleted_session_counts_nowhere(store: &mut Store) {
    let task = reported(store);
    store.done(told("before", UsageOrigin::Transcript));
    store.done(Command::DeleteTask(task.clone()));
    empty_trash(store);
    let again = reported(store);
    assert_ne!(task, again);
    store.done(told("after", UsageOrigin::Otlp));
    let used = store.read(|store| store.task_usage(&again)).unwrap().1;
    assert_eq!(used.total.requests, 1);
    while store.sweep(1) {}
    let used = store.read(|store| store.usage(0..=i64::MAX)).1;
    assert_eq!(used.total.requests, 1);
}

fn a_clean_up_is_seen_before(store: &mut Store) {
    store.commit(vec![
        start("a"),
        start_under("b", "a"),
        log("b", "1"),
        complete("a"),
        start("c"),
    ]);
    let (_, preview) = store.read(|store| store.finished(None));
    assert_eq!(
        (preview.total, preview.events, preview.tasks.len()),
        (2, 4, 2)
    );
    let reply = store.done(Command::DeleteFinishedTasks(None)).reply;
    let task_ids = ["a", "b"].map(id).to_vec();
    assert_eq!(
        reply,
        Reply::Purged {
            ok: true,
            deleted: 2,
            task_ids
        }
    );
}
