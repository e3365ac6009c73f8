use agent_tracer_core::time::Timestamp;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use serde_json::json;

use super::answer::Answer;
use super::read_of;
use crate::clock;
use crate::http::error::ApiError;
use crate::state::App;
use crate::workspaces::Project;

/// A folder that agents work in.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Workspace {
    path: String,
    #[serde(flatten)]
    project: Project,
    tasks: usize,
    last_activity_at: Timestamp,
}

/// `GET /api/workspaces`: the folders that tasks name, each with the project it belongs to.
pub(crate) async fn workspaces(State(app): State<App>) -> Result<Response, ApiError> {
    let (seq, folders) = app.read(|reader| read_of(reader).workspaces()).await?;
    // Not while a reader is held: a disk that does not answer must not keep it from others.
    let paths = folders.iter().map(|folder| folder.path.clone()).collect();
    let projects = app.projects.of(paths, clock::now()).await;
    let workspaces: Vec<_> = folders
        .into_iter()
        .zip(projects)
        .map(|(folder, project)| Workspace {
            path: folder.path,
            project,
            tasks: folder.tasks,
            last_activity_at: folder.last_activity_at,
        })
        .collect();
    Ok(Answer::new(&app, seq, json!({ "workspaces": workspaces })).into_response())
}
