use std::time::{Duration, Instant};

use serde_json::Value;

use crate::client::{Local, token};
use crate::hook;

/// How long the server may take for an answer.
const ANSWER_MAX: Duration = Duration::from_secs(5);

/// The running server, found as a hook finds it.
pub(super) struct Server {
    port: u16,
    token: Option<String>,
}

impl Server {
    /// The server, or what is in the way to it.
    pub(super) fn find() -> Result<Self, String> {
        let variable = |name: &str| std::env::var(name).ok();
        let server = Self {
            port: hook::port(variable),
            token: token(variable),
        };
        let url = server.url();
        match server.local().get("/health") {
            Ok((200, body)) if String::from_utf8_lossy(&body).contains("agent-tracer") => {
                Ok(server)
            }
            Ok((401, _)) => Err(format!(
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
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The ids of the tasks that speak of something.
    pub(super) fn tasks_about(&self, marker: &str) -> Vec<String> {
        let answer = self.local().get("/api/tasks?limit=50");
        let body = answer.ok().filter(|(status, _)| *status == 200);
        let body: Value = body
            .and_then(|(_, body)| serde_json::from_slice(&body).ok())
            .unwrap_or_default();
        let tasks = body["tasks"].as_array().into_iter().flatten();
        let about = tasks.filter(|task| task.to_string().contains(marker));
        about
            .filter_map(|task| Some(task["id"].as_str()?.to_owned()))
            .collect()
    }

    pub(super) fn delete(&self, task: &str) -> bool {
        let answer = self.local().delete(&format!("/api/tasks/{task}"));
        answer.is_ok_and(|(status, _)| status == 200)
    }

    /// Posts to the server; gives the answer's status and body.
    pub(super) fn post(&self, path: &str, body: &str) -> std::io::Result<(u16, Vec<u8>)> {
        self.local().post(path, body.as_bytes())
    }

    fn local(&self) -> Local {
        Local {
            port: self.port,
            token: self.token.clone(),
            deadline: Instant::now() + ANSWER_MAX,
        }
    }
}
