//! Clients that follow the real program through kill -9 hold what it holds.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use agent_tracer_core::follow::{Follower, TopicRead, Wish};
use agent_tracer_core::wire::follow::{RowChange, Topic};
use serde_json::{Value, json};

use crate::support::{Client, PATIENCE, Seeded, Server};

const ROUNDS: u64 = 4;
const POSTS: usize = 60;
const TASKS: u64 = 3;

/// How long a client listens before it goes on.
const LISTEN: Duration = Duration::from_millis(5);

fn topics() -> Vec<Topic> {
    let tasks = (0..TASKS).map(|task| format!("task:t{task}").parse().unwrap());
    [Topic::Overview, Topic::Bookmarks]
        .into_iter()
        .chain(tasks)
        .collect()
}

/// A following client: the follower, and the socket it listens to while it has one.
struct Follows {
    follower: Follower,
    client: Client,
    socket: Option<(TcpStream, Vec<u8>)>,
}

impl Follows {
    fn connect(&mut self, client: Client) {
        self.client = client;
        let mut stream = client.connect().unwrap();
        let request = "GET /ws?v=2 HTTP/1.1\r\nhost: localhost\r\nconnection: Upgrade\r\n\
                       upgrade: websocket\r\nsec-websocket-version: 13\r\n\
                       sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        stream.write_all(request.as_bytes()).unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        stream.set_read_timeout(Some(LISTEN)).unwrap();
        self.socket = Some((stream, Vec::new()));
        let wishes = self.follower.connected();
        self.grant(wishes);
    }

    fn disconnect(&mut self) {
        self.socket = None;
        self.follower.disconnected();
    }

    /// Does what the follower wants done.
    fn grant(&mut self, wishes: Vec<Wish>) {
        for wish in wishes {
            match wish {
                Wish::Send(command) => {
                    let text = serde_json::to_vec(&command).unwrap();
                    let Some((stream, _)) = &mut self.socket else {
                        continue;
                    };
                    stream.write_all(&masked(&text)).unwrap();
                }
                Wish::Read { topic, .. } => {
                    let more = match read(self.client, &topic) {
                        Some(read) => self.follower.read(read),
                        None => self.follower.not_found(&topic),
                    };
                    self.grant(more);
                }
            }
        }
    }

    /// Takes what has come.
    fn listen(&mut self) {
        let Some((stream, bytes)) = &mut self.socket else {
            return;
        };
        let mut part = [0; 16 << 10];
        if let Ok(count) = stream.read(&mut part) {
            bytes.extend_from_slice(&part[..count]);
        }
        let mut texts = Vec::new();
        while let Some((text, length)) = frame(bytes) {
            bytes.drain(..length);
            texts.extend(text);
        }
        for text in texts {
            let wishes = self.follower.frame(serde_json::from_slice(&text).unwrap());
            self.grant(wishes);
        }
    }

    /// What is held of a topic, by the rows' keys, without the commits that changed them.
    fn held(&self, topic: &Topic) -> BTreeMap<String, Value> {
        let rows = self.follower.state(topic).map(|state| &state.rows);
        let rows = rows.into_iter().flatten();
        rows.map(|(key, row)| (key.to_string(), plain(row)))
            .collect()
    }
}

fn plain(row: &RowChange) -> Value {
    serde_json::to_value(row).unwrap()["row"].clone()
}

/// A text frame of a client.
fn masked(text: &[u8]) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap();
    let mut frame = vec![0x81, 0xFE];
    frame.extend(length.to_be_bytes());
    // A mask of zeros changes nothing.
    frame.extend([0; 4]);
    frame.extend_from_slice(text);
    frame
}

/// The first frame of some bytes, if it is whole, and how long it is; other frames than texts are
/// left out.
fn frame(bytes: &[u8]) -> Option<(Option<Vec<u8>>, usize)> {
    let (begin, length) = match *bytes.get(1)? {
        126 => (
            4,
            usize::from(u16::from_be_bytes(*bytes.get(2..)?.first_chunk()?)),
        ),
        127 => (
            10,
            usize::try_from(u64::from_be_bytes(*bytes.get(2..)?.first_chunk()?)).ok()?,
        ),
        short => (2, usize::from(short)),
    };
    let content = bytes.get(begin..begin + length)?;
    let is_text = bytes.first()? & 0x0F == 1;
    Some((is_text.then(|| content.to_vec()), begin + length))
}

/// A topic as the read models have it; `None` if its task is not there.
fn read(client: Client, topic: &Topic) -> Option<TopicRead> {
    let path = match topic {
        Topic::Overview => "/api/tasks".to_owned(),
        Topic::Bookmarks => "/api/bookmarks".to_owned(),
        Topic::Task(id) => format!("/api/tasks/{id}"),
    };
    let (status, answer) = client.ask("GET", &path, "").unwrap();
    if status == 404 {
        return None;
    }
    let seq = answer["seq"].as_u64().unwrap();
    let lists = match topic {
        Topic::Overview => vec![("tasks", "task", "id")],
        Topic::Bookmarks => vec![
            ("bookmarks", "bookmark", "id"),
            ("evaluations", "evaluation", "taskId"),
        ],
        Topic::Task(_) => vec![("sessions", "session", "id"), ("timeline", "event", "id")],
    };
    let mut rows = Vec::new();
    for (list, kind, id) in lists {
        for row in answer[list].as_array().unwrap() {
            let change = json!({ "kind": kind, "id": row[id], "seq": seq, "row": row });
            rows.push(serde_json::from_value(change).unwrap());
        }
    }
    Some(TopicRead {
        topic: topic.clone(),
        epoch: answer["epoch"].as_str().unwrap().to_owned(),
        seq,
        rows,
    })
}

/// Changes something.
fn post(client: Client, seeded: &mut Seeded, number: usize) {
    let task = format!("t{}", seeded.below(TASKS));
    let ask = |method, path: &str, body: Value| {
        let (status, answer) = client.ask(method, path, &body.to_string()).unwrap();
        assert!(status < 500, "{path}: {answer}");
    };
    let title = format!("number {number}");
    match seeded.below(12) {
        0 | 1 => ask(
            "POST",
            "/api/task-start",
            json!({ "taskId": task, "title": title }),
        ),
        2 => ask(
            "PATCH",
            &format!("/api/tasks/{task}"),
            json!({ "title": title }),
        ),
        3 => ask(
            "POST",
            "/api/bookmarks",
            json!({ "taskId": task, "title": title }),
        ),
        4 => {
            let path = format!("/api/tasks/{task}/evaluate");
            ask(
                "POST",
                &path,
                json!({ "rating": "good", "outcomeNote": title }),
            );
        }
        5 if number.is_multiple_of(3) => ask("DELETE", &format!("/api/tasks/{task}"), json!({})),
        6 => ask("POST", "/api/task-complete", json!({ "taskId": task })),
        _ => {
            let body = json!({ "taskId": task, "title": title, "filePaths": ["src/a.rs"] });
            ask("POST", "/api/thought", body);
        }
    }
}

/// Waits until the client holds every topic as it is read.
fn settle(follows: &mut Follows, client: Client, round: u64) {
    let begun = Instant::now();
    for topic in topics() {
        // A task that was gone and is there again is followed anew.
        let wishes = follows.follower.follow(topic);
        follows.grant(wishes);
    }
    loop {
        follows.listen();
        let differing = topics().into_iter().find(|topic| {
            let read = read(client, topic)
                .map(|read| read.rows)
                .unwrap_or_default();
            let is: BTreeMap<_, _> = read
                .iter()
                .map(|row| (row.key().to_string(), plain(row)))
                .collect();
            is != follows.held(topic)
        });
        let Some(topic) = differing else { return };
        assert!(
            begun.elapsed() < PATIENCE,
            "round {round}: {topic} differs for good"
        );
    }
}

// spec: L1, L5, L9, L14
#[test]
fn who_follows_holds_what_is_stored_through_every_kill() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("tracer.sqlite");
    let mut seeded = Seeded(3);
    let mut server = Server::start(&database);
    let mut follows = Follows {
        follower: Follower::new(),
        client: server.client(),
        socket: None,
    };
    for round in 0..ROUNDS {
        follows.connect(server.client());
        for number in 0..POSTS {
            post(server.client(), &mut seeded, number);
            if seeded.below(3) == 0 {
                follows.listen();
            }
        }
        settle(&mut follows, server.client(), round);
        for number in 0..POSTS / 4 {
            post(server.client(), &mut seeded, number);
        }
        // Some of it has arrived, and some has not.
        follows.listen();
        server.kill();
        follows.disconnect();
        server = Server::start(&database);
        for number in 0..POSTS / 4 {
            post(server.client(), &mut seeded, number);
        }
    }
    follows.connect(server.client());
    settle(&mut follows, server.client(), ROUNDS);
}
