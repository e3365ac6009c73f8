//! Timelines: page by page, and whole.

use agent_tracer_core::entity::Event;
use agent_tracer_core::ids::EventId;
use agent_tracer_core::vocabulary::EventKind;
use agent_tracer_store::{Cursor, EventPage};

use super::commands::{id, log, log_with, start, titles};
use super::store::Store;
use agent_tracer_core::command::Command;

super::for_every_store!(
    an_unknown_task_has_no_events,
    pages_go_back_in_time,
    a_clock_set_back_orders_by_time,
    equal_times_keep_the_order_of_commit,
    events_of_one_command_keep_their_order,
    a_cursor_outlives_what_came_after_it,
    a_page_ends_before_an_event_or_with_a_moment,
    a_visit_sees_everything_or_stops,
);

fn page(store: &mut Store, limit: usize, before: Option<&Cursor>) -> EventPage {
    let page = store.read(|store| store.timeline(&id("a"), limit, before));
    page.unwrap().2
}

/// Every page from the newest back, each oldest first.
fn pages(store: &mut Store, limit: usize) -> Vec<Vec<String>> {
    let (mut pages, mut before) = (Vec::new(), None);
    loop {
        let page = page(store, limit, before.as_ref());
        pages.push(page.events.into_iter().map(|event| event.title).collect());
        assert!(pages.len() < 100, "pages without end");
        let Some(cursor) = page.before else {
            return pages;
        };
        before = Some(cursor.to_string().parse().unwrap());
    }
}

fn a_page_ends_before_an_event_or_with_a_moment(store: &mut Store) {
    store.done(start("a"));
    for title in ["one", "two"] {
        store.done(log("a", title));
    }
    let moment = store.now();
    store.wait(1_000);
    store.done(log("a", "three"));
    let until = Cursor {
        at: moment.as_millis(),
        row: String::new(),
    };
    assert_eq!(titles(&page(store, 2, Some(&until)).events), ["one", "two"]);
    let two = page(store, 9, None).events[2].id.clone();
    let before = store.read(|store| store.event_cursor(&two)).unwrap();
    assert_eq!(titles(&page(store, 1, Some(&before)).events), ["one"]);
    let unknown = store.read(|store| store.event_cursor(&EventId::new("none")));
    assert_eq!(unknown, None);
}

fn visited(store: &mut Store) -> Vec<Event> {
    let mut events = Vec::new();
    let detail = store.read(|store| {
        store.visit_timeline(&id("a"), &mut |event| {
            events.push(event);
            true
        })
    });
    assert_eq!(detail.unwrap().1.task.id, id("a"));
    events
}

fn an_unknown_task_has_no_events(store: &mut Store) {
    let page = store.read(|store| store.timeline(&id("a"), 5, None));
    assert_eq!(page, None);
    let mut visits = 0;
    let detail = store.read(|store| {
        store.visit_timeline(&id("a"), &mut |_| {
            visits += 1;
            true
        })
    });
    assert_eq!((detail, visits), (None, 0));
}

fn pages_go_back_in_time(store: &mut Store) {
    store.done(start("a"));
    for title in ["1", "2", "3"] {
        store.wait(1_000);
        store.done(log("a", title));
    }
    let first = "Work on a";
    assert_eq!(pages(store, 2), [vec!["2", "3"], vec![first, "1"]]);
    assert_eq!(pages(store, 3), [vec!["1", "2", "3"], vec![first]]);
    assert_eq!(pages(store, 4), [[first, "1", "2", "3"]]);
    assert_eq!(pages(store, usize::MAX).len(), 1);
}

fn a_clock_set_back_orders_by_time(store: &mut Store) {
    store.wait(-5_000);
    store.done(start("a"));
    store.wait(10_000);
    store.done(log("a", "later"));
    store.wait(-5_000);
    store.done(log("a", "earlier"));
    let first = "Work on a";
    assert_eq!(pages(store, 9), [[first, "earlier", "later"]]);
    assert_eq!(pages(store, 1), [["later"], ["earlier"], [first]]);
    assert_eq!(titles(&visited(store)), [first, "earlier", "later"]);
}

fn equal_times_keep_the_order_of_commit(store: &mut Store) {
    store.commit(vec![start("a"), start("b"), log("a", "1"), log("b", "-")]);
    store.commit(vec![log("a", "2"), log("b", "-"), log("a", "3")]);
    let first = "Work on a";
    assert_eq!(pages(store, 1), [["3"], ["2"], ["1"], [first]]);
    assert_eq!(titles(&visited(store)), [first, "1", "2", "3"]);
}

fn events_of_one_command_keep_their_order(store: &mut Store) {
    let edit = log_with("a", "edit", |log| {
        log.kind = EventKind::ToolUsed;
        log.lane = Some(agent_tracer_core::vocabulary::Lane::Implementation);
        log.file_paths = ["/z.rs", "/a.rs", "/m.rs"].map(str::to_owned).to_vec();
    });
    store.commit(vec![start("a"), edit, log("a", "after")]);
    let expected = ["Work on a", "edit", "z.rs", "a.rs", "m.rs", "after"];
    assert_eq!(titles(&visited(store)), expected);
    assert_eq!(pages(store, 6), [expected]);
    assert_eq!(
        pages(store, 1).concat(),
        expected.iter().rev().copied().collect::<Vec<_>>()
    );
}

fn a_cursor_outlives_what_came_after_it(store: &mut Store) {
    store.commit(vec![
        start("b"),
        log("b", "-"),
        start("a"),
        log("a", "1"),
        log("a", "2"),
    ]);
    let newest = page(store, 1, None);
    store.done(Command::DeleteTask(id("b")));
    store.commit(vec![log("a", "3"), start("b")]);
    let rest = page(store, 9, newest.before.as_ref());
    assert_eq!(titles(&newest.events), ["2"]);
    assert_eq!(titles(&rest.events), ["Work on a", "1"]);
}

fn a_visit_sees_everything_or_stops(store: &mut Store) {
    store.commit(vec![start("a"), log("a", "1"), log("a", "2"), start("b")]);
    let whole = page(store, 9, None).events;
    assert_eq!(visited(store), whole);
    let mut visits = 0;
    let detail = store.read(|store| {
        store.visit_timeline(&id("a"), &mut |_| {
            visits += 1;
            visits < 2
        })
    });
    assert_eq!((detail.is_some(), visits), (true, 2));
}
