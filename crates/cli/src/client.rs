//! The smallest HTTP client that does: one request to the server on this machine, then close.
//!
//! A hook runs before and after every call of an agent's tools. It must start in a millisecond, so
//! it brings no runtime and no library with it.

use std::io::{self, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// How long the server may take to accept the connection. On this machine it is there or it is not.
const CONNECT_MAX: Duration = Duration::from_millis(200);

/// A server on this machine, and until when it may answer.
#[derive(Clone, Debug)]
pub(crate) struct Local {
    pub port: u16,
    /// What the server asks for, if it asks for anything.
    pub token: Option<String>,
    pub deadline: Instant,
}

impl Local {
    /// Posts JSON; gives the answer's status and body.
    pub(crate) fn post(&self, path: &str, body: &[u8]) -> io::Result<(u16, Vec<u8>)> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n{}connection: close\r\n\r\n",
            self.port,
            body.len(),
            self.authorization(),
        );
        self.exchange(&[head.as_bytes(), body].concat())
    }

    /// Gets a path; gives the answer's status and body.
    pub(crate) fn get(&self, path: &str) -> io::Result<(u16, Vec<u8>)> {
        self.bodiless("GET", path)
    }

    /// Deletes what a path names; gives the answer's status and body.
    pub(crate) fn delete(&self, path: &str) -> io::Result<(u16, Vec<u8>)> {
        self.bodiless("DELETE", path)
    }

    fn bodiless(&self, method: &str, path: &str) -> io::Result<(u16, Vec<u8>)> {
        let port = self.port;
        let authorization = self.authorization();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n{authorization}connection: close\r\n\r\n"
        );
        self.exchange(request.as_bytes())
    }

    fn authorization(&self) -> String {
        let header = |token| format!("authorization: Bearer {token}\r\n");
        self.token.as_ref().map(header).unwrap_or_default()
    }

    fn exchange(&self, request: &[u8]) -> io::Result<(u16, Vec<u8>)> {
        let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), self.port);
        let mut stream = TcpStream::connect_timeout(&address, CONNECT_MAX.min(self.left()?))?;
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(self.left()?))?;
        stream.write_all(request)?;
        let mut answer = Vec::new();
        let mut chunk = [0; 4096];
        loop {
            stream.set_read_timeout(Some(self.left()?))?;
            match stream.read(&mut chunk)? {
                0 => break,
                count => answer.extend_from_slice(chunk.get(..count).unwrap_or_default()),
            }
        }
        parse(&answer).ok_or_else(|| io::Error::other("not an HTTP answer"))
    }

    fn left(&self) -> io::Result<Duration> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            Err(io::ErrorKind::TimedOut.into())
        } else {
            Ok(left)
        }
    }
}

/// The token in the file that `AGENT_TRACER_TOKEN_FILE` names. One that could not stand in a header
/// is none.
pub(crate) fn token(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    let text = std::fs::read_to_string(variable("AGENT_TRACER_TOKEN_FILE")?).ok()?;
    let token = text.trim();
    (!token.is_empty() && !token.chars().any(char::is_control)).then(|| token.to_owned())
}

fn parse(answer: &[u8]) -> Option<(u16, Vec<u8>)> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(answer.get(..end)?).ok()?;
    let status = head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    Some((status, answer.get(end + 4..)?.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn reads_status_and_body() {
        let answer = b"HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n{}";
        assert_eq!(parse(answer), Some((404, b"{}".to_vec())));
        for broken in [&b""[..], b"HTTP/1.1", b"HTTP/1.1 xx\r\n\r\n", b"\r\n\r\n"] {
            assert_eq!(parse(broken), None);
        }
    }
}
