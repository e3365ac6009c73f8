//! Reports of subagents: tasks of their own, under the task that started them.

use agent_tracer_core::command::Command;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::vocabulary::TaskKind;

use crate::support::World;
use crate::support::agent::{Agent, agent, delegation};
use crate::support::build::{link, update};
use agent_tracer_core::report::What;

fn explorer() -> Agent {
    agent("s").subagent("a")
}

fn delegates() -> Command {
    agent("s").report(What::CallStarted(delegation("c")))
}

fn launched() -> Command {
    agent("s").launched("c", "a", "find bugs")
}

#[test]
fn a_subagent_is_a_background_task_of_its_agent() {
    let mut world = World::after([agent("s").starts()]);
    let expected = [
        "task.started n-4 running",
        "session.started n-5",
        "event.logged task.start \"Subagent started\"",
        "event.updated task.start \"Subagent started\"",
    ];
    world.check(explorer().subagent_starts(), &expected);
    world.check(explorer().subagent_starts(), &[]);
    let task = world.task("n-4");
    assert_eq!(
        (task.task_kind, task.title.as_str()),
        (TaskKind::Background, "Explore subagent")
    );
    assert_eq!(task.parent_task_id, Some(TaskId::new("n-1")));
    assert_eq!(task.parent_session_id.as_deref(), Some("s"));
    assert_eq!(task.background_task_id.as_deref(), Some("a"));
}

#[test]
fn a_subagent_s_calls_are_its_own() {
    let mut world = World::after([agent("s").starts(), explorer().begins("c")]);
    assert_eq!(world.timeline("n-1").len(), 1);
    let expected = [
        "event.updated terminal.command \"run c\" unfinished",
        "event.logged assistant.response \"found\"",
        "session.ended n-5 completed",
        "task.completed n-4 completed",
        "event.logged task.complete \"Subagent ended\"",
    ];
    world.check(explorer().subagent_ends("found"), &expected);
    world.check(explorer().subagent_ends("found"), &[]);
}

#[test]
fn the_call_that_started_it_names_it() {
    let mut world = World::after([delegates(), explorer().subagent_starts()]);
    let expected = [
        "task.updated n-5 running",
        "event.updated agent.activity.logged \"delegate c\" completed",
    ];
    world.check(launched(), &expected);
    assert_eq!(world.task("n-5").title, "Explore: find bugs");
    world.check(launched(), &[]);
}

#[test]
fn a_call_may_speak_of_it_first() {
    let mut world = World::after([delegates()]);
    let expected = [
        "task.started n-5 running",
        "session.started n-6",
        "event.logged task.start \"Subagent started\"",
        "task.updated n-5 running",
        "event.updated agent.activity.logged \"delegate c\" completed",
    ];
    world.check(launched(), &expected);
    world.check(
        explorer().subagent_starts(),
        &["event.updated task.start \"Subagent started\""],
    );
    assert_eq!(world.task("n-5").title, "Explore: find bugs");
}

#[test]
fn a_call_told_again_does_not_undo_what_a_person_changed() {
    let mut world = World::after([agent("other").starts(), delegates(), launched()]);
    let task = world.rows.bindings[&("tester".to_owned(), "s/a".to_owned())]
        .task_id
        .clone();
    world.run(update(task.as_str(), Some("Mine"), None));
    world.run(link(task.as_str(), "n-1"));
    world.check(launched(), &[]);
    assert_eq!(world.task(task.as_str()).title, "Mine");
}

#[test]
fn a_nested_subagent_belongs_to_the_one_that_called() {
    let nested = agent("s").subagent("b");
    let call = explorer().launched("c", "b", "look closer");
    let world = World::after([explorer().subagent_starts(), nested.subagent_starts(), call]);
    let task = |runtime: &str| {
        let key = ("tester".to_owned(), runtime.to_owned());
        world.rows.bindings[&key].task_id.clone()
    };
    let parent = |runtime: &str| world.task(task(runtime).as_str()).parent_task_id.clone();
    assert_eq!(parent("s/b"), Some(task("s/a")));
    assert_eq!(parent("s/a"), Some(task("s")));
}

#[test]
fn a_subagent_that_claims_its_ancestor_makes_no_ring() {
    let call = explorer().launched("c", "a", "myself");
    let mut world = World::after([explorer().subagent_starts()]);
    world.check(
        call,
        &["event.logged agent.activity.logged \"delegate c\" completed"],
    );
}

#[test]
fn a_beginning_that_comes_after_the_end_opens_nothing() {
    let mut world = World::after([agent("s").starts(), explorer().subagent_ends("found")]);
    world.pass(1_000);
    world.run(explorer().subagent_starts());
    assert_eq!(world.status("n-4"), "completed");
    assert_eq!(world.running_sessions("n-4"), 0);
}

#[test]
fn a_subagent_goes_on_after_its_agent_s_turn() {
    let world = World::after([
        explorer().subagent_starts(),
        agent("s").answers("in the background"),
    ]);
    assert_eq!(
        (world.status("n-1"), world.status("n-4")),
        ("waiting", "running")
    );
}

#[test]
fn a_subagent_that_is_spoken_to_again_runs_again() {
    let mut world = World::after([
        explorer().subagent_starts(),
        explorer().subagent_ends("found"),
    ]);
    world.pass(60_000);
    world.run(explorer().subagent_starts());
    assert_eq!(world.status("n-4"), "running");
}
