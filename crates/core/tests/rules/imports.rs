//! Sessions that transcripts tell of, beside those that hooks tell of.

use agent_tracer_core::command::Command;
use agent_tracer_core::entity::Metadata;
use agent_tracer_core::report::What;
use agent_tracer_core::rows::TranscriptRow;
use agent_tracer_core::time::Timestamp;
use serde_json::json;

use crate::support::agent::agent;
use crate::support::{BEGINNING, World};

const DAY: i64 = 86_400_000;

/// The report as a transcript tells it, so long after the beginning.
fn imported(mut command: Command, after: i64) -> Command {
    if let Command::Report(delivery) = &mut command {
        delivery.transcripts = Some(vec![TranscriptRow {
            path: "/t.jsonl".to_owned(),
            size: 1,
            modified_ms: 1,
            offset: 1,
            fingerprint: 1,
            is_closed: false,
        }]);
        for report in &mut delivery.reports {
            report.happened_at = Some(Timestamp::from_millis(BEGINNING + after));
        }
    }
    command
}

fn guessed_end() -> What {
    let metadata: Metadata = [("guess".to_owned(), json!(true))].into_iter().collect();
    What::SessionEnded {
        reason: "the transcript ends here".to_owned(),
        metadata,
    }
}

/// A session of a day ago, read today.
fn world() -> World {
    let mut world = World::after([]);
    world.pass(DAY);
    world.run(imported(agent("s").starts(), 0));
    world.run(imported(agent("s").prompted("go"), 1_000));
    world.run(imported(agent("s").begins("c"), 2_000));
    world.run(imported(agent("s").completes("c"), 5_000));
    world
}

fn only_task(world: &World) -> String {
    let ids: Vec<_> = world.rows.tasks.keys().collect();
    assert_eq!(ids.len(), 1);
    ids[0].to_string()
}

#[test]
fn what_is_imported_happened_when_it_happened() {
    let mut world = world();
    world.run(imported(agent("s").report(guessed_end()), 5_000));
    let task = world.task(&only_task(&world)).clone();
    let last = Timestamp::from_millis(BEGINNING + 5_000);
    assert_eq!((task.last_activity_at, task.updated_at), (last, last));
    let session = &world.rows.sessions.values().next().expect("one").session;
    assert_eq!(session.ended_at, Some(last));
    assert_eq!(task.status.as_str(), "completed");
    assert!(
        task.activity.expect("told").guess,
        "nobody said that it is over"
    );
}

#[test]
fn a_session_that_hooks_tell_of_is_told_by_them_alone() {
    let mut world = World::after([agent("s").prompted("go")]);
    let told = world.timeline(&only_task(&world));
    world.run(imported(agent("s").starts(), 0));
    world.run(imported(agent("s").begins("c"), 0));
    assert_eq!(world.timeline(&only_task(&world)), told);
    assert!(
        world.rows.transcripts.contains_key("/t.jsonl"),
        "what was read is read"
    );
}

#[test]
fn an_imported_session_goes_on_when_hooks_tell_of_it() {
    let mut world = world();
    world.run(imported(agent("s").report(guessed_end()), 5_000));
    let task = only_task(&world);
    world.run(agent("s").starts());
    world.run(agent("s").turn(Some("p2")).prompted("more"));
    assert_eq!(only_task(&world), task, "the same task");
    assert_eq!(
        (world.status(&task), world.running_sessions(&task)),
        ("running", 1)
    );
    let told = world.timeline(&task);
    world.run(imported(
        agent("s").turn(Some("p3")).prompted("again"),
        9_000,
    ));
    assert_eq!(
        world.timeline(&task),
        told,
        "the transcript is silent from now on"
    );
}

#[test]
fn a_transcript_may_go_on_after_its_session_was_closed() {
    let mut world = world();
    world.run(imported(agent("s").report(guessed_end()), 5_000));
    world.run(imported(
        agent("s").turn(Some("p2")).prompted("more"),
        DAY / 2,
    ));
    let task = only_task(&world);
    assert_eq!(
        (world.status(&task), world.rows.sessions.len()),
        ("running", 2)
    );
}
