//! A task that is deleted while its agent works: what the agent reports stays with it.

use agent_tracer_core::command::{AgentRun, Command};
use agent_tracer_core::decide::SILENT_MILLIS;
use agent_tracer_core::figures::Totals;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::report::{AgentReport, Delivery, What};
use agent_tracer_core::trash::TRASH_KEPT_MILLIS;
use agent_tracer_core::vocabulary::ActivityState;

use crate::support::World;
use crate::support::agent::{Agent, agent};

/// An agent at work on the world's only task.
fn at_work() -> (World, Agent, TaskId) {
    let agent = agent("s");
    let world = World::after([agent.starts(), agent.prompted("go"), agent.begins("c1")]);
    let task = world.rows.tasks.keys().next().cloned().expect("a task");
    (world, agent, task)
}

fn restore(task: &TaskId) -> Command {
    Command::RestoreTasks(vec![task.clone()])
}

/// Nothing counts.
fn counts_nothing(world: &World) -> bool {
    let mut totals = world.rows.totals.values();
    totals.all(|totals| *totals == Totals::default())
        && world.rows.active_minutes.values().all(|tasks| *tasks == 0)
}

#[test]
fn reports_are_kept_with_it_and_told_to_nobody() {
    let (mut world, agent, task) = at_work();
    world.run(Command::DeleteTask(task.clone()));
    for report in [
        agent.completes("c1"),
        agent.begins("c2"),
        agent.answers("done"),
    ] {
        world.check(report, &[]);
        assert!(world.rows.tasks.is_empty() && counts_nothing(&world));
    }
    world.check(restore(&task), &[&format!("task.started {task} waiting")]);
    assert_eq!(
        world.timeline(task.as_str())[2..],
        [
            "terminal.command \"run c1\" completed",
            "terminal.command \"run c2\" unfinished",
            "assistant.response \"done\"",
        ]
    );
    let row = &world.rows.tasks[&task];
    assert_eq!((row.figures.events, row.figures.terminal_commands), (5, 2));
    let totals = world.rows.totals["tester"];
    assert_eq!((totals.tasks, totals.waiting, totals.events), (1, 1, 5));
    world.run(agent.prompted("go on"));
    assert_eq!(
        (world.rows.tasks.len(), world.status(task.as_str())),
        (1, "running")
    );
}

#[test]
fn a_subagent_that_starts_is_in_the_trash_too() {
    let (mut world, agent, task) = at_work();
    world.run(Command::DeleteTask(task.clone()));
    world.check(agent.subagent("x").subagent_starts(), &[]);
    world.check(agent.subagent("x").begins("c9"), &[]);
    assert_eq!((world.rows.tasks.len(), world.rows.trash.len()), (0, 2));
    world.run(restore(&task));
    let child = world.rows.tasks.values().find(|row| row.task.id != task);
    let child = child.map(|row| (row.task.parent_task_id.clone(), row.figures.events));
    assert_eq!(child, Some((Some(task), 2)));
}

#[test]
fn the_end_of_the_agent_ends_it_and_what_it_delegated() {
    let (mut world, agent, task) = at_work();
    world.run(agent.subagent("x").subagent_starts());
    world.run(Command::DeleteTask(task.clone()));
    world.check(agent.ends(), &[]);
    world.run(restore(&task));
    let statuses: Vec<_> = world
        .rows
        .tasks
        .values()
        .map(|row| row.task.status.as_str())
        .collect();
    assert_eq!(statuses, ["completed", "completed"]);
}

#[test]
fn a_process_that_is_gone_ends_it() {
    let (mut world, agent, task) = at_work();
    let Command::Report(delivery) = agent.begins("c2") else {
        unreachable!("it reports")
    };
    let process = "1.2".to_owned();
    world.run(Command::Report(Box::new(Delivery {
        process: Some(process.clone()),
        ..*delivery
    })));
    world.run(Command::DeleteTask(task.clone()));
    let gone = Command::NoteProcessGone(AgentRun {
        source: "tester".to_owned(),
        runtime_session_id: "s".to_owned(),
        process,
    });
    world.check(gone, &[]);
    world.run(restore(&task));
    assert_eq!(world.status(task.as_str()), "completed");
}

#[test]
fn it_does_what_it_did() {
    let (mut world, _, task) = at_work();
    world.pass(SILENT_MILLIS * 3);
    world.run(Command::NoteSilence(task.clone()));
    let before = world.task(task.as_str()).clone();
    let state = before.activity.as_ref().map(|activity| activity.state);
    assert_eq!(state, Some(ActivityState::Silent));
    world.run(Command::DeleteTask(task.clone()));
    world.pass(1_000);
    world.run(restore(&task));
    assert_eq!(*world.task(task.as_str()), before);
}

#[test]
fn silence_is_not_concluded_of_it() {
    let (mut world, _, task) = at_work();
    world.run(Command::DeleteTask(task.clone()));
    let before = world.rows.clone();
    world.pass(TRASH_KEPT_MILLIS);
    world.check(Command::NoteSilence(task), &[]);
    assert!(world.rows == before);
}

#[test]
fn a_session_that_reports_later_makes_a_new_task() {
    let (mut world, agent, task) = at_work();
    world.run(Command::DeleteTask(task.clone()));
    world.pass(TRASH_KEPT_MILLIS);
    world.run(agent.prompted("still here"));
    let tasks: Vec<_> = world.rows.tasks.keys().cloned().collect();
    assert_eq!(tasks.len(), 1);
    assert_ne!(tasks[0], task);
    let before = world.timeline(tasks[0].as_str());
    world.run(Command::EmptyTrash);
    assert_eq!(world.timeline(tasks[0].as_str()), before);
    assert_eq!(world.rows.events.len(), before.len());
    world.run(agent.begins("c5"));
    assert_eq!(world.rows.tasks.len(), 1);
}

#[test]
fn a_task_that_is_there_is_not_put_under_it() {
    let (mut world, agent, task) = at_work();
    // A session of its own, of which nobody said yet who started it.
    let own = Agent {
        session: "own".to_owned(),
        ..agent.clone()
    };
    world.run(own.prompted("look"));
    world.run(Command::DeleteTask(task));
    world.check(
        agent.session_subagent("own").begins("c7"),
        &["event.logged terminal.command \"run c7\" running"],
    );
    let parents: Vec<_> = world
        .rows
        .tasks
        .values()
        .map(|row| row.task.parent_task_id.clone())
        .collect();
    assert_eq!(parents, [None]);
}

#[test]
fn a_report_of_several_sessions_tells_only_of_those_that_are_there() {
    let (mut world, agent, task) = at_work();
    let other = Agent {
        session: "other".to_owned(),
        ..agent.clone()
    };
    world.run(other.prompted("go"));
    world.run(Command::DeleteTask(task.clone()));
    let reports: Vec<AgentReport> = [agent.begins("c3"), other.begins("c4")]
        .into_iter()
        .flat_map(|command| match command {
            Command::Report(delivery) => delivery.reports,
            _ => unreachable!("they report"),
        })
        .collect();
    assert!(matches!(reports[0].what, What::CallStarted(_)));
    let both = Command::Report(Box::new(Delivery {
        reports,
        ..Delivery::default()
    }));
    world.check(both, &["event.logged terminal.command \"run c4\" running"]);
    assert_eq!(world.timeline(task.as_str()).len(), 4);
}
