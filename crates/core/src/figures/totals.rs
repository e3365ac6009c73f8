use crate::rows::TaskRow;
use crate::vocabulary::TaskStatus;

/// A running task without activity for this many whole minutes is stale.
pub const STALE_AFTER_MINUTES: i64 = 30;

/// Sums over the tasks of one agent. Always equal to the sum of [`contribution`] over its tasks,
/// because every write adds the difference that its tasks make.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Tasks.
    pub tasks: i64,
    /// Tasks in state running.
    pub running: i64,
    /// Tasks in state waiting.
    pub waiting: i64,
    /// Tasks in state completed.
    pub completed: i64,
    /// Tasks in state errored.
    pub errored: i64,
    /// Events.
    pub events: i64,
    /// Tasks with a raw user message.
    pub prompted: i64,
    /// Tasks with a trace link.
    pub linked: i64,
    /// Tasks with a question.
    pub with_questions: i64,
    /// Tasks with a to-do item.
    pub with_todos: i64,
    /// Tasks with a coordination event.
    pub with_coordination: i64,
    /// Tasks with a background event.
    pub with_background: i64,
    /// Durations of the tasks that do not run, in milliseconds.
    pub ended_ms: i64,
    /// Sum of the beginnings of the tasks that run, in milliseconds since 1970: with the number
    /// of running tasks it gives the sum of their durations at any later time.
    pub running_since_ms: i64,
}

impl Totals {
    /// Every figure as a list, in the order of the fields.
    pub fn to_array(self) -> [i64; 14] {
        [
            self.tasks,
            self.running,
            self.waiting,
            self.completed,
            self.errored,
            self.events,
            self.prompted,
            self.linked,
            self.with_questions,
            self.with_todos,
            self.with_coordination,
            self.with_background,
            self.ended_ms,
            self.running_since_ms,
        ]
    }

    /// The reverse of [`Totals::to_array`].
    pub fn from_array(figures: [i64; 14]) -> Self {
        let [
            tasks,
            running,
            waiting,
            completed,
            errored,
            events,
            prompted,
            linked,
            with_questions,
            with_todos,
            with_coordination,
            with_background,
            ended_ms,
            running_since_ms,
        ] = figures;
        Self {
            tasks,
            running,
            waiting,
            completed,
            errored,
            events,
            prompted,
            linked,
            with_questions,
            with_todos,
            with_coordination,
            with_background,
            ended_ms,
            running_since_ms,
        }
    }

    /// Adds `other`, `times` times (`-1` takes it away).
    pub fn add(&mut self, other: Self, times: i64) {
        let (mut sums, others) = (self.to_array(), other.to_array());
        for (sum, figure) in sums.iter_mut().zip(others) {
            *sum += figure * times;
        }
        *self = Self::from_array(sums);
    }
}

/// The agent a task counts for.
pub fn source_of(row: &TaskRow) -> &str {
    row.task.runtime_source.as_deref().unwrap_or("unknown")
}

/// What one task adds to the totals of its agent.
pub fn contribution(row: &TaskRow) -> Totals {
    let (task, figures) = (&row.task, &row.figures);
    let running = task.status == TaskStatus::Running;
    let is = |status| i64::from(task.status == status);
    Totals {
        tasks: 1,
        running: is(TaskStatus::Running),
        waiting: is(TaskStatus::Waiting),
        completed: is(TaskStatus::Completed),
        errored: is(TaskStatus::Errored),
        events: figures.events,
        prompted: i64::from(figures.raw_user_messages > 0),
        linked: i64::from(figures.links > 0),
        with_questions: i64::from(figures.questions > 0),
        with_todos: i64::from(figures.todos > 0),
        with_coordination: i64::from(figures.coordination_activities > 0),
        with_background: i64::from(figures.background_transitions > 0),
        ended_ms: if running {
            0
        } else {
            task.last_activity_at.millis_since(task.created_at)
        },
        running_since_ms: if running {
            task.created_at.as_millis()
        } else {
            0
        },
    }
}

/// The minute that a running task was last active in: what "stale" is counted by.
pub fn active_minute(row: &TaskRow) -> Option<i64> {
    (row.task.status == TaskStatus::Running).then(|| row.task.last_activity_at.minute())
}
