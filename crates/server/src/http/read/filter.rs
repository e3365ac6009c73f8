use agent_tracer_core::task_filter::TaskFilter;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::vocabulary::{ActivityState, TaskStatus, Words};
use serde::Deserialize;

use super::read_of;
use crate::clock;
use crate::http::error::ApiError;
use crate::state::App;

/// Which tasks are asked for. Lists are of words between commas.
#[derive(Deserialize)]
pub(crate) struct Filter {
    status: Option<String>,
    state: Option<String>,
    agent: Option<String>,
    /// The root of a project.
    project: Option<String>,
    from: Option<String>,
    to: Option<String>,
    q: Option<String>,
}

/// A filter, and the project of which the folders are still to be found.
pub(super) struct Asked {
    filter: TaskFilter,
    project: Option<String>,
}

impl Filter {
    /// The one status that is asked for, when nothing else is.
    pub(super) fn only_status(&self) -> Result<Option<TaskStatus>, ApiError> {
        let others = [
            &self.state,
            &self.agent,
            &self.project,
            &self.from,
            &self.to,
            &self.q,
        ];
        let statuses = words::<TaskStatus>(self.status.as_deref(), "status")?;
        let alone = others.iter().all(|other| other.is_none());
        Ok(statuses
            .first()
            .copied()
            .filter(|_| alone && statuses.len() == 1))
    }

    pub(super) fn parsed(self) -> Result<Option<Asked>, ApiError> {
        let list = |text: Option<String>| split(text.as_deref()).map(str::to_owned).collect();
        let filter = TaskFilter {
            states: words::<ActivityState>(self.state.as_deref(), "state")?,
            statuses: words::<TaskStatus>(self.status.as_deref(), "status")?,
            agents: list(self.agent),
            workspaces: None,
            from: time(self.from.as_deref(), "from")?,
            to: time(self.to.as_deref(), "to")?,
            words: self
                .q
                .as_deref()
                .map(TaskFilter::words_of)
                .unwrap_or_default(),
        };
        let asked = Asked {
            filter,
            project: self.project,
        };
        let nothing = asked.project.is_none() && asked.filter == TaskFilter::default();
        Ok((!nothing).then_some(asked))
    }
}

impl Asked {
    /// With the folders of the project.
    pub(super) async fn resolved(self, app: &App) -> Result<TaskFilter, ApiError> {
        let Some(project) = self.project else {
            return Ok(self.filter);
        };
        let (_, folders) = app.read(|reader| read_of(reader).workspaces()).await?;
        let paths: Vec<String> = folders.into_iter().map(|folder| folder.path).collect();
        let projects = app.projects.of(paths.clone(), clock::now()).await;
        let both = paths.into_iter().zip(projects);
        let own = both.filter(|(_, known)| known.root == project);
        Ok(TaskFilter {
            workspaces: Some(own.map(|(path, _)| path).collect()),
            ..self.filter
        })
    }
}

fn split(text: Option<&str>) -> impl Iterator<Item = &str> {
    let items = text.unwrap_or_default().split(',').map(str::trim);
    items.filter(|item| !item.is_empty())
}

fn words<W: Words>(text: Option<&str>, name: &str) -> Result<Vec<W>, ApiError> {
    let known = |word: &str| {
        W::parse_word(word).ok_or_else(|| {
            let words = W::words().join(", ");
            ApiError::invalid(format!("{name} must be one or more of {words}"))
        })
    };
    split(text).map(known).collect()
}

fn time(text: Option<&str>, name: &str) -> Result<Option<Timestamp>, ApiError> {
    let parsed = text.map(str::parse::<Timestamp>).transpose();
    parsed.map_err(|_no_time| {
        ApiError::invalid(format!(
            "{name} must be a time, such as 2026-11-25T09:00:00Z"
        ))
    })
}
