//! Reports of an agent's runs: beginnings and ends, seen, missed, late and twice.

use crate::support::World;
use crate::support::agent::agent;

const MADE: [&str; 3] = [
    "task.started n-1 running",
    "session.started n-2",
    "event.logged task.start \"Session started\"",
];
const START_SAID: &str = "event.updated task.start \"Session started\"";

#[test]
fn a_run_makes_a_task_and_its_start_says_how() {
    let mut world = World::new();
    let expected = [&MADE[..], &["task.updated n-1 waiting", START_SAID]].concat();
    world.check(agent("s").starts(), &expected);
    world.check(agent("s").starts(), &[]);
    assert_eq!(world.task("n-1").runtime_source.as_deref(), Some("tester"));
}

#[test]
fn any_report_makes_up_for_a_beginning_that_was_missed() {
    let mut world = World::new();
    let expected = [&MADE[..], &["event.logged context.saved \"note\""]].concat();
    world.check(agent("s").notes("note"), &expected);
    world.check(agent("s").starts(), &[START_SAID]);
}

#[test]
fn a_beginning_told_twice_is_one_even_with_something_in_between() {
    let mut world = World::after([agent("s").starts(), agent("s").notes("note")]);
    world.pass(1_000);
    world.check(agent("s").starts(), &[]);
}

#[test]
fn an_end_completes_the_task() {
    let mut world = World::after([agent("s").starts()]);
    let expected = [
        "session.ended n-2 completed",
        "task.completed n-1 completed",
        "event.logged task.complete \"Session ended\"",
    ];
    world.check(agent("s").ends(), &expected);
    world.check(agent("s").ends(), &[]);
}

#[test]
fn an_end_closes_what_is_open() {
    let mut world = World::after([
        agent("s").begins("c1"),
        agent("s").begins("c2"),
        agent("s").asks("c1"),
    ]);
    let expected = [
        "event.updated terminal.command \"run c1\" unfinished",
        "event.updated terminal.command \"run c2\" unfinished",
        "event.updated question.logged \"May I c1?\" concluded",
        "session.ended n-2 completed",
        "task.completed n-1 completed",
        "event.logged task.complete \"Session ended\"",
    ];
    world.check(agent("s").ends(), &expected);
}

#[test]
fn a_resumed_run_is_a_new_session_of_the_same_task() {
    let mut world = World::after([agent("s").starts(), agent("s").ends()]);
    world.pass(60_000);
    let expected = [
        "task.updated n-1 running",
        "session.started n-5",
        "task.updated n-1 waiting",
        "event.logged context.saved \"Session resumed\"",
    ];
    world.check(agent("s").starts(), &expected);
    world.check(agent("s").starts(), &[]);
}

#[test]
fn a_run_that_begins_again_replaces_one_whose_end_was_lost() {
    let mut world = World::after([
        agent("s").starts(),
        agent("s").prompted("go"),
        agent("s").begins("c"),
    ]);
    world.pass(60_000);
    let expected = [
        "event.updated terminal.command \"run c\" unfinished",
        "session.ended n-2 completed",
        "session.started n-6",
        "task.updated n-1 waiting",
        "event.logged context.saved \"Session resumed\"",
    ];
    world.check(agent("s").starts(), &expected);
    assert_eq!(world.running_sessions("n-1"), 1);
}

#[test]
fn subagents_of_a_run_that_was_lost_are_over() {
    let mut world = World::after([
        agent("s").starts(),
        agent("s").prompted("go"),
        agent("s").subagent("a").subagent_starts(),
    ]);
    world.pass(60_000);
    world.run(agent("s").starts());
    assert_eq!(
        (world.status("n-1"), world.status("n-5")),
        ("waiting", "completed")
    );
}

#[test]
fn an_end_takes_running_and_waiting_subagents_with_it() {
    let subagent = |id| agent("s").subagent(id);
    let mut world = World::after([
        agent("s").starts(),
        subagent("a").subagent_starts(),
        subagent("b").subagent_starts(),
        subagent("b").begins("c"),
        subagent("b").asks("c"),
    ]);
    assert_eq!(
        (world.status("n-4"), world.status("n-7")),
        ("running", "waiting")
    );
    let expected = [
        "session.ended n-5 completed",
        "task.completed n-4 completed",
        "event.logged task.complete \"Subagent ended\"",
        "event.updated terminal.command \"run c\" unfinished",
        "event.updated question.logged \"May I c?\" concluded",
        "session.ended n-8 completed",
        "task.completed n-7 completed",
        "event.logged task.complete \"Subagent ended\"",
        "session.ended n-2 completed",
        "task.completed n-1 completed",
        "event.logged task.complete \"Session ended\"",
    ];
    world.check(agent("s").ends(), &expected);
}

#[test]
fn a_person_s_tasks_under_a_run_go_on_without_it() {
    let mut world = World::after([agent("s").starts(), agent("other").starts()]);
    world.run(crate::support::build::link("n-4", "n-1"));
    world.run(agent("s").ends());
    assert_eq!(
        (world.status("n-1"), world.status("n-4")),
        ("completed", "waiting")
    );
}

#[test]
fn a_straggling_call_belongs_to_the_run_that_ended() {
    let mut world = World::after([agent("s").starts(), agent("s").ends()]);
    world.pass(1_000);
    let expected = [
        "event.logged terminal.command \"run c\" running",
        "event.updated terminal.command \"run c\" unfinished",
    ];
    world.check(agent("s").begins("c"), &expected);
    assert_eq!(world.status("n-1"), "completed");
}

#[test]
fn a_straggling_question_wakes_nobody() {
    let mut world = World::after([agent("s").starts(), agent("s").ends()]);
    let expected = [
        "event.logged question.logged \"May I c?\" asked",
        "event.updated question.logged \"May I c?\" concluded",
    ];
    world.check(agent("s").asks("c"), &expected);
    assert_eq!(world.status("n-1"), "completed");
}

#[test]
fn a_call_long_after_the_end_means_that_the_agent_runs_again() {
    let mut world = World::after([agent("s").starts(), agent("s").ends()]);
    world.pass(10_000);
    let expected = [
        "task.updated n-1 running",
        "session.started n-5",
        "event.logged terminal.command \"run c\" running",
    ];
    world.check(agent("s").begins("c"), &expected);
}

#[test]
fn what_was_told_before_does_not_open_a_session_again() {
    let mut world = World::after([
        agent("s").prompted("go"),
        agent("s").begins("c"),
        agent("s").completes("c"),
        agent("s").ends(),
    ]);
    world.pass(60_000);
    world.check(agent("s").prompted("go"), &[]);
    world.check(agent("s").begins("c"), &[]);
    assert_eq!(world.status("n-1"), "completed");
}
