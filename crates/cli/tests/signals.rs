//! The end, when it is asked for.

use std::io::{Read as _, Write as _};

use serde_json::json;

use crate::support::{Server, Socket};

#[test]
fn sigterm_and_sigint_end_it_in_good_order() {
    for signal in ["TERM", "INT"] {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("tracer.sqlite");
        let mut server = Server::start(&database);
        let client = server.client();
        client.post("/api/task-start", &json!({ "taskId": "t", "title": "x" }));
        let sockets: Vec<Socket> = (0..30).map(|_| Socket::open(client)).collect();
        // A connection that is kept open without a request must not hold it up.
        let mut idle = client.connect().unwrap();
        idle.write_all(b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n")
            .unwrap();
        let mut some = [0; 12];
        idle.read_exact(&mut some).unwrap();
        assert_eq!(&some, b"HTTP/1.1 200");
        server.signal(signal);
        for socket in sockets {
            assert_eq!(socket.farewell(), Some(1001), "going away");
        }
        let (status, _) = server.ended();
        assert_eq!(status.code(), Some(0), "{signal}");
        let server = Server::start(&database);
        assert_eq!(server.client().read("/api/tasks/t")["task"]["title"], "x");
    }
}

#[test]
fn a_request_on_its_way_is_answered_first() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("tracer.sqlite");
    let mut server = Server::start(&database);
    let client = server.client();
    let socket = Socket::open(client);
    let body = json!({ "taskId": "t", "title": "x" }).to_string();
    let mut half = client.connect().unwrap();
    let head = format!(
        "POST /api/task-start HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    half.write_all(head.as_bytes()).unwrap();
    let mut go_on = [0; 21];
    half.read_exact(&mut go_on).unwrap();
    assert_eq!(
        &go_on, b"HTTP/1.1 100 Continue",
        "the server waits for the body"
    );
    server.signal("TERM");
    assert_eq!(socket.farewell(), Some(1001), "the server stops");
    half.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    half.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("HTTP/1.1 200"), "{answer}");
    assert_eq!(server.ended().0.code(), Some(0));
    let server = Server::start(&database);
    server.client().read("/api/tasks/t");
}
