//! A server on a free port with a database of its own, and clients for it.

mod home;
mod http;
mod normal;
mod seeded;
mod socket;

use std::net::SocketAddr;

use agent_tracer_server::{Config, Server};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub(crate) use home::{Home, fixtures};
pub(crate) use http::{Answer, Connection, Request};
pub(crate) use normal::{is_time, normal, without};
pub(crate) use seeded::Seeded;
pub(crate) use socket::{Socket, told, types};

/// A running server. Dropped, it is gone; [`Host::stop`] ends it in good order.
pub(crate) struct Host {
    pub(crate) address: SocketAddr,
    pub(crate) folder: TempDir,
    stop: oneshot::Sender<()>,
    running: JoinHandle<std::io::Result<()>>,
}

impl Host {
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// Starts with a configuration that `change` made of the usual one.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = local(&folder);
        change(&mut config);
        Self::run(Server::bind(config).await.unwrap(), folder)
    }

    /// Starts once more on the database of a server that has stopped.
    pub(crate) async fn again(folder: TempDir) -> Self {
        let config = local(&folder);
        Self::run(Server::bind(config).await.unwrap(), folder)
    }

    pub(crate) fn run(server: Server, folder: TempDir) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let address = server.address();
        let running = tokio::spawn(server.run(async move { drop(stopped.await) }));
        Self {
            address,
            folder,
            stop,
            running,
        }
    }

    /// Asks the server to stop and waits until it has; gives its database back.
    pub(crate) async fn stop(self) -> TempDir {
        self.stop.send(()).unwrap();
        self.running.await.unwrap().unwrap();
        self.folder
    }

    /// Asks the server to stop, without waiting.
    pub(crate) fn ask_to_stop(self) -> JoinHandle<std::io::Result<()>> {
        self.stop.send(()).unwrap();
        self.running
    }

    pub(crate) async fn send(&self, request: Request) -> Answer {
        request.send(self.address).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::new("GET", path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Request::new("POST", path).json(body)).await
    }

    /// Makes a change that must be answered well.
    pub(crate) async fn change(&self, method: &str, path: &str, body: Value) {
        self.send(Request::new(method, path).json(&body)).await.ok();
    }

    /// The body of a `GET` that must be answered well.
    pub(crate) async fn read(&self, path: &str) -> Value {
        self.get(path).await.ok()
    }

    /// The answer of a `POST` to `/api/…` that must be answered well.
    pub(crate) async fn api(&self, route: &str, body: &Value) -> Value {
        self.post(&format!("/api/{route}"), body).await.ok()
    }

    /// Starts a task with an id of our choice; gives the id of its session.
    pub(crate) async fn task(&self, id: &str) -> String {
        let task = json!({ "taskId": id, "title": format!("Task {id}") });
        text(&self.api("task-start", &task).await["sessionId"])
    }

    /// The events of a task but its start.
    pub(crate) async fn events(&self, task: &str) -> Vec<Value> {
        let view = self.read(&format!("/api/tasks/{task}")).await;
        let mut events = view["timeline"].as_array().unwrap().clone();
        events.retain(|event| event["kind"] != "task.start");
        events
    }
}

/// A configuration for a free port and a database in `folder`.
pub(crate) fn local(folder: &TempDir) -> Config {
    Config {
        port: 0,
        ..Config::local(folder.path().join("agent-tracer.sqlite"))
    }
}

/// The text that a value is.
pub(crate) fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is not text"))
        .to_owned()
}

/// The keys of an object, sorted.
pub(crate) fn keys(value: &Value) -> Vec<&str> {
    let object = value
        .as_object()
        .unwrap_or_else(|| panic!("{value} is not an object"));
    let mut keys: Vec<&str> = object.keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}
