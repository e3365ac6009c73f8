//! The smallest HTTP client that sees everything: raw bytes there and back.

use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A request, one field at a time. Without a `host` of its own it names the server.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
    chunked: bool,
}

impl Request {
    pub(crate) fn new(method: &str, path: &str) -> Self {
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            headers: Vec::new(),
            body: None,
            chunked: false,
        }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.header("content-type", "application/json")
            .body(body.to_string())
    }

    /// Sends the body in chunks of no announced length.
    pub(crate) fn chunked(mut self) -> Self {
        self.chunked = true;
        self
    }

    pub(crate) fn bytes(&self, address: SocketAddr) -> Vec<u8> {
        let mut bytes = format!("{} {} HTTP/1.1\r\n", self.method, self.path).into_bytes();
        let mut add = |name: &str, value: &str| {
            bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        };
        if !self.headers.iter().any(|(name, _)| name == "host") {
            add("host", &address.to_string());
        }
        for (name, value) in &self.headers {
            add(name, value);
        }
        let body = self.body.as_deref().unwrap_or_default();
        if self.chunked {
            add("transfer-encoding", "chunked");
            bytes.extend_from_slice(b"\r\n");
            for chunk in body.chunks(1_000) {
                bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
                bytes.extend_from_slice(chunk);
                bytes.extend_from_slice(b"\r\n");
            }
            bytes.extend_from_slice(b"0\r\n\r\n");
        } else {
            if self.body.is_some() {
                add("content-length", &body.len().to_string());
            }
            bytes.extend_from_slice(b"\r\n");
            bytes.extend_from_slice(body);
        }
        bytes
    }

    /// Sends it on a connection of its own.
    pub(crate) async fn send(&self, address: SocketAddr) -> Answer {
        let mut connection = Connection::open(address).await;
        connection.write(self.bytes(address));
        let answer = connection.answer(self.method == "HEAD").await;
        answer.unwrap_or_else(|| panic!("no answer to {} {}", self.method, self.path))
    }
}

/// A connection that is kept.
pub(crate) struct Connection {
    reading: tokio::net::tcp::OwnedReadHalf,
    writing: Option<tokio::net::tcp::OwnedWriteHalf>,
    written: tokio::task::JoinSet<tokio::net::tcp::OwnedWriteHalf>,
    received: Vec<u8>,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Self {
        let (reading, writing) = TcpStream::connect(address).await.unwrap().into_split();
        Self {
            reading,
            writing: Some(writing),
            written: tokio::task::JoinSet::new(),
            received: Vec::new(),
        }
    }

    /// Writes beside whatever is read: a server may answer before it has everything.
    pub(crate) fn write(&mut self, bytes: Vec<u8>) {
        let mut writing = self.writing.take().expect("one write at a time");
        self.written.spawn(async move {
            writing.write_all(&bytes).await.ok();
            writing
        });
    }

    /// The next answer; `None` when the server closed the connection instead.
    pub(crate) async fn answer(&mut self, no_body: bool) -> Option<Answer> {
        let end = loop {
            if let Some(end) = self.received.windows(4).position(|w| w == b"\r\n\r\n") {
                break end;
            }
            self.more().await?;
        };
        let head = String::from_utf8(self.received.drain(..end + 4).collect()).unwrap();
        let mut answer = Answer::of_head(&head);
        let length = answer.header("content-length").map(|n| n.parse().unwrap());
        answer.body = match length {
            _ if no_body => Vec::new(),
            Some(length) => self.take(length).await?,
            None if answer.header("transfer-encoding").is_some() => self.chunks().await?,
            None => Vec::new(),
        };
        if let Some(done) = self.written.try_join_next() {
            self.writing = Some(done.unwrap());
        }
        Some(answer)
    }

    async fn chunks(&mut self) -> Option<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let end = loop {
                if let Some(end) = self.received.windows(2).position(|w| w == b"\r\n") {
                    break end;
                }
                self.more().await?;
            };
            let line: Vec<u8> = self.received.drain(..end + 2).collect();
            let size = std::str::from_utf8(&line).unwrap().trim();
            let size = usize::from_str_radix(size, 16).unwrap();
            let chunk = self.take(size + 2).await?;
            if size == 0 {
                return Some(body);
            }
            body.extend_from_slice(&chunk[..size]);
        }
    }

    async fn take(&mut self, length: usize) -> Option<Vec<u8>> {
        while self.received.len() < length {
            self.more().await?;
        }
        Some(self.received.drain(..length).collect())
    }

    async fn more(&mut self) -> Option<()> {
        let reading = self.reading.read_buf(&mut self.received);
        let read = tokio::time::timeout(super::socket::PATIENCE, reading).await;
        match read.expect("the server answers in time") {
            Ok(0) | Err(_) => None,
            Ok(_) => Some(()),
        }
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    fn of_head(head: &str) -> Self {
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        let headers = lines.filter_map(|line| line.split_once(':'));
        Self {
            status: status.parse().unwrap(),
            headers: headers
                .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
                .collect(),
            body: Vec::new(),
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|(known, _)| known == name);
        header.map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("{} is not JSON: {}", self.status, self.text()))
    }

    /// The body of an answer that must be a good one.
    #[track_caller]
    pub(crate) fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text());
        self.json()
    }

    /// Checks that it is a refusal of the one shape that refusals have; gives its code.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{}", self.text());
        let body = self.json();
        assert_eq!(super::keys(&body), ["code", "error"]);
        assert!(!super::text(&body["error"]).is_empty());
        super::text(&body["code"])
    }
}
