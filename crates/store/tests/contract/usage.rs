//! Usage of models: kept as it was told, summed as it counts.

use agent_tracer_core::command::{Command, EnsureRuntimeSession, TaskLinks};
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::usage::telemetry::{RequestFailure, Telemetry};
use agent_tracer_core::usage::{MessageKey, Tokens, UsageOrigin, UsageRecord};
use agent_tracer_store::Committed;

use super::commands::start;
use super::store::{START, Store};
use super::trash::empty_trash;

/// A telling by chance: of one of three runs, perhaps of a subagent in it.
pub(crate) fn telemetry(x: u8, y: u8, z: u8) -> Command {
    let origin = UsageOrigin::ALL[usize::from(y) % 4];
    let key = match y % 3 {
        0 => MessageKey::Derived(format!("{}-{}-{origin:?}", x % 3, z % 5)),
        _ => MessageKey::Named(format!("{}-{}", x % 3, z % 5)),
    };
    let usage = vec![UsageRecord {
        subagent: Some(format!("sub-{}", z % 2)).filter(|_| z > 180),
        prompt_id: Some(format!("prompt-{}", z % 3)).filter(|_| z < 128),
        model: ["claude-sonnet-4-5", "unknown", ""][usize::from(z % 3)].to_owned(),
        at: Some(Timestamp::from_millis(START + i64::from(z) * 60_000)),
        reported_cost_micros: Some(i64::from(y)).filter(|_| y > 200),
        ..record(&format!("run-{}", x % 3), key, origin)
    }];
    let failures = vec![RequestFailure {
        source: "agent".to_owned(),
        runtime_session_id: format!("run-{}", x % 3),
        subagent: None,
        prompt_id: None,
        key: format!("{}", z % 3),
        attempt: Some(i64::from(z)),
        status: Some("529".to_owned()),
        error: None,
        model: None,
    }];
    let failures = if y > 230 { failures } else { Vec::new() };
    Command::TakeTelemetry(Box::new(Telemetry { usage, failures }))
}

pub(crate) fn record(session: &str, key: MessageKey, origin: UsageOrigin) -> UsageRecord {
    UsageRecord {
        source: "agent".to_owned(),
        runtime_session_id: session.to_owned(),
        subagent: None,
        prompt_id: None,
        key,
        origin,
        model: "claude-sonnet-4-5".to_owned(),
        at: Some(Timestamp::from_millis(START)),
        tokens: Tokens {
            input: 1_000,
            cache_read: 100,
            cache_creation: 10,
            output: 7,
            cache_creation_1h: 3,
            reasoning: 2,
        },
        reported_cost_micros: None,
    }
}

fn named(session: &str, id: &str) -> UsageRecord {
    record(session, MessageKey::Named(id.to_owned()), UsageOrigin::Otlp)
}

fn tell(store: &mut Store, usage: Vec<UsageRecord>) -> Committed {
    let failures = Vec::new();
    store.done(Command::TakeTelemetry(Box::new(Telemetry {
        usage,
        failures,
    })))
}

fn attach(store: &mut Store, session: &str) -> TaskId {
    store.done(Command::EnsureRuntimeSession(EnsureRuntimeSession {
        runtime_source: "agent".to_owned(),
        runtime_session_id: session.to_owned(),
        title: "A task".to_owned(),
        workspace_path: None,
        links: TaskLinks::default(),
    }));
    let listed = store.read(|store| store.tasks(None, None)).1.tasks;
    let bound = listed.iter().find(|task| task.runtime_source.is_some());
    bound.unwrap().id.clone()
}

fn requests(store: &mut Store, task: &TaskId) -> i64 {
    let usage = store.read(|store| store.task_usage(task)).unwrap().1;
    usage.total.requests
}

fn is_told_once_and_announced(store: &mut Store) {
    let task = attach(store, "s");
    let first = tell(store, vec![named("s", "a")]);
    assert!(first.seq.is_some());
    assert_eq!(first.messages.len(), 1, "the task");
    assert_eq!(first.topics.len(), 2, "the overview, and the task's own");
    let again = tell(store, vec![named("s", "a")]);
    assert_eq!((again.seq, again.topics.len()), (None, 0));
    let usage = store.read(|store| store.task_usage(&task)).unwrap().1;
    assert_eq!(usage.total.input_tokens, 1_000);
    assert_eq!((usage.sessions.len(), usage.models.len()), (1, 1));
    let shown = store.read(|store| store.task(&task)).unwrap().1.task;
    assert_eq!(shown.usage, Some(usage.total));
}

fn waits_for_its_session(store: &mut Store) {
    let waits = tell(store, vec![named("s", "a"), named("s", "b")]);
    assert!(waits.seq.is_some() && waits.messages.is_empty() && waits.topics.is_empty());
    let report = store.read(|store| store.usage(0..=i64::MAX)).1;
    assert_eq!((report.waiting, report.total.requests), (2, 0));
    let task = attach(store, "s");
    assert_eq!(requests(store, &task), 2);
    let report = store.read(|store| store.usage(0..=i64::MAX)).1;
    assert_eq!((report.waiting, report.total.requests), (0, 2));
}

fn a_transcript_takes_the_place_of_telemetry(store: &mut Store) {
    let task = attach(store, "s");
    let telemetry = |id: &str| {
        let key = MessageKey::Derived(id.to_owned());
        record("s", key, UsageOrigin::Otlp)
    };
    let later = UsageRecord {
        at: Some(Timestamp::from_millis(START + 60_000)),
        ..telemetry("c")
    };
    tell(store, vec![telemetry("a"), telemetry("b"), later]);
    assert_eq!(requests(store, &task), 3);
    let key = MessageKey::Named("a".to_owned());
    tell(store, vec![record("s", key, UsageOrigin::Transcript)]);
    assert_eq!(
        requests(store, &task),
        2,
        "itself, and what it does not reach"
    );
}

fn is_summed_by_hour(store: &mut Store) {
    attach(store, "s");
    let at = |id: &str, hours: i64| UsageRecord {
        at: Some(Timestamp::from_millis(START - hours * 3_600_000)),
        ..named("s", id)
    };
    tell(store, vec![at("a", 0), at("b", 1), at("c", 2), at("d", 48)]);
    let now = Timestamp::from_millis(START).hour();
    let report = store.read(|store| store.usage(now - 1..=now)).1;
    assert_eq!(report.total.requests, 2);
    let report = store.read(|store| store.usage(0..=now)).1;
    assert_eq!(report.total.requests, 4);
    assert!(report.days.len() >= 2);
}

fn goes_with_its_task(store: &mut Store) {
    let task = attach(store, "s");
    tell(store, vec![named("s", "a")]);
    store.done(start("other"));
    store.done(Command::DeleteTask(task.clone()));
    assert!(store.read(|store| store.task_usage(&task)).is_none());
    let report = store.read(|store| store.usage(0..=i64::MAX)).1;
    assert!(report.total.is_nothing() && report.days.is_empty());
    empty_trash(store);
    tell(store, vec![named("s", "a")]);
    assert_eq!(store.read(|store| store.usage(0..=i64::MAX)).1.waiting, 1);
}

fn tells_its_newest_answers(store: &mut Store) {
    let task = attach(store, "s");
    let answers = (0..502).map(|minute| UsageRecord {
        at: Some(Timestamp::from_millis(START + minute % 251 * 60_000)),
        ..named("s", &format!("{minute:03}"))
    });
    tell(store, answers.collect());
    let usage = store.read(|store| store.task_usage(&task)).unwrap().1;
    let times: Vec<_> = usage.series.iter().map(|answer| answer.at).collect();
    assert_eq!(times.len(), 500);
    assert!(times.is_sorted());
    let oldest = Timestamp::from_millis(START + 60_000);
    assert_eq!(times[0], oldest, "the two of the first minute are left out");
    assert_eq!(usage.context.unwrap().at, times[499]);
}

super::for_every_store!(
    is_told_once_and_announced,
    waits_for_its_session,
    a_transcript_takes_the_place_of_telemetry,
    is_summed_by_hour,
    goes_with_its_task,
    tells_its_newest_answers,
);
