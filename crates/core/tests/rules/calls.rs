//! Reports of tool calls, permissions and to-do items: one event each.

use agent_tracer_core::ids::EventId;
use agent_tracer_core::report::{CallEnd, ToolCall, What};
use agent_tracer_core::vocabulary::{TodoState, ToolStatus};
use serde_json::json;

use crate::support::World;
use crate::support::agent::{agent, command, edit, end, todo_call};
use crate::support::build::metadata;

const RUNNING: &str = "event.logged terminal.command \"run c\" running";
const COMPLETED: &str = "event.updated terminal.command \"run c\" completed";
const ASKED: &str = "event.logged question.logged \"May I c?\" asked";
const CONCLUDED: &str = "event.updated question.logged \"May I c?\" concluded";

/// A world in which the agent runs: task `n-1`.
fn world() -> World {
    World::after([agent("s").starts(), agent("s").prompted("go")])
}

#[test]
fn a_call_is_one_event() {
    let mut world = world();
    world.check(agent("s").begins("c"), &[RUNNING]);
    world.check(agent("s").begins("c"), &[]);
    world.check(agent("s").completes("c"), &[COMPLETED]);
    world.check(agent("s").completes("c"), &[]);
    world.check(agent("s").begins("c"), &[]);
}

#[test]
fn an_end_makes_up_for_a_beginning_that_was_missed() {
    let mut world = world();
    let logged = "event.logged terminal.command \"run c\" failed";
    world.check(
        agent("s").finishes(command("c"), ToolStatus::Failed),
        &[logged],
    );
    world.check(agent("s").begins("c"), &[]);
}

#[test]
fn an_end_lays_its_metadata_over_the_beginning_s() {
    let mut world = World::after([agent("s").begins("c")]);
    let better = CallEnd {
        metadata: metadata(json!({"output": "ok", "filePaths": [" a ", "a"], "hookEvent": "x"})),
        title: Some("better".to_owned()),
        ..end(ToolStatus::Completed)
    };
    let ended = What::CallEnded {
        call: command("c"),
        end: better,
    };
    let expected = ["event.updated terminal.command \"better\" completed"];
    world.check(agent("s").report(ended), &expected);
    let metadata = &world.rows.events[&EventId::new("n-4")].event.metadata;
    assert_eq!(
        (&metadata["output"], &metadata["filePaths"]),
        (&json!("ok"), &json!(["a"]))
    );
}

#[test]
fn an_end_never_takes_the_list_of_files_away() {
    let mut world = World::after([agent("s").begins("c")]);
    let ended = What::CallEnded {
        call: command("c"),
        end: CallEnd {
            metadata: metadata(json!({"filePaths": null})),
            ..end(ToolStatus::Completed)
        },
    };
    world.run(agent("s").report(ended));
    let metadata = &world.rows.events[&EventId::new("n-4")].event.metadata;
    assert_eq!(metadata["filePaths"], json!([]));
}

#[test]
fn a_late_end_corrects_a_guess() {
    let mut world = World::after([agent("s").begins("c"), agent("s").answers("done")]);
    world.check(agent("s").completes("c"), &[COMPLETED]);
    assert_eq!(world.status("n-1"), "waiting");
    let metadata = &world.rows.events[&EventId::new("n-4")].event.metadata;
    assert!(!metadata.contains_key("endedBecause"));
}

#[test]
fn a_call_that_completed_changed_its_files() {
    let mut world = world();
    world.run(agent("s").report(What::CallStarted(edit("c"))));
    let expected = [
        "event.updated tool.used \"run c\" completed",
        "event.logged file.changed \"a.rs\"",
        "event.logged file.changed \"c.rs\"",
    ];
    world.check(
        agent("s").finishes(edit("c"), ToolStatus::Completed),
        &expected,
    );
    let refused = ["event.logged tool.used \"run d\" refused"];
    world.check(
        agent("s").finishes(edit("d"), ToolStatus::Refused),
        &refused,
    );
}

#[test]
fn a_batch_adds_only_what_nobody_told() {
    let mut world = World::after([agent("s").starts(), agent("s").begins("c")]);
    let batch = || agent("s").batch(&[("c", ToolStatus::Completed), ("d", ToolStatus::Refused)]);
    world.check(
        batch(),
        &["event.logged terminal.command \"run d\" refused"],
    );
    world.check(batch(), &[]);
    world.check(agent("s").completes("c"), &[COMPLETED]);
}

#[test]
fn a_permission_makes_the_task_wait_until_its_call_ends() {
    let mut world = World::after([agent("s").starts(), agent("s").begins("c")]);
    world.check(agent("s").asks("c"), &[ASKED, "task.updated n-1 waiting"]);
    world.check(agent("s").asks("c"), &[]);
    let expected = [COMPLETED, CONCLUDED, "task.updated n-1 running"];
    world.check(agent("s").completes("c"), &expected);
    let metadata = &world.rows.events[&EventId::new("n-5")].event.metadata;
    assert_eq!(metadata["answer"], "granted");
}

#[test]
fn a_refused_permission_says_so() {
    let mut world = World::after([agent("s").begins("c"), agent("s").asks("c")]);
    world.run(agent("s").finishes(command("c"), ToolStatus::Refused));
    let metadata = &world.rows.events[&EventId::new("n-5")].event.metadata;
    assert_eq!(
        (&metadata["answer"], metadata.get("guess")),
        (&json!("refused"), None)
    );
}

#[test]
fn a_task_waits_while_one_of_two_permissions_is_open() {
    let mut world = World::after([
        agent("s").begins("c"),
        agent("s").asks("c"),
        agent("s").begins("d"),
    ]);
    assert_eq!(world.status("n-1"), "waiting");
    world.run(agent("s").asks("d"));
    world.check(agent("s").completes("c"), &[COMPLETED, CONCLUDED]);
    world.run(agent("s").completes("d"));
    assert_eq!(world.status("n-1"), "running");
}

#[test]
fn a_permission_whose_input_the_person_changed_is_settled_by_its_call() {
    let mut world = World::after([agent("s").begins("c"), agent("s").asks("c")]);
    let changed = ToolCall {
        input: json!({"command": "something else"}),
        ..command("c")
    };
    let expected = [COMPLETED, CONCLUDED, "task.updated n-1 running"];
    world.check(
        agent("s").finishes(changed, ToolStatus::Completed),
        &expected,
    );
}

#[test]
fn a_permission_that_nobody_answered_is_closed_with_the_turn() {
    let mut world = World::after([agent("s").begins("c"), agent("s").asks("c")]);
    world.run(agent("s").turn(Some("p2")).prompted("no, do this"));
    let metadata = &world.rows.events[&EventId::new("n-5")].event.metadata;
    assert_eq!(
        (&metadata["answer"], &metadata["guess"]),
        (&json!("not granted"), &json!(true))
    );
    assert_eq!(world.status("n-1"), "running");
}

#[test]
fn a_call_after_a_turn_makes_the_task_run() {
    let mut world = World::after([agent("s").starts(), agent("s").answers("done")]);
    world.check(
        agent("s").begins("c"),
        &["task.updated n-1 running", RUNNING],
    );
}

#[test]
fn a_todo_move_is_told_in_its_call() {
    let mut world = world();
    world.run(agent("s").report(What::CallStarted(todo_call("c", "Write tests"))));
    let expected = ["event.updated todo.logged \"Write tests\" running added"];
    world.check(
        agent("s").todo("1", TodoState::Added, "Write tests"),
        &expected,
    );
    let metadata = &world.rows.events[&EventId::new("n-5")].event.metadata;
    assert_eq!(metadata["todoId"], "1");
}

#[test]
fn a_todo_move_without_a_call_is_an_event_of_its_own_if_it_is_news() {
    let mut world = world();
    let added = || agent("s").todo("1", TodoState::Added, "Write tests");
    let done = || agent("s").todo("1", TodoState::Completed, "Write tests");
    world.check(added(), &["event.logged todo.logged \"Write tests\" added"]);
    world.check(added(), &[]);
    world.check(
        done(),
        &["event.logged todo.logged \"Write tests\" completed"],
    );
    world.check(done(), &[]);
}

#[test]
fn a_todo_item_keeps_what_it_says_whenever_that_is_told() {
    let update = |call: &str| {
        let mut update = todo_call(call, "Update 1");
        let moved = json!({"todoId": "1", "todoState": "in_progress"});
        update.metadata = metadata(moved);
        agent("s").finishes(update, ToolStatus::Completed)
    };
    let mut named = todo_call("c2", "Write tests");
    named.metadata.insert("todoId".to_owned(), json!("1"));
    let mut world = World::after([
        update("c1"),
        agent("s").finishes(named, ToolStatus::Completed),
    ]);
    let expected = ["event.logged todo.logged \"Write tests\" completed in_progress"];
    world.check(update("c3"), &expected);
}

#[test]
fn the_tags_of_a_question_follow_its_phase() {
    let mut world = World::after([agent("s").begins("c"), agent("s").asks("c")]);
    let tags = |world: &World| {
        let row = &world.rows.events[&EventId::new("n-5")];
        row.event.classification.tags.clone()
    };
    assert_eq!(tags(&world), ["question", "question:asked"]);
    world.run(agent("s").completes("c"));
    assert_eq!(tags(&world), ["question", "question:concluded"]);
}

#[test]
fn a_permission_does_not_open_what_a_person_completed() {
    use crate::support::build::update;
    use agent_tracer_core::vocabulary::TaskStatus;
    let completed = update("n-1", None, Some(TaskStatus::Completed));
    let mut world = World::after([agent("s").begins("c"), completed]);
    world.check(agent("s").asks("c"), &[ASKED]);
    assert_eq!(world.status("n-1"), "completed");
}
