//! Reports of prompts and answers.

use crate::support::World;
use crate::support::agent::{Agent, agent};
use agent_tracer_core::ids::EventId;
use serde_json::json;

const ANSWERED: [&str; 2] = [
    "event.logged assistant.response \"done\"",
    "task.updated n-1 waiting",
];

#[test]
fn a_prompt_is_a_message_and_names_the_task() {
    let agent = |session| Agent {
        name: "Claude Code",
        ..agent(session)
    };
    let mut world = World::after([agent("s").starts()]);
    let expected = [
        "task.updated n-1 running",
        "event.logged user.message \"fix src/a.rs\"",
        "task.updated n-1 running",
    ];
    world.check(agent("s").prompted("fix src/a.rs"), &expected);
    assert_eq!(world.task("n-1").display_title, "fix src/a.rs");
    let metadata = &world.rows.events[&EventId::new("n-4")].event.metadata;
    assert_eq!(metadata["filePaths"], json!(["src/a.rs"]));
    assert_eq!(
        (&metadata["phase"], &metadata["messageId"]),
        (&json!("initial"), &json!("p1"))
    );
}

#[test]
fn a_prompt_told_twice_is_one() {
    let mut world = World::after([agent("s").prompted("go")]);
    world.check(agent("s").prompted("go"), &[]);
    let next = agent("s").turn(Some("p2")).prompted("go");
    world.check(next, &["event.logged user.message \"go\""]);
    let unnamed = agent("s").turn(None);
    world.run(unnamed.prompted("go"));
    world.check(
        unnamed.prompted("go"),
        &["event.logged user.message \"go\""],
    );
}

#[test]
fn an_answer_makes_the_task_wait() {
    let mut world = World::after([agent("s").prompted("go")]);
    world.check(agent("s").answers("done"), &ANSWERED);
    world.check(agent("s").answers("done"), &[]);
}

#[test]
fn a_next_prompt_makes_it_run() {
    let mut world = World::after([agent("s").prompted("go"), agent("s").answers("done")]);
    let expected = [
        "task.updated n-1 running",
        "event.logged user.message \"more\"",
    ];
    world.check(agent("s").turn(Some("p2")).prompted("more"), &expected);
}

#[test]
fn an_end_of_a_turn_without_words_is_only_a_wait() {
    let mut world = World::after([agent("s").prompted("go")]);
    world.check(
        agent("s").turn_ended(None, None),
        &["task.updated n-1 waiting"],
    );
}

#[test]
fn a_failed_turn_says_why() {
    let mut world = World::after([agent("s").prompted("go")]);
    let failed = agent("s").turn_ended(None, Some("rate_limit"));
    let expected = [
        "event.logged assistant.response \"rate_limit\"",
        "task.updated n-1 waiting",
    ];
    world.check(failed, &expected);
    let metadata = &world.rows.events[&EventId::new("n-5")].event.metadata;
    assert_eq!(
        (&metadata["failed"], &metadata["error"]),
        (&json!(true), &json!("rate_limit"))
    );
}

#[test]
fn the_end_of_a_turn_closes_what_is_open() {
    let mut world = World::after([agent("s").begins("c")]);
    let closed = "event.updated terminal.command \"run c\" unfinished";
    world.check(
        agent("s").answers("done"),
        &[closed, ANSWERED[0], ANSWERED[1]],
    );
}

#[test]
fn a_person_s_prompt_closes_what_is_open_and_a_program_s_does_not() {
    let mut world = World::after([agent("s").prompted("go"), agent("s").begins("c")]);
    let notice = agent("s")
        .turn(Some("p2"))
        .prompt("<task-notification>", false);
    world.check(
        notice,
        &["event.logged agent.activity.logged \"<task-notification>\""],
    );
    let expected = [
        "event.updated terminal.command \"run c\" unfinished",
        "event.logged user.message \"stop\"",
    ];
    world.check(agent("s").turn(Some("p3")).prompted("stop"), &expected);
}

#[test]
fn a_late_answer_does_not_open_a_finished_task() {
    let mut world = World::after([agent("s").prompted("go"), agent("s").ends()]);
    world.check(agent("s").answers("done"), &ANSWERED[..1]);
    assert_eq!(world.status("n-1"), "completed");
}
