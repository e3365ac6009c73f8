//! The figures as they are read: the worked example of `spec/FIGURES.md`, and what moves with the
//! clock.

use std::collections::BTreeMap;

use agent_tracer_core::command::{Command, LogEvent, Reply, StartTask};
use agent_tracer_core::entity::TaskObservability;
use agent_tracer_core::figures::{STALE_AFTER_MINUTES, overview, task_observability};
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::rows::Rows;
use agent_tracer_core::vocabulary::{EventKind, Lane};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::agent::agent;
use crate::support::build::{complete, log, log_event, log_with, metadata, start, start_task};
use crate::support::{BEGINNING, World};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Vector {
    steps: Vec<Step>,
    read_at_seconds: i64,
    observability: Value,
    stats: Value,
    overview: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Step {
    at_seconds: i64,
    start: Option<String>,
    runtime_source: Option<String>,
    log: Option<String>,
    complete: Option<String>,
    kind: Option<EventKind>,
    name: Option<String>,
    lane: Option<Lane>,
    action: Option<String>,
    #[serde(default)]
    file_paths: Vec<String>,
    #[serde(default)]
    metadata: Value,
}

impl Step {
    fn command(&self, ids: &BTreeMap<String, String>) -> Command {
        if let Some(task) = &self.start {
            return Command::StartTask(StartTask {
                runtime_source: self.runtime_source.clone(),
                ..start_task(task)
            });
        }
        if let Some(task) = &self.complete {
            return complete(task);
        }
        let task = self.log.as_ref().expect("start, log or complete");
        log(LogEvent {
            lane: self.lane,
            action: self.action.clone(),
            file_paths: self.file_paths.clone(),
            metadata: metadata(self.named_metadata(ids)),
            ..log_event(task, self.kind.expect("a kind"))
        })
    }

    fn named_metadata(&self, ids: &BTreeMap<String, String>) -> Value {
        let mut object = self.metadata.as_object().cloned().unwrap_or_default();
        for value in object.values_mut() {
            if let Some(name) = value.as_str().and_then(|text| text.strip_prefix('@')) {
                *value = ids[name].clone().into();
            }
        }
        object.into()
    }
}

fn observe(world: &World, task: &str) -> TaskObservability {
    let id = TaskId::new(task);
    let running = world.rows.running_sessions(&id);
    task_observability(
        &world.rows.tasks[&id],
        &running.expect("in memory"),
        world.now,
    )
}

fn recently_active(world: &World) -> i64 {
    let since = world.now.minute() - STALE_AFTER_MINUTES + 1;
    world
        .rows
        .active_minutes
        .range(since..)
        .map(|(_, tasks)| tasks)
        .sum()
}

fn to_seconds(world: &mut World, seconds: i64) {
    world.pass(BEGINNING + seconds * 1_000 - world.now.as_millis());
}

#[test]
fn the_worked_example() {
    let vector = include_str!("../../../../spec/vectors/figures.json");
    let vector: Vector = serde_json::from_str(vector).expect("a vector");
    let (mut world, mut ids) = (World::new(), BTreeMap::new());
    for step in &vector.steps {
        to_seconds(&mut world, step.at_seconds);
        let (reply, _) = world.run(step.command(&ids));
        if let (Some(name), Reply::Envelope { events, .. }) = (&step.name, reply) {
            ids.insert(name.clone(), events[0].id.to_string());
        }
    }
    to_seconds(&mut world, vector.read_at_seconds);
    assert_eq!(json!(observe(&world, "t")), vector.observability);
    let sources: Vec<_> = world.rows.totals.clone().into_iter().collect();
    let (stats, observed) = overview(&sources, recently_active(&world), world.now);
    assert_eq!(json!(stats), vector.stats);
    assert_eq!(json!(observed), vector.overview);
}

#[track_caller]
fn check_stale(idle_millis: i64, expected: i64) {
    let mut world = World::after([start("t")]);
    world.pass(idle_millis);
    let sources: Vec<_> = world.rows.totals.clone().into_iter().collect();
    let (_, observed) = overview(&sources, recently_active(&world), world.now);
    assert_eq!(observed.stale_running_tasks, expected);
}

#[test]
fn a_running_task_is_stale_after_thirty_whole_minutes() {
    check_stale(0, 0);
    check_stale(30 * 60_000 - 1, 0);
    check_stale(30 * 60_000, 1);
}

/// Active, planning and whole time of a task of an agent, in seconds.
#[track_caller]
fn check_times(world: &World, task: &str, expected: (i64, i64, i64)) {
    let observed = observe(world, task);
    let planning = observed.phase_breakdown[0].duration_ms;
    let millis = [
        observed.active_duration_ms,
        planning,
        observed.total_duration_ms,
    ];
    let [active, planning, total] = millis.map(|millis| millis / 1_000);
    assert_eq!((active, planning, total), expected);
}

#[test]
fn time_goes_on_in_a_running_task_for_ninety_seconds() {
    let mut world = World::after([start("t")]);
    world.pass(30_000);
    check_times(&world, "t", (30, 30, 30));
    world.pass(300_000);
    check_times(&world, "t", (90, 90, 330));
}

#[test]
fn no_time_goes_on_in_a_task_that_waits() {
    let mut world = World::after([agent("s").starts()]);
    world.pass(10_000);
    world.run(agent("s").notes("note"));
    world.run(agent("s").turn_ended(None, None));
    world.pass(60_000);
    check_times(&world, "n-1", (10, 10, 10));
}

#[test]
fn overlapping_sessions_never_make_more_time_than_there_was() {
    let mut world = World::after([start("t"), start("t")]);
    world.run(log_with("t", EventKind::ThoughtLogged, json!({})));
    world.pass(10_000);
    check_times(&world, "t", (10, 20, 10));
}

#[test]
fn a_believable_duration_of_a_call_is_added_and_corrected() {
    let took = |millis: Value| log_with("t", EventKind::ToolUsed, json!({ "durationMs": millis }));
    let sent = [json!(1_000), json!(-5), json!("7"), json!(i64::MAX)];
    let world = World::after([start("t")].into_iter().chain(sent.map(took)));
    let thirty_days = 30 * 24 * 3_600_000;
    assert_eq!(observe(&world, "t").tool_duration_ms, 1_000 + thirty_days);
}

#[test]
fn clocks_that_are_set_back_make_no_negative_time() {
    let mut world = World::after([start("t")]);
    world.pass(-60_000);
    world.run(log_with("t", EventKind::ThoughtLogged, json!({})));
    check_times(&world, "t", (0, 0, 0));
}
