//! Where an answer counts: task, subagent, session, prompt, hour.

use agent_tracer_core::command::Command;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::report::{AgentReport, SubagentRef, What};
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::usage::{UsageOrigin, UsageRecord, WAITING_MAX, usage_by_day};

use crate::support::{World, named, record};

fn told(id: &str) -> UsageRecord {
    record("s", named(id), UsageOrigin::Otlp)
}

fn of_subagent(id: &str) -> UsageRecord {
    UsageRecord {
        subagent: Some("sub".to_owned()),
        ..told(id)
    }
}

fn report(subagent: Option<&str>, what: What) -> Command {
    let report = AgentReport {
        source: "agent".to_owned(),
        agent_name: "Agent".to_owned(),
        runtime_session_id: "s".to_owned(),
        workspace_path: None,
        subagent: subagent.map(|id| SubagentRef {
            id: id.to_owned(),
            has_session: false,
            agent_type: None,
        }),
        prompt_id: None,
        event_id: None,
        happened_at: None,
        hook_event: "Hook".to_owned(),
        what,
    };
    Command::Report(Box::new(report.into()))
}

fn started(how: &str) -> Command {
    let (how, metadata) = (how.to_owned(), serde_json::Map::new());
    report(None, What::SessionStarted { how, metadata })
}

fn ended() -> Command {
    let (reason, metadata) = ("exit".to_owned(), serde_json::Map::new());
    report(None, What::SessionEnded { reason, metadata })
}

/// Which subagents the answers of a task are of.
fn subagents(world: &World, task: &TaskId) -> Vec<Option<String>> {
    let series = world.read_usage(task).series.into_iter();
    series.map(|answer| answer.subagent).collect()
}

#[test]
fn telemetry_alone_makes_no_task() {
    let mut world = World::new();
    world.tell(vec![told("a")]);
    assert!(world.rows.tasks.is_empty());
    assert!(world.total().is_nothing());
    let task = world.attach("agent", "s");
    assert_eq!(world.usage(&task).total.requests, 1);
    assert_eq!(world.rows.tasks[&task].task.usage, Some(world.total()));
}

#[test]
fn a_subagent_counts_as_its_agent_until_it_is_known() {
    let mut world = World::new();
    let task = world.attach("agent", "s");
    world.tell(vec![told("a"), of_subagent("b")]);
    assert_eq!(subagents(&world, &task), [None, Some("sub".to_owned())]);
    assert_eq!(world.usage(&task).total.requests, 2);
    let metadata = serde_json::Map::new();
    world.run(report(Some("sub"), What::SubagentStarted { metadata }));
    assert_eq!(world.usage(&task).total.requests, 1, "its own is its own");
    world.tell(vec![of_subagent("c")]);
    let key = ("agent".to_owned(), "s/sub".to_owned());
    let child = world.rows.bindings[&key].task_id.clone();
    assert_eq!(world.usage(&child).total.requests, 2);
    assert_eq!(subagents(&world, &task), [None]);
    assert_eq!(
        subagents(&world, &child),
        [None, None],
        "there it is the agent"
    );
    assert!(world.read_usage(&child).context.is_some());
    assert_eq!(world.total().requests, 3);
}

#[test]
fn an_answer_belongs_to_the_run_in_which_it_came() {
    let mut world = World::new();
    let begin = world.now.as_millis();
    let wait = |world: &mut World| {
        world.now = Timestamp::from_millis(world.now.as_millis() + 60_000);
    };
    world.run(started("startup"));
    wait(&mut world);
    world.run(ended());
    wait(&mut world);
    world.run(started("resume"));
    let at = |id: &str, minutes: i64| UsageRecord {
        at: Some(Timestamp::from_millis(begin + minutes * 60_000)),
        prompt_id: Some(format!("prompt {id}")),
        ..told(id)
    };
    world.tell(vec![at("a", 0), at("b", 1), at("c", 3), at("before", -5)]);
    let task = world.rows.tasks.keys().next().unwrap().clone();
    let usage = world.usage(&task);
    let runs: Vec<i64> = usage.sessions.iter().map(|it| it.usage.requests).collect();
    assert_eq!(runs, [3, 1]);
    assert_eq!(usage.prompts.len(), 4);
}

#[test]
fn days_are_those_of_utc() {
    let mut world = World::new();
    world.attach("agent", "s");
    let at = |id: &str, time: &str| UsageRecord {
        at: Some(time.parse().unwrap()),
        ..told(id)
    };
    world.tell(vec![
        at("a", "2026-11-22T23:59:59.999Z"),
        at("b", "2026-11-23T00:00:00.000Z"),
        at("c", "2026-11-23T23:00:00.000Z"),
    ]);
    let days = usage_by_day(world.rows.usage_hours.clone());
    let days: Vec<_> = days
        .iter()
        .map(|day| (day.day.as_str(), day.usage.requests))
        .collect();
    assert_eq!(days, [("2026-11-23", 2), ("2026-11-22", 1)]);
}

#[test]
fn a_task_takes_its_usage_with_it() {
    let mut world = World::new();
    let task = world.attach("agent", "s");
    world.tell(vec![told("a")]);
    let other = world.attach("agent", "other");
    world.tell(vec![record("other", named("o"), UsageOrigin::Otlp)]);
    world.run(Command::DeleteTask(task.clone()));
    assert_eq!(world.total().requests, 1);
    assert_eq!(world.usage(&other).total.requests, 1);
    world.run(Command::RestoreTasks(vec![task]));
    assert_eq!(world.total().requests, 2);
}

#[test]
fn what_a_deleted_task_goes_on_using_comes_back_with_it() {
    let mut world = World::new();
    world.run(started("startup"));
    let task = world.rows.tasks.keys().next().unwrap().clone();
    world.tell(vec![told("a")]);
    world.run(Command::DeleteTask(task.clone()));
    world.tell(vec![told("b"), of_subagent("c")]);
    let metadata = serde_json::Map::new();
    world.run(report(Some("sub"), What::SubagentStarted { metadata }));
    assert!(world.total().is_nothing() && world.rows.tasks.is_empty());
    world.run(Command::RestoreTasks(vec![task.clone()]));
    assert_eq!(world.total().requests, 3);
    assert_eq!(world.usage(&task).total.requests, 2);
}

/// The answers of one session may count in two tasks, of which one is deleted: what better tellings
/// say of them changes both.
#[test]
fn a_session_may_count_in_a_deleted_task_and_in_another() {
    let mut world = World::new();
    let first = world.attach("agent", "s");
    let derived = |id: &str| record("s", crate::support::derived(id), UsageOrigin::Otlp);
    world.tell(vec![derived("a")]);
    world.run(Command::DeleteTask(first.clone()));
    let second = world.attach("agent", "s");
    assert_ne!(first, second);
    world.tell(vec![derived("b")]);
    assert_eq!(world.usage(&first).total.requests, 1);
    world.tell(vec![record("s", named("c"), UsageOrigin::Transcript)]);
    assert!(
        world.usage(&first).total.is_nothing(),
        "told in a better way"
    );
    assert_eq!(world.total().requests, 1);
    world.run(Command::RestoreTasks(vec![first]));
    assert_eq!(world.total().requests, 1);
}

#[test]
fn what_waits_is_bounded_and_the_oldest_goes() {
    let mut world = World::new();
    let many = |from: usize, count| (from..from + count).map(|id| told(&id.to_string()));
    world.tell(many(0, WAITING_MAX).collect());
    assert_eq!(world.rows.dropped_usage, 0);
    world.now = Timestamp::from_millis(world.now.as_millis() + 1);
    world.tell(many(WAITING_MAX, 7).collect());
    assert_eq!(world.rows.dropped_usage, 7);
    let task = world.attach("agent", "s");
    let waited = i64::try_from(WAITING_MAX).unwrap();
    assert_eq!(world.usage(&task).total.requests, waited);
}

#[test]
fn a_time_far_ahead_is_taken_for_now() {
    let mut world = World::new();
    world.attach("agent", "s");
    let at = Some("2099-01-01T00:00:00Z".parse().unwrap());
    world.tell(vec![UsageRecord { at, ..told("a") }]);
    let row = world.rows.usage.values().next().unwrap();
    assert_eq!(row.at, world.now);
}
