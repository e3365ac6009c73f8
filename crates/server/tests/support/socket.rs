//! A client of `/ws`.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use super::{Host, keys, text};

/// Longer than anything takes that does not hang.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Socket(WebSocketStream<TcpStream>);

impl Socket {
    /// Connects, without reading anything.
    pub(crate) async fn open(host: &Host) -> Self {
        let stream = TcpStream::connect(host.address).await.unwrap();
        let (socket, _) = client_async(format!("ws://{}/ws", host.address), stream)
            .await
            .unwrap();
        Self(socket)
    }

    /// Connects and takes the snapshot.
    pub(crate) async fn join(host: &Host) -> (Self, Value) {
        let mut socket = Self::open(host).await;
        let snapshot = socket.message().await;
        assert_eq!(snapshot["type"], "snapshot", "comes first");
        (socket, snapshot["payload"].clone())
    }

    /// The next frame, which must be `{type, payload}`.
    pub(crate) async fn message(&mut self) -> Value {
        loop {
            match self.frame().await {
                Some(Ok(Message::Text(frame))) => {
                    let message: Value = serde_json::from_str(&frame).unwrap();
                    assert_eq!(keys(&message), ["payload", "type"]);
                    return message;
                }
                Some(Ok(Message::Ping(_))) => {}
                other => panic!("a text frame, not {other:?}"),
            }
        }
    }

    async fn frame(&mut self) -> Option<Result<Message, Error>> {
        let next = tokio::time::timeout(PATIENCE, self.0.next()).await;
        next.expect("a frame in time")
    }

    /// Every message up to and without the one of a [`Host::mark`].
    pub(crate) async fn until(&mut self, mark: &str) -> Vec<Value> {
        let mut messages = Vec::new();
        loop {
            let message = self.message().await;
            if message["type"] == "bookmark.saved" && message["payload"]["title"] == mark {
                return messages;
            }
            messages.push(message);
        }
    }

    pub(crate) async fn send(&mut self, message: Message) {
        self.0.send(message).await.unwrap();
    }

    /// Reads to the end of the connection; gives what the server said at its end.
    pub(crate) async fn farewell(&mut self) -> Option<CloseFrame> {
        let mut farewell = None;
        while let Some(Ok(frame)) = self.frame().await {
            if let Message::Close(close) = frame {
                farewell = close;
            }
        }
        farewell
    }
}

impl Host {
    /// Makes a message that ends what a client has to read: everything before it comes before it.
    pub(crate) async fn mark(&self, name: &str) {
        self.api("bookmarks", &json!({ "taskId": "marks", "title": name }))
            .await;
    }

    /// A server with a task for marks, and a client that has its snapshot.
    pub(crate) async fn watched() -> (Self, Socket) {
        let host = Self::start().await;
        host.task("marks").await;
        let (socket, _) = Socket::join(&host).await;
        (host, socket)
    }

    /// What clients are told of what `work` does.
    pub(crate) async fn told(
        &self,
        socket: &mut Socket,
        work: impl Future<Output = ()>,
    ) -> Vec<Value> {
        work.await;
        self.mark("done").await;
        socket.until("done").await
    }
}

/// The types of messages, in order.
pub(crate) fn types(messages: &[Value]) -> Vec<String> {
    messages
        .iter()
        .map(|message| text(&message["type"]))
        .collect()
}

/// What a client is told of some requests.
macro_rules! told {
    ($host:ident, $socket:ident, $($work:expr),+) => {
        $host.told(&mut $socket, async { $($work.await;)+ }).await
    };
}
pub(crate) use told;
