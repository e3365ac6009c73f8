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
    let (projects, now) = (app.projects.clone(), clock::now());
    let read = app.read(move |reader| {
        let (seq, folders) = read_of(reader).workspaces()?;
        let folders = folders.into_iter().map(|folder| Workspace {
            project: projects.of(&folder.path, now),
            path: folder.path,
            tasks: folder.tasks,
            last_activity_at: folder.last_activity_at,
        });
        Ok((seq, folders.collect::<Vec<_>>()))
    });
    let (seq, workspaces) = read.await?;
    Ok(Answer::new(&app, seq, json!({ "workspaces": workspaces })).into_response())
}
