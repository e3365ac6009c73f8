//! HTTP and a socket over plain streams.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};

use serde_json::Value;

use super::PATIENCE;

/// A client of the server at a port.
#[derive(Clone, Copy)]
pub(crate) struct Client {
    port: u16,
}

impl Client {
    pub(crate) fn new(port: u16) -> Self {
        Self { port }
    }

    pub(crate) fn connect(self) -> io::Result<TcpStream> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(stream)
    }

    /// Sends a request on a connection of its own; gives status and body.
    pub(crate) fn ask(self, method: &str, path: &str, body: &str) -> io::Result<(u16, Value)> {
        let mut stream = self.connect()?;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        parse(&answer).ok_or_else(|| io::Error::other("half an answer"))
    }

    /// The body of a good answer to a `GET`.
    pub(crate) fn read(self, path: &str) -> Value {
        let (status, body) = self.ask("GET", path, "").unwrap();
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// The body of a good answer to a `POST`.
    pub(crate) fn post(self, path: &str, body: &Value) -> Value {
        let (status, answer) = self.ask("POST", path, &body.to_string()).unwrap();
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }
}

fn parse(answer: &[u8]) -> Option<(u16, Value)> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?;
    let status = head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    let rest = &answer[end + 4..];
    let body = if head
        .to_ascii_lowercase()
        .contains("transfer-encoding: chunked")
    {
        dechunked(rest)?
    } else {
        rest.to_vec()
    };
    Some((status, serde_json::from_slice(&body).ok()?))
}

fn dechunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..end]).ok()?, 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(end + 2..end + 2 + size)?);
        rest = rest.get(end + 2 + size + 2..)?;
    }
}

/// A client of `/ws` that only listens.
pub(crate) struct Socket(TcpStream);

impl Socket {
    /// Connects and reads the first frame, which is the snapshot.
    pub(crate) fn open(client: Client) -> Self {
        let mut stream = client.connect().unwrap();
        stream
            .write_all(
                b"GET /ws HTTP/1.1\r\nhost: localhost\r\nconnection: Upgrade\r\n\
                  upgrade: websocket\r\nsec-websocket-version: 13\r\n\
                  sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            )
            .unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        let mut socket = Self(stream);
        let (opcode, snapshot) = socket.frame().unwrap();
        assert_eq!(opcode, 1);
        assert!(snapshot.starts_with(br#"{"type":"snapshot""#));
        socket
    }

    /// Reads to the end; gives the code that the server closed with.
    pub(crate) fn farewell(mut self) -> Option<u16> {
        let mut code = None;
        while let Some((opcode, content)) = self.frame() {
            if let (8, [high, low, ..]) = (opcode, content.as_slice()) {
                code = Some(u16::from_be_bytes([*high, *low]));
            }
        }
        code
    }

    fn frame(&mut self) -> Option<(u8, Vec<u8>)> {
        let mut head = [0; 2];
        self.0.read_exact(&mut head).ok()?;
        let length = match head[1] {
            126 => {
                let mut length = [0; 2];
                self.0.read_exact(&mut length).ok()?;
                usize::from(u16::from_be_bytes(length))
            }
            127 => panic!("no frame here is that long"),
            length => usize::from(length),
        };
        let mut content = vec![0; length];
        self.0.read_exact(&mut content).ok()?;
        Some((head[0] & 0x0f, content))
    }
}
