//! Subagents that run in sessions of their own: what they do is reported like any session's.

use agent_tracer_core::command::Command;
use agent_tracer_core::entity::Metadata;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::report::{CallEnd, StartedSubagent, What};
use agent_tracer_core::vocabulary::{TaskKind, ToolStatus};

use crate::support::World;
use crate::support::agent::{agent, delegation, end};

/// That the session `child` was started by the session `parent`.
fn started(parent: &str, child: &str) -> Command {
    agent(parent).session_subagent(child).subagent_starts()
}

fn parent_of(world: &World, task: &str) -> Option<String> {
    let parent = world.task(task).parent_task_id.clone();
    parent.map(|parent| parent.to_string())
}

/// The task of a session.
fn task(world: &World, session: &str) -> TaskId {
    let key = ("tester".to_owned(), session.to_owned());
    world.rows.bindings[&key].task_id.clone()
}

#[test]
fn its_task_is_its_agent_s_child() {
    let world = World::after([agent("s").prompted("go"), started("s", "c")]);
    let child = task(&world, "c");
    assert_eq!(world.task(child.as_str()).task_kind, TaskKind::Background);
    assert_eq!(world.task(child.as_str()).title, "Explore subagent");
    assert_eq!(parent_of(&world, child.as_str()).as_deref(), Some("n-1"));
}

#[test]
fn no_person_prompts_it_and_its_turn_is_all_it_does() {
    let mut world = World::after([
        agent("s").prompted("go"),
        started("s", "c"),
        agent("c").prompted("look around"),
        agent("c").begins("k"),
    ]);
    let child = task(&world, "c");
    assert_eq!(
        world.timeline(child.as_str()),
        [
            "task.start \"Subagent started\"",
            "agent.activity.logged \"look around\"",
            "terminal.command \"run k\" running",
        ]
    );
    world.run(agent("c").turn_ended(None, None));
    assert_eq!(world.status(child.as_str()), "completed");
    assert_eq!(
        world.timeline(child.as_str())[2..],
        [
            "terminal.command \"run k\" unfinished",
            "task.complete \"Subagent ended\"",
        ]
    );
    assert_eq!(world.status("n-1"), "running");
    world.run(agent("c").turn(Some("p2")).prompted("go on"));
    assert_eq!(world.status(child.as_str()), "running");
}

#[test]
fn it_may_start_others() {
    let world = World::after([
        agent("s").prompted("go"),
        started("s", "c"),
        started("c", "d"),
    ]);
    let (child, grandchild) = (task(&world, "c"), task(&world, "d"));
    assert_eq!(
        parent_of(&world, grandchild.as_str()),
        Some(child.to_string())
    );
}

#[test]
fn it_is_put_under_its_agent_when_that_is_told_late() {
    let world = World::after([
        agent("s").prompted("go"),
        agent("c").prompted("look around"),
        started("s", "c"),
        started("s", "c"),
    ]);
    let child = task(&world, "c");
    assert_eq!(parent_of(&world, child.as_str()).as_deref(), Some("n-1"));
    assert_eq!(world.task(child.as_str()).task_kind, TaskKind::Background);
    assert_eq!(world.rows.tasks.len(), 2);
}

#[test]
fn it_waits_for_an_agent_that_nobody_heard_of() {
    let mut world = World::after([started("s", "c")]);
    let child = task(&world, "c");
    assert_eq!(world.rows.tasks.len(), 1, "no task is made for its agent");
    assert_eq!(parent_of(&world, child.as_str()), None);
    world.run(agent("s").prompted("go"));
    let started_subagent = Some(StartedSubagent {
        id: "c".to_owned(),
        has_session: true,
        description: Some("look around".to_owned()),
    });
    let end = CallEnd {
        started_subagent,
        ..end(ToolStatus::Completed)
    };
    let call = delegation("d");
    world.run(agent("s").report(What::CallEnded { call, end }));
    let parent = task(&world, "s");
    assert_eq!(parent_of(&world, child.as_str()), Some(parent.to_string()));
    assert_eq!(
        world.task(child.as_str()).title,
        "Explore: look around",
        "the call says what it was asked to do"
    );
}

#[test]
fn nobody_is_its_own_subagent() {
    let world = World::after([agent("s").prompted("go"), started("s", "s")]);
    assert_eq!(parent_of(&world, "n-1"), None);
    assert_eq!(world.task("n-1").task_kind, TaskKind::Primary);
}

#[test]
fn a_turn_that_failed_says_so_first() {
    let mut world = World::after([started("s", "c")]);
    world.run(agent("c").report(What::TurnEnded {
        text: None,
        error: Some("overloaded".to_owned()),
        title: "Turn failed: overloaded".to_owned(),
        metadata: Metadata::new(),
    }));
    let child = task(&world, "c");
    let last = world.timeline(child.as_str()).pop();
    assert_eq!(
        last.as_deref(),
        Some("assistant.response \"Turn failed: overloaded\"")
    );
    world.run(agent("c").turn_ended(None, None));
    assert_eq!(world.status(child.as_str()), "completed");
}
