//! Logging events: sessions, derived files, once-only events, renames.

use agent_tracer_core::command::{LogEvent, Reply, SessionChoice};
use agent_tracer_core::ids::{EventId, SessionId, TaskId};
use agent_tracer_core::vocabulary::{EventKind, Lane};
use serde_json::json;

use crate::support::World;
use crate::support::build::{complete, fail, log, log_event, log_with, metadata, rename, start};

fn with_files(kind: EventKind, lane: Option<Lane>, files: &[&str]) -> LogEvent {
    LogEvent {
        lane,
        file_paths: files.iter().map(|&file| file.to_owned()).collect(),
        ..log_event("t", kind)
    }
}

#[track_caller]
fn check_files(event: LogEvent, expected: &[&str]) {
    let (_, messages) = World::after([start("t")]).run(log(event));
    let lines: Vec<String> = messages[1..].iter().map(crate::support::line).collect();
    assert_eq!(lines, expected);
}

#[test]
fn an_event_of_the_newest_running_session() {
    let mut world = World::after([start("t"), start("t")]);
    let expected = ["event.logged tool.used \"an event\""];
    let reply = world.check(log(log_event("t", EventKind::ToolUsed)), &expected);
    let Reply::Envelope {
        session_id, events, ..
    } = reply
    else {
        panic!("an envelope");
    };
    assert_eq!(session_id, Some(SessionId::new("n-3")));
    assert_eq!(events[0].id, EventId::new("n-4"));
}

#[test]
fn an_event_without_a_session() {
    let absent = LogEvent {
        session: SessionChoice::Absent,
        ..log_event("t", EventKind::AssistantResponse)
    };
    let mut world = World::after([start("t")]);
    world.run(log(absent));
    assert_eq!(
        world.rows.events[&EventId::new("n-3")].event.session_id,
        None
    );
    let mut world = World::after([start("t"), complete("t")]);
    world.run(log(log_event("t", EventKind::ToolUsed)));
    assert_eq!(
        world.rows.events[&EventId::new("n-4")].event.session_id,
        None
    );
}

#[test]
fn an_event_of_an_unknown_place_is_refused() {
    let mut world = World::after([start("t"), start("u")]);
    let named = |session: &str| LogEvent {
        session: SessionChoice::Named(SessionId::new(session)),
        ..log_event("t", EventKind::ToolUsed)
    };
    world.check_refused(log(named("x")), "session_not_found");
    world.check_refused(log(named("n-3")), "invalid_request");
    world.check_refused(log(log_event("x", EventKind::ToolUsed)), "task_not_found");
}

#[test]
fn named_files_count_as_changed() {
    let expected = [
        "event.logged file.changed \"a.rs\"",
        "event.logged file.changed \"c.rs\"",
    ];
    let files = [" a.rs", "b/c.rs", "a.rs", " "];
    check_files(with_files(EventKind::ToolUsed, None, &files), &expected);
    check_files(with_files(EventKind::ActionLogged, None, &files), &expected);
}

#[test]
fn files_that_were_only_looked_at_or_spoken_of_do_not() {
    for lane in [Lane::Exploration, Lane::Background] {
        check_files(with_files(EventKind::ToolUsed, Some(lane), &["a"]), &[]);
    }
    for kind in [
        EventKind::UserMessage,
        EventKind::QuestionLogged,
        EventKind::TodoLogged,
        EventKind::ThoughtLogged,
        EventKind::AssistantResponse,
    ] {
        check_files(with_files(kind, None, &["a"]), &[]);
    }
}

#[test]
fn at_most_fifteen_files_count_as_changed() {
    let names: Vec<String> = (0..20).map(|number| format!("f{number}")).collect();
    let files: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut world = World::after([start("t")]);
    world.run(log(with_files(EventKind::ToolUsed, None, &files)));
    assert_eq!(world.timeline("t").len(), 2 + 15);
}

#[test]
fn a_changed_file_says_where_it_comes_from() {
    let mut world = World::after([start("t")]);
    world.run(log(with_files(EventKind::ToolUsed, None, &["b/c.rs"])));
    let event = &world.rows.events[&EventId::new("n-4")].event;
    let expected =
        json!({"sourceKind": "tool.used", "sourceEventId": "n-3", "filePaths": ["b/c.rs"]});
    assert_eq!(event.metadata, metadata(expected));
    assert_eq!(
        (event.lane, event.body.as_deref()),
        (Lane::Implementation, Some("b/c.rs"))
    );
    assert_eq!(event.session_id, Some(SessionId::new("n-1")));
}

#[test]
fn file_paths_are_always_a_list() {
    let mut world = World::after([start("t")]);
    for sent in [
        json!({}),
        json!({"filePaths": "a"}),
        json!({"filePaths": null}),
    ] {
        world.run(log_with("t", EventKind::ThoughtLogged, sent));
    }
    let rows = world.rows.timeline(&TaskId::new("t"));
    assert!(
        rows.iter()
            .all(|row| row.event.metadata["filePaths"] == json!([]))
    );
}

#[test]
fn an_event_with_a_key_is_logged_once() {
    let once = || LogEvent {
        once: Some("7:running".to_owned()),
        ..log_event("t", EventKind::ActionLogged)
    };
    let mut world = World::after([start("t"), log(once())]);
    let reply = world.check(log(once()), &[]);
    assert!(matches!(reply, Reply::Envelope { events, .. } if events.is_empty()));
    let other = LogEvent {
        once: Some("7:completed".to_owned()),
        ..once()
    };
    world.check(log(other), &["event.logged action.logged \"an event\""]);
}

#[test]
fn a_first_message_is_the_initial_one() {
    let raw = || log_with("t", EventKind::UserMessage, json!({"captureMode": "raw"}));
    let said = log_with(
        "t",
        EventKind::UserMessage,
        json!({"captureMode": "raw", "phase": "initial"}),
    );
    let world = World::after([start("t"), raw(), raw(), said]);
    let rows = world.rows.timeline(&TaskId::new("t"));
    let phases: Vec<_> = rows[1..]
        .iter()
        .map(|row| &row.event.metadata["phase"])
        .collect();
    assert_eq!(phases, ["initial", "follow_up", "initial"]);
}

#[test]
fn events_do_not_move_the_task() {
    let mut world = World::after([start("t"), fail("t")]);
    let before = world.task("t").clone();
    world.pass(1_000);
    world.run(log(log_event("t", EventKind::ToolUsed)));
    let task = world.task("t");
    assert_eq!(
        (task.status, task.updated_at),
        (before.status, before.updated_at)
    );
    assert_eq!(task.last_activity_at, world.now);
}

#[test]
fn a_rename_is_kept_beside_the_title() {
    let mut world = World::after([start("t"), log(log_event("t", EventKind::ToolUsed))]);
    let updated = ["event.updated tool.used \"an event\""];
    let reply = world.check(rename("n-3", Some("better")), &updated);
    assert!(matches!(reply, Reply::Event { event } if event.metadata["displayTitle"] == "better"));
    world.check(rename("n-3", Some("better")), &[]);
    world.check(rename("n-3", Some("an event")), &updated);
    assert!(
        !world.rows.events[&EventId::new("n-3")]
            .event
            .metadata
            .contains_key("displayTitle")
    );
    world.check(rename("n-3", None), &[]);
}

#[test]
fn a_rename_keeps_the_tags_and_is_no_activity() {
    let plan = LogEvent {
        action: Some("runTests".to_owned()),
        ..log_event("t", EventKind::VerificationLogged)
    };
    let mut world = World::after([start("t"), log(plan)]);
    let id = EventId::new("n-3");
    let tags = world.rows.events[&id].event.classification.tags.clone();
    let active = world.task("t").last_activity_at;
    world.pass(60_000);
    world.run(rename("n-3", Some("better")));
    assert!(tags.contains(&"action:tests".to_owned()), "{tags:?}");
    assert_eq!(world.rows.events[&id].event.classification.tags, tags);
    assert_eq!(world.task("t").last_activity_at, active);
}

#[test]
fn a_rename_of_nothing_or_to_nothing_is_refused() {
    let mut world = World::after([start("t")]);
    world.check_refused(rename("x", Some("a")), "event_not_found");
    world.check_refused(rename("n-2", Some(" ")), "invalid_request");
}

#[test]
fn a_key_of_a_caller_never_hides_a_call_of_an_agent() {
    use crate::support::agent::agent;
    let once = LogEvent {
        once: Some("call:c".to_owned()),
        ..log_event("n-1", EventKind::ActionLogged)
    };
    let mut world = World::after([agent("s").starts(), agent("s").begins("c")]);
    world.check(log(once), &["event.logged action.logged \"an event\""]);
    world.check(agent("s").begins("c"), &[]);
}

#[test]
fn an_event_s_tags_and_files_count_as_it_comes_to_carry_them() {
    let mut world = World::after([start("t")]);
    world.run(log(with_files(EventKind::ToolUsed, None, &["a", "b"])));
    world.run(log(with_files(EventKind::ThoughtLogged, None, &["b"])));
    let figures = &world.rows.tasks[&TaskId::new("t")].figures;
    let top: Vec<_> = figures.top_paths.iter().collect();
    assert_eq!((figures.paths, top), (2, vec![("b", 2), ("a", 1)]));
}
