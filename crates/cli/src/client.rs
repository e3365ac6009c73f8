//! The smallest HTTP client that does: one request to the server on this machine, then close.
//!
//! A hook runs before and after every call of an agent's tools. It must start in a millisecond, so
//! it brings no runtime and no library with it.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

/// A server on this machine, and until when it may answer.
#[derive(Clone, Debug)]
pub(crate) struct Local {
    pub address: SocketAddr,
    /// What the server asks for, if it asks for anything.
    pub token: Option<String>,
    pub deadline: Instant,
}

/// What the server answered.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self
            .head
            .split("\r\n")
            .filter_map(|line| line.split_once(':'));
        let mut values = lines.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        values.next().map(|(_, value)| value.trim())
    }
}

/// That port of this machine.
pub(crate) fn loopback(port: u16) -> SocketAddr {
    SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port)
}

impl Local {
    /// Posts JSON.
    pub(crate) fn post(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<Answer> {
        let mut head = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n{}connection: close\r\n",
            self.address,
            body.len(),
            self.authorization(),
        );
        for (name, value) in headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head.push_str("\r\n");
        self.exchange(&[head.as_bytes(), body].concat())
    }

    /// Gets a path.
    pub(crate) fn get(&self, path: &str) -> io::Result<Answer> {
        self.bodiless("GET", path)
    }

    /// Deletes what a path names.
    pub(crate) fn delete(&self, path: &str) -> io::Result<Answer> {
        self.bodiless("DELETE", path)
    }

    fn bodiless(&self, method: &str, path: &str) -> io::Result<Answer> {
        let (address, authorization) = (self.address, self.authorization());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {address}\r\n{authorization}connection: close\r\n\r\n"
        );
        self.exchange(request.as_bytes())
    }

    /// Whether anybody listens there: a cheap question, before more is prepared.
    pub(crate) fn is_there(&self) -> bool {
        let left = self.left();
        left.is_ok_and(|left| TcpStream::connect_timeout(&self.address, left).is_ok())
    }

    fn authorization(&self) -> String {
        let header = |token| format!("authorization: Bearer {token}\r\n");
        self.token.as_ref().map(header).unwrap_or_default()
    }

    fn exchange(&self, request: &[u8]) -> io::Result<Answer> {
        let mut stream = TcpStream::connect_timeout(&self.address, self.left()?)?;
        stream.set_nodelay(true)?;
        self.write(&mut stream, request)?;
        let mut answer = Vec::new();
        let mut chunk = [0; 4096];
        loop {
            stream.set_read_timeout(Some(self.left()?))?;
            match stream.read(&mut chunk)? {
                0 => break,
                count => answer.extend_from_slice(chunk.get(..count).unwrap_or_default()),
            }
            // Without waiting for the server to hang up.
            if parse(&answer).is_some_and(|answer| answer.is_whole()) {
                break;
            }
        }
        parse(&answer).ok_or_else(|| io::Error::other("not an HTTP answer"))
    }

    /// Writes all of it, however slowly it is taken, until the time is up.
    fn write(&self, stream: &mut TcpStream, mut request: &[u8]) -> io::Result<()> {
        while !request.is_empty() {
            stream.set_write_timeout(Some(self.left()?))?;
            match stream.write(request)? {
                0 => return Err(io::ErrorKind::WriteZero.into()),
                count => request = request.get(count..).unwrap_or_default(),
            }
        }
        Ok(())
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

impl Answer {
    /// Whether this program answered that it is well.
    pub(crate) fn is_ours(&self) -> bool {
        self.status == 200 && String::from_utf8_lossy(&self.body).contains("agent-tracer")
    }

    fn is_whole(&self) -> bool {
        let length = self
            .header("content-length")
            .and_then(|length| length.parse().ok());
        length.is_some_and(|length: usize| self.body.len() >= length)
    }
}

/// The token in the file that `AGENT_TRACER_TOKEN_FILE` names.
pub(crate) fn token(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    token_in(Path::new(&variable("AGENT_TRACER_TOKEN_FILE")?))
}

/// The token in a file. One that could not stand in a header is none.
pub(crate) fn token_in(file: &Path) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let token = text.trim();
    (!token.is_empty() && !token.chars().any(char::is_control)).then(|| token.to_owned())
}

fn parse(answer: &[u8]) -> Option<Answer> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(answer.get(..end)?).ok()?;
    let status = head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    Some(Answer {
        status,
        head: head.to_owned(),
        body: answer.get(end + 4..)?.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn reads_status_headers_and_body() {
        let answer = b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nx-a:b:c\r\n\r\n{}";
        let answer = parse(answer).unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (404, &b"{}"[..]));
        assert_eq!(answer.header("content-length"), Some("2"));
        assert_eq!(answer.header("X-A"), Some("b:c"));
        assert_eq!(answer.header("404"), None);
        assert!(answer.is_whole());
        for broken in [&b""[..], b"HTTP/1.1", b"HTTP/1.1 xx\r\n\r\n", b"\r\n\r\n"] {
            assert_eq!(parse(broken), None);
        }
    }

    #[test]
    fn an_answer_without_its_length_ends_with_the_connection() {
        for part in ["content-length: 3\r\n\r\n{}", "\r\n\r\n{}"] {
            let answer = format!("HTTP/1.1 200 OK\r\n{part}");
            assert!(!parse(answer.as_bytes()).unwrap().is_whole(), "{part}");
        }
    }
}
