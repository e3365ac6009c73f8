//! The load: kept-alive connections that each post one prepared request again and again.
//!
//! One thread and no HTTP library, because it shares the processors with the server it measures.

use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// The whole bytes of a POST.
pub(super) fn request(port: u16, path: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Posts each request `times` on a connection of its own, all at once, and returns how long it
/// took until the last answer. Every answer must be a 200: any other aborts with its body.
pub(super) fn post(port: u16, requests: Vec<Vec<u8>>, times: u32) -> anyhow::Result<Duration> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    runtime.block_on(async {
        let mut connections = Vec::new();
        for request in requests {
            connections.push((Connection::open(port).await?, request));
        }
        let start = Instant::now();
        let mut posting = JoinSet::new();
        for (mut connection, request) in connections {
            posting.spawn(async move {
                for _ in 0..times {
                    connection.post(&request).await?;
                }
                anyhow::Ok(())
            });
        }
        while let Some(ended) = posting.join_next().await {
            ended??;
        }
        Ok(start.elapsed())
    })
}

/// A connection that is kept and posts one request after the other.
pub(super) struct Connection {
    stream: TcpStream,
    answer: Vec<u8>,
}

impl Connection {
    pub(super) async fn open(port: u16) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            answer: Vec::with_capacity(4096),
        })
    }

    /// Posts, and waits for the answer, which must be a 200.
    pub(super) async fn post(&mut self, request: &[u8]) -> anyhow::Result<()> {
        self.ask(request).await?;
        self.answered().await
    }

    /// Posts without waiting: [`Self::answered`] comes next.
    pub(super) async fn ask(&mut self, request: &[u8]) -> anyhow::Result<()> {
        self.stream
            .write_all(request)
            .await
            .context("the server hung up")
    }

    /// Waits for the answer, which must be a 200.
    pub(super) async fn answered(&mut self) -> anyhow::Result<()> {
        self.answer.clear();
        while !is_whole(&self.answer)? {
            let read = self.stream.read_buf(&mut self.answer).await?;
            ensure!(read > 0, "the server hung up before its answer was whole");
        }
        Ok(())
    }
}

/// Whether an answer is all there; one that is not a 200 is an error once it is.
fn is_whole(answer: &[u8]) -> anyhow::Result<bool> {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(false);
    };
    let head = std::str::from_utf8(&answer[..end]).context("the answer's head is no text")?;
    let length = content_length(head).context("the answer has no Content-Length")?;
    let body = &answer[end + 4..];
    if body.len() < length {
        return Ok(false);
    }
    ensure!(body.len() == length, "more was answered than was asked");
    if head.split(' ').nth(1) != Some("200") {
        bail!(
            "{}\n{}",
            head.lines().next().unwrap_or(head),
            String::from_utf8_lossy(body)
        );
    }
    Ok(true)
}

fn content_length(head: &str) -> Option<usize> {
    let headers = head.lines().skip(1).filter_map(|line| line.split_once(':'));
    let mut lengths = headers.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    lengths.next()?.1.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_whole_with_its_last_byte() {
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbody";
        for end in 0..answer.len() {
            assert!(!is_whole(&answer[..end]).unwrap(), "after {end} bytes");
        }
        assert!(is_whole(answer).unwrap());
    }

    #[test]
    fn anything_but_200_is_an_error_with_its_body() {
        let answer = b"HTTP/1.1 404 Not Found\r\nContent-Length: 7\r\n\r\nno task";
        let error = is_whole(answer).unwrap_err().to_string();
        assert_eq!(error, "HTTP/1.1 404 Not Found\nno task");
    }

    #[test]
    fn an_answer_without_a_length_or_with_too_much_is_refused() {
        assert!(is_whole(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
        assert!(is_whole(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab").is_err());
    }

    #[test]
    fn a_request_says_how_long_it_is() {
        let bytes = request(80, "/bare", "{}");
        assert!(
            String::from_utf8(bytes)
                .unwrap()
                .ends_with("Content-Length: 2\r\n\r\n{}")
        );
    }
}
