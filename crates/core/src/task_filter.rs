//! Which tasks a person asked for.

use crate::entity::Task;
use crate::time::Timestamp;
use crate::vocabulary::{ActivityState, TaskStatus};

/// What tasks have to be to be listed; an empty list of choices leaves nobody out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskFilter {
    /// What they do, or wait for.
    pub states: Vec<ActivityState>,
    /// Their status.
    pub statuses: Vec<TaskStatus>,
    /// Their agent; `unknown` is for those that name none.
    pub agents: Vec<String>,
    /// Their folder. `None` is any, and none at all.
    pub workspaces: Option<Vec<String>>,
    /// They did something at this time or later.
    pub from: Option<Timestamp>,
    /// They did nothing after this time.
    pub to: Option<Timestamp>,
    /// In lower case. Each occurs in the title, the folder, the agent or the id.
    pub words: Vec<String>,
}

/// The agent of tasks that name none.
pub const UNKNOWN_AGENT: &str = "unknown";

impl TaskFilter {
    /// The words of a text, as [`Self::words`] has them.
    #[must_use]
    pub fn words_of(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_lowercase).collect()
    }

    /// Whether a task is one of them.
    #[must_use]
    pub fn fits(&self, task: &Task) -> bool {
        is_chosen(&self.states, &state_of(task))
            && is_chosen(&self.statuses, &task.status)
            && self.has_agent(task)
            && self.has_workspace(task)
            && self.from.is_none_or(|from| task.last_activity_at >= from)
            && self.to.is_none_or(|to| task.last_activity_at <= to)
            && self.has_words(task)
    }

    fn has_agent(&self, task: &Task) -> bool {
        let agent = task.runtime_source.as_deref().unwrap_or(UNKNOWN_AGENT);
        self.agents.is_empty() || self.agents.iter().any(|one| one == agent)
    }

    fn has_workspace(&self, task: &Task) -> bool {
        let Some(wanted) = &self.workspaces else {
            return true;
        };
        task.workspace_path
            .as_ref()
            .is_some_and(|path| wanted.contains(path))
    }

    fn has_words(&self, task: &Task) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let parts = [
            Some(task.display_title.as_str()),
            Some(task.title.as_str()),
            task.workspace_path.as_deref(),
            task.runtime_source.as_deref(),
            Some(task.id.as_str()),
        ];
        // A word must not begin in one part and end in the next.
        let text = parts.into_iter().flatten().collect::<Vec<_>>().join("\n");
        let text = text.to_lowercase();
        self.words.iter().all(|word| text.contains(word))
    }
}

/// What a task does or waits for: as its agent's hooks tell, or as its status implies.
#[must_use]
pub fn state_of(task: &Task) -> ActivityState {
    match (&task.activity, task.status) {
        (Some(activity), _) => activity.state,
        (None, TaskStatus::Running) => ActivityState::Working,
        (None, TaskStatus::Waiting) => ActivityState::Person,
        (None, TaskStatus::Completed) => ActivityState::Done,
        (None, TaskStatus::Errored) => ActivityState::Failed,
    }
}

fn is_chosen<T: PartialEq>(chosen: &[T], one: &T) -> bool {
    chosen.is_empty() || chosen.contains(one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Activity;
    use crate::ids::TaskId;
    use crate::vocabulary::TaskKind;

    fn task() -> Task {
        Task {
            id: TaskId::new("t-1"),
            title: "claude-code: project".into(),
            slug: String::new(),
            status: TaskStatus::Running,
            task_kind: TaskKind::Primary,
            created_at: Timestamp::from_millis(0),
            updated_at: Timestamp::from_millis(0),
            last_activity_at: Timestamp::from_millis(1_000),
            display_title: "Mend the Greeting".into(),
            workspace_path: Some("/home/dev/project".into()),
            parent_task_id: None,
            parent_session_id: None,
            background_task_id: None,
            last_session_started_at: None,
            runtime_source: Some("claude-code".into()),
            activity: None,
            usage: None,
        }
    }

    fn fits(filter: &TaskFilter) -> bool {
        filter.fits(&task())
    }

    #[test]
    fn nothing_asked_for_is_everything() {
        assert!(fits(&TaskFilter::default()));
    }

    #[test]
    fn a_state_is_told_by_hooks_or_follows_from_the_status() {
        let silent = TaskFilter {
            states: vec![ActivityState::Silent],
            ..TaskFilter::default()
        };
        let mut task = task();
        assert!(!silent.fits(&task));
        task.activity = Some(Activity {
            state: ActivityState::Silent,
            since: Timestamp::from_millis(0),
            detail: None,
            guess: false,
        });
        assert!(silent.fits(&task));
        task.activity = None;
        let states = [
            (TaskStatus::Running, ActivityState::Working),
            (TaskStatus::Waiting, ActivityState::Person),
            (TaskStatus::Completed, ActivityState::Done),
            (TaskStatus::Errored, ActivityState::Failed),
        ];
        for (status, state) in states {
            task.status = status;
            assert_eq!(state_of(&task), state);
        }
    }

    #[test]
    fn each_word_occurs_somewhere_in_any_case() {
        let words = |text: &str| TaskFilter {
            words: TaskFilter::words_of(text),
            ..TaskFilter::default()
        };
        assert!(fits(&words("GREETING mend")));
        assert!(fits(&words("claude dev/project t-1")));
        assert!(!fits(&words("greeting missing")));
        assert!(!fits(&words("greetingclaude")));
    }

    #[test]
    fn times_agents_and_folders_are_looked_at_together() {
        let at = |millis| Some(Timestamp::from_millis(millis));
        let filter = TaskFilter {
            agents: vec!["codex".into(), "claude-code".into()],
            workspaces: Some(vec!["/home/dev/project".into()]),
            from: at(1_000),
            to: at(1_000),
            ..TaskFilter::default()
        };
        assert!(fits(&filter));
        let later = TaskFilter {
            from: at(1_001),
            ..filter.clone()
        };
        let nowhere = TaskFilter {
            workspaces: Some(vec![]),
            ..filter.clone()
        };
        let others = TaskFilter {
            agents: vec![UNKNOWN_AGENT.into()],
            ..filter
        };
        assert!(!fits(&later) && !fits(&nowhere) && !fits(&others));
    }
}
