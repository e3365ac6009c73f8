use super::{TaskFigures, Totals};
use crate::entity::{
    Focus, OverviewObservability, OverviewStats, PathCount, PhaseShare, RuntimeSourceStats,
    SessionCounts, Signals, TagCount, TaskObservability,
};
use crate::rows::{SessionRow, TaskRow};
use crate::time::Timestamp;
use crate::vocabulary::{Phase, TaskStatus};

/// The figures of a task as of `now`: what is stored, and what has moved with the clock since.
pub fn task_observability(
    row: &TaskRow,
    running_sessions: &[SessionRow],
    now: Timestamp,
) -> TaskObservability {
    let (task, figures) = (&row.task, &row.figures);
    let running = task.status == TaskStatus::Running;
    let end = if running {
        now.max(task.last_activity_at)
    } else {
        task.last_activity_at
    };
    let mut phases = figures.clone();
    for session in running_sessions {
        phases.add_time(session.tail(end));
    }
    let total_duration_ms = end.millis_since(task.created_at);
    let active: i64 = phases.phase_ms.iter().sum();
    TaskObservability {
        task_id: task.id.clone(),
        runtime_source: task.runtime_source.clone(),
        total_duration_ms,
        active_duration_ms: active.min(total_duration_ms),
        tool_duration_ms: figures.tool_ms,
        total_events: figures.events,
        trace_link_count: figures.links,
        trace_linked_event_count: figures.linked_events,
        trace_link_eligible_event_count: figures.link_eligible_events,
        trace_link_coverage_rate: rate(
            figures.linked_eligible_events,
            figures.link_eligible_events,
        ),
        action_registry_gap_count: figures.registry_gaps,
        action_registry_eligible_event_count: figures.registry_eligible_events,
        phase_breakdown: phase_breakdown(&phases.phase_ms, active),
        sessions: SessionCounts {
            total: figures.sessions,
            resumed: (figures.sessions - 1).max(0),
            open: figures.open_sessions,
        },
        signals: signals(figures),
        focus: focus(figures),
    }
}

fn phase_breakdown(phase_ms: &[i64; 5], active: i64) -> Vec<PhaseShare> {
    Phase::ALL
        .iter()
        .zip(phase_ms)
        .map(|(&phase, &duration_ms)| PhaseShare {
            phase,
            duration_ms,
            share: rate(duration_ms, active),
        })
        .collect()
}

fn signals(figures: &TaskFigures) -> Signals {
    Signals {
        raw_user_messages: figures.raw_user_messages,
        follow_up_messages: figures.follow_up_messages,
        questions_asked: figures.questions,
        questions_closed: figures.questions_closed,
        question_closure_rate: rate(figures.questions_closed, figures.questions),
        todos_added: figures.todos,
        todos_completed: figures.todos_completed,
        todo_completion_rate: rate(figures.todos_completed, figures.todos),
        thoughts: figures.thoughts,
        tool_calls: figures.tool_calls,
        terminal_commands: figures.terminal_commands,
        verifications: figures.verifications,
        background_transitions: figures.background_transitions,
        coordination_activities: figures.coordination_activities,
        explored_files: figures.paths,
    }
}

fn focus(figures: &TaskFigures) -> Focus {
    Focus {
        top_files: figures
            .top_paths
            .iter()
            .map(|(path, count)| PathCount {
                path: path.to_owned(),
                count,
            })
            .collect(),
        top_tags: figures
            .top_tags
            .iter()
            .map(|(tag, count)| TagCount {
                tag: tag.to_owned(),
                count,
            })
            .collect(),
    }
}

/// The overview as of `now`, from the totals of each agent and the number of running tasks that
/// were active lately (`recently_active`).
pub fn overview(
    sources: &[(String, Totals)],
    recently_active: i64,
    now: Timestamp,
) -> (OverviewStats, OverviewObservability) {
    let mut all = Totals::default();
    for (_, totals) in sources {
        all.add(*totals, 1);
    }
    let stats = OverviewStats {
        total_tasks: all.tasks,
        running_tasks: all.running,
        waiting_tasks: all.waiting,
        completed_tasks: all.completed,
        errored_tasks: all.errored,
        total_events: all.events,
    };
    let running_ms = all.running * now.as_millis() - all.running_since_ms;
    let observability = OverviewObservability {
        generated_at: now,
        total_tasks: all.tasks,
        running_tasks: all.running,
        stale_running_tasks: (all.running - recently_active).max(0),
        avg_duration_ms: (all.ended_ms + running_ms.max(0)) / all.tasks.max(1),
        avg_events_per_task: quotient(all.events, all.tasks),
        prompt_capture_rate: rate(all.prompted, all.tasks),
        trace_linked_task_rate: rate(all.linked, all.tasks),
        tasks_with_questions: all.with_questions,
        tasks_with_todos: all.with_todos,
        tasks_with_coordination: all.with_coordination,
        tasks_with_background: all.with_background,
        runtime_sources: runtime_sources(sources),
    };
    (stats, observability)
}

fn runtime_sources(sources: &[(String, Totals)]) -> Vec<RuntimeSourceStats> {
    let mut list: Vec<_> = sources
        .iter()
        .filter(|(_, totals)| totals.tasks > 0)
        .map(|(source, totals)| RuntimeSourceStats {
            runtime_source: source.clone(),
            task_count: totals.tasks,
            running_task_count: totals.running,
            prompt_capture_rate: rate(totals.prompted, totals.tasks),
            trace_linked_task_rate: rate(totals.linked, totals.tasks),
        })
        .collect();
    list.sort_by(|a, b| {
        b.task_count
            .cmp(&a.task_count)
            .then_with(|| a.runtime_source.cmp(&b.runtime_source))
    });
    list
}

fn rate(part: i64, whole: i64) -> f64 {
    quotient(part, whole).clamp(0.0, 1.0)
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn quotient(part: i64, whole: i64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}
