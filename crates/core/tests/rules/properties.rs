//! What holds after any commands, however little sense they make.

use std::collections::BTreeMap;

use agent_tracer_core::display_title::display_title;
use agent_tracer_core::entity::{OverviewObservability, TaskObservability};
use agent_tracer_core::figures::{
    STALE_AFTER_MINUTES, Totals, active_minute, contribution, overview, source_of,
    task_observability,
};
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::memory::Memory;
use agent_tracer_core::rows::{MarkKind, Rows, TaskRow};
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::vocabulary::{SessionStatus, TaskStatus};
use proptest::prelude::*;

use crate::chosen::{chosen, report_step, step};
use crate::reference::{as_count, check_task};
use crate::support::World;
use crate::told::{Told, check_trash, seen};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_rows_agree_with_each_other_after_any_commands(steps in prop::collection::vec(step(), 1..50)) {
        let (mut world, mut told) = (World::new(), Told::default());
        for step in &steps {
            world.pass(step.pause);
            let before = world.rows.clone();
            let command = chosen(&world, step);
            let Ok((reply, messages)) = world.try_run(command) else { continue };
            told.take(&before, &world, &reply, messages);
            let seen = seen(&world.rows);
            told.client.check(&seen);
            check(&seen, world.now, &told);
            check_trash(&world.rows);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn reports_leave_nothing_running_or_open_without_a_session(
        steps in prop::collection::vec(report_step(), 1..40),
    ) {
        let mut world = World::new();
        for step in &steps {
            world.pass(step.pause);
            let command = chosen(&world, step);
            world.run(command);
            check_nothing_hangs(&world.rows);
        }
    }
}

fn check_nothing_hangs(rows: &Memory) {
    for row in rows
        .tasks
        .values()
        .filter(|row| row.figures.open_sessions == 0)
    {
        assert!(row.task.status.is_finished(), "{:?}", row.task);
        let hangs = |(task, kind, _): &&(TaskId, MarkKind, String)| {
            *task == row.task.id && matches!(kind, MarkKind::OpenCall | MarkKind::OpenAsk)
        };
        assert_eq!(rows.marks.keys().find(hangs), None);
    }
}

fn check(rows: &Memory, now: Timestamp, told: &Told) {
    check_totals(rows, now);
    for row in rows.tasks.values() {
        if !told.unsaid.contains(&row.task.id) {
            check_task(&told.said, row);
        }
        check_row(rows, row, now);
    }
    for binding in rows.bindings.values() {
        assert!(rows.tasks.contains_key(&binding.task_id));
        if let Some(session) = &binding.session_id {
            assert_eq!(rows.sessions[session].session.task_id, binding.task_id);
        }
    }
    assert!(
        rows.marks
            .keys()
            .all(|(task, _, _)| rows.tasks.contains_key(task))
    );
}

fn check_totals(rows: &Memory, now: Timestamp) {
    let (mut totals, mut minutes) = (BTreeMap::<String, Totals>::new(), BTreeMap::new());
    for row in rows.tasks.values() {
        let source = totals.entry(source_of(row).to_owned()).or_default();
        source.add(contribution(row), 1);
        if let Some(minute) = active_minute(row) {
            *minutes.entry(minute).or_default() += 1;
        }
    }
    let (mut kept, mut kept_minutes) = (rows.totals.clone(), rows.active_minutes.clone());
    kept.retain(|_, totals| *totals != Totals::default());
    kept_minutes.retain(|_, tasks| *tasks != 0);
    assert_eq!((&kept, &kept_minutes), (&totals, &minutes));
    check_overview(rows, &kept, &kept_minutes, now);
}

fn check_overview(
    rows: &Memory,
    totals: &BTreeMap<String, Totals>,
    minutes: &BTreeMap<i64, i64>,
    now: Timestamp,
) {
    let recently = minutes.range(now.minute() - STALE_AFTER_MINUTES + 1..);
    let recently = recently.map(|(_, tasks)| tasks).sum();
    let sources: Vec<_> = totals.clone().into_iter().collect();
    let (stats, observed) = overview(&sources, recently, now);
    let is_stale = |row: &&TaskRow| {
        let idle = now.minute() - row.task.last_activity_at.minute();
        row.task.status == TaskStatus::Running && idle >= 30
    };
    let stale = rows.tasks.values().filter(is_stale).count();
    assert_eq!(observed.stale_running_tasks, as_count(stale));
    assert_eq!(stats.total_events, as_count(rows.events.len()));
    assert_eq!(stats.total_tasks, as_count(rows.tasks.len()));
    check_overview_rates(&observed);
}

fn check_overview_rates(observed: &OverviewObservability) {
    let of_sources = observed.runtime_sources.iter();
    let rates =
        of_sources.flat_map(|source| [source.prompt_capture_rate, source.trace_linked_task_rate]);
    for rate in rates.chain([
        observed.prompt_capture_rate,
        observed.trace_linked_task_rate,
    ]) {
        assert!((0.0..=1.0).contains(&rate));
    }
    assert!(observed.avg_duration_ms >= 0);
}

fn check_row(rows: &Memory, row: &TaskRow, now: Timestamp) {
    let task = &row.task;
    let shown = display_title(
        &task.title,
        task.workspace_path.as_deref(),
        &task.slug,
        &row.candidates,
    );
    assert_eq!(task.display_title, shown);
    let sessions = rows
        .sessions
        .values()
        .filter(|row| row.session.task_id == task.id);
    let (running, ended): (Vec<_>, Vec<_>) =
        sessions.partition(|row| row.session.status == SessionStatus::Running);
    assert!(ended.iter().all(|row| row.session.ended_at.is_some()));
    assert!(running.iter().all(|row| row.session.ended_at.is_none()));
    let counts = (running.len(), running.len() + ended.len());
    let kept = (row.figures.open_sessions, row.figures.sessions);
    assert_eq!(kept, (as_count(counts.0), as_count(counts.1)));
    check_parents(rows, row);
    let running = rows
        .running_sessions(&task.id)
        .expect("memory is always there");
    check_observability(&task_observability(row, &running, now));
}

fn check_parents(rows: &Memory, row: &TaskRow) {
    let mut above = row.task.parent_task_id.as_ref();
    for _ in 0..rows.tasks.len() {
        let Some(parent) = above else { return };
        above = rows.tasks[parent].task.parent_task_id.as_ref();
    }
    assert_eq!(above, None, "a ring of parents");
}

fn check_observability(observed: &TaskObservability) {
    let shares = observed.phase_breakdown.iter().map(|phase| phase.share);
    let (shares, sum): (Vec<f64>, f64) = (shares.clone().collect(), shares.sum());
    let rates = [
        observed.trace_link_coverage_rate,
        observed.signals.question_closure_rate,
        observed.signals.todo_completion_rate,
    ];
    assert!(
        shares
            .iter()
            .chain(&rates)
            .all(|rate| (0.0..=1.0).contains(rate))
    );
    assert!(
        sum == 0.0 || (sum - 1.0).abs() < 1e-9,
        "shares add up to {sum}"
    );
    assert!(observed.active_duration_ms <= observed.total_duration_ms);
    assert!(observed.active_duration_ms >= 0 && observed.tool_duration_ms >= 0);
    assert!(observed.action_registry_gap_count <= observed.action_registry_eligible_event_count);
    assert!(observed.trace_linked_event_count <= observed.total_events);
}
