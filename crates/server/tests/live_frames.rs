//! Frames that clients send, good and bad, and how connections end.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

use crate::support::{Host, Socket};

/// A connection that was upgraded by hand, to send what no library would.
async fn upgraded(host: &Host) -> TcpStream {
    let mut stream = TcpStream::connect(host.address).await.unwrap();
    let request = format!(
        "GET /ws HTTP/1.1\r\nhost: {}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        host.address
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    assert!(head.starts_with("HTTP/1.1 101"), "{head}");
    assert!(!head.contains("sec-websocket-extensions"), "{head}");
    stream
}

/// A frame with a mask of zeros, which leaves its content as it is.
fn frame(first: u8, content: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match u16::try_from(content.len()) {
        Ok(length @ 0..=125) => frame.push(0x80 | u8::try_from(length).unwrap()),
        Ok(length) => {
            frame.push(0x80 | 0x7e);
            frame.extend_from_slice(&length.to_be_bytes());
        }
        Err(_) => {
            frame.push(0x80 | 127);
            frame.extend_from_slice(&(content.len() as u64).to_be_bytes());
        }
    }
    frame.extend_from_slice(&[0; 4]);
    frame.extend_from_slice(content);
    frame
}

#[tokio::test]
async fn a_bad_frame_closes_that_one_connection() {
    let host = Host::start().await;
    host.task("marks").await;
    let (mut other, _) = Socket::join(&host).await;
    let bad = [
        ("unmasked", vec![0x81, 1, b'x']),
        ("too large", frame(0x81, &vec![b'x'; (64 << 10) + 1])),
        ("not UTF-8", frame(0x81, &[0xff, 0xfe])),
        ("reserved opcode", frame(0x83, b"x")),
        ("reserved bit", frame(0xc1, b"x")),
        ("a ping too long", frame(0x89, &[0; 126])),
        ("a continuation of nothing", frame(0x80, b"x")),
        ("too large in pieces", {
            let half = vec![b'x'; 40 << 10];
            [frame(0x01, &half), frame(0x80, &half)].concat()
        }),
    ];
    for (what, bytes) in bad {
        let mut stream = upgraded(&host).await;
        stream.write_all(&bytes).await.unwrap();
        // To the end: the server closes, in good order or by a reset.
        let mut rest = Vec::new();
        let reading = stream.read_to_end(&mut rest);
        let ended = tokio::time::timeout(std::time::Duration::from_secs(10), reading).await;
        assert!(ended.is_ok(), "{what} must end the connection");
        host.mark(what).await;
        other.until(what).await;
    }
}

#[tokio::test]
async fn good_frames_are_ignored() {
    let host = Host::start().await;
    host.task("marks").await;
    let (mut socket, _) = Socket::join(&host).await;
    for message in [
        Message::text("hello"),
        Message::text(r#"{"type":"subscribe","topic":"overview"}"#),
        Message::binary(vec![0, 1, 2]),
        Message::Pong(bytes::Bytes::from_static(b"unasked")),
        Message::text("x".repeat(64 << 10)),
    ] {
        socket.send(message).await;
    }
    host.mark("done").await;
    assert!(socket.until("done").await.is_empty(), "nothing is answered");
}

#[tokio::test]
async fn a_client_that_says_goodbye_is_answered() {
    let host = Host::start().await;
    let (mut socket, _) = Socket::join(&host).await;
    let goodbye = CloseFrame {
        code: CloseCode::Normal,
        reason: "".into(),
    };
    socket.send(Message::Close(Some(goodbye))).await;
    let farewell = socket.farewell().await.expect("a farewell");
    assert_eq!(farewell.code, CloseCode::Normal);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_tells_every_client() {
    let host = Host::start().await;
    let mut sockets = Vec::new();
    for _ in 0..50 {
        sockets.push(Socket::join(&host).await.0);
    }
    host.stop().await;
    for socket in &mut sockets {
        let farewell = socket.farewell().await.expect("a farewell");
        assert_eq!(farewell.code, CloseCode::Away);
    }
}

#[tokio::test]
async fn what_is_not_an_upgrade_is_refused() {
    let host = Host::start().await;
    assert_eq!(host.get("/ws").await.refused(400), "invalid_request");
    let post = host.post("/ws", &serde_json::json!({})).await;
    assert_eq!(post.refused(400), "invalid_request");
}
