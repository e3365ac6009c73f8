use std::io;
use std::time::{Duration, Instant};

use agent_tracer_server::default_database;
use serde_json::Value;

use crate::client::{Answer, Local};
use crate::hook;

/// How long the server may take for an answer.
const ANSWER_MAX: Duration = Duration::from_secs(5);

/// The running server, found as a hook finds it.
pub(super) struct Server {
    found: Local,
}

impl Server {
    /// The server, or what is in the way to it.
    pub(super) fn find() -> Result<Self, String> {
        let variable = |name: &str| std::env::var(name).ok();
        let database = default_database(variable);
        let found = hook::find(None, database.as_deref(), Instant::now(), variable);
        let server = Self { found: found.local };
        let url = server.url();
        match server.local().get("/health") {
            Ok(answer) if answer.is_ours() => Ok(server),
            Ok(answer) if answer.status == 401 => Err(format!(
                "The server at {url} asks for a token: name its file in AGENT_TRACER_TOKEN_FILE, \
                 here and where your agents run."
            )),
            Ok(_) => Err(format!(
                "Another program answers at {url}: start the server on another port, and set \
                 MONITOR_PORT to it here and where your agents run."
            )),
            Err(_) => Err(format!(
                "No server answers at {url}: start it with `agent-tracer`, and leave it running."
            )),
        }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.found.address)
    }

    /// The ids of the tasks that speak of something.
    pub(super) fn tasks_about(&self, marker: &str) -> Vec<String> {
        let answer = self.local().get("/api/tasks?limit=50");
        let answer = answer.ok().filter(|answer| answer.status == 200);
        let body: Value = answer
            .and_then(|answer| serde_json::from_slice(&answer.body).ok())
            .unwrap_or_default();
        let tasks = body["tasks"].as_array().into_iter().flatten();
        let about = tasks.filter(|task| task.to_string().contains(marker));
        about
            .filter_map(|task| Some(task["id"].as_str()?.to_owned()))
            .collect()
    }

    pub(super) fn delete(&self, task: &str) -> bool {
        let answer = self.local().delete(&format!("/api/tasks/{task}"));
        answer.is_ok_and(|answer| answer.status == 200)
    }

    pub(super) fn post(&self, path: &str, body: &str) -> io::Result<Answer> {
        self.local().post(path, &[], body.as_bytes())
    }

    fn local(&self) -> Local {
        Local {
            deadline: Instant::now() + ANSWER_MAX,
            ..self.found.clone()
        }
    }
}
