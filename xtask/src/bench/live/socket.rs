//! One client of a live stream: the handshake by hand, then whatever comes.

use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use super::frames::{Kind, Parser};

/// How long a frame that must come may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// Connects and shakes hands. What came behind the answer is given along.
///
/// The bench reads no more than a take, which is shorter than the silence that a server allows: so
/// nobody here answers pings.
pub(super) async fn connect(
    port: u16,
    path: &str,
    receive_buffer: Option<u32>,
) -> anyhow::Result<(TcpStream, Vec<u8>)> {
    let socket = TcpSocket::new_v4()?;
    if let Some(bytes) = receive_buffer {
        socket.set_recv_buffer_size(bytes)?;
    }
    let mut stream = socket.connect(([127, 0, 0, 1], port).into()).await?;
    stream.set_nodelay(true)?;
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n\
         Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    loop {
        if let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") {
            ensure!(
                answer.starts_with(b"HTTP/1.1 101"),
                "{path}: {}",
                String::from_utf8_lossy(&answer)
            );
            return Ok((stream, answer.split_off(end + 4)));
        }
        let read = timeout(PATIENCE, stream.read_buf(&mut answer)).await??;
        ensure!(read > 0, "{path}: the server hung up instead of an answer");
    }
}

/// A text frame that was heard.
pub(super) struct Heard {
    pub(super) kind: Kind,
    pub(super) payload: Vec<u8>,
    pub(super) bytes: u64,
}

impl Heard {
    /// Its beginning, for a person.
    fn head(&self) -> String {
        let text = String::from_utf8_lossy(&self.payload);
        text.chars().take(200).collect()
    }
}

/// A client that looks at what it hears.
pub(super) struct Socket {
    stream: TcpStream,
    parser: Parser,
    heard: std::collections::VecDeque<Heard>,
    buffer: Vec<u8>,
}

impl Socket {
    /// Keeps whole payloads.
    pub(super) async fn open(port: u16, path: &str) -> anyhow::Result<Self> {
        Self::with(port, path, Parser::of_payloads()).await
    }

    /// Keeps only what tells a frame's kind.
    pub(super) async fn counting(port: u16, path: &str) -> anyhow::Result<Self> {
        Self::with(port, path, Parser::of_heads()).await
    }

    async fn with(port: u16, path: &str, parser: Parser) -> anyhow::Result<Self> {
        let (stream, rest) = connect(port, path, None).await?;
        let mut socket = Self {
            stream,
            parser,
            heard: std::collections::VecDeque::new(),
            buffer: vec![0; 64 << 10],
        };
        socket.take(&rest);
        Ok(socket)
    }

    fn take(&mut self, read: &[u8]) {
        self.parser.take(read, |frame| {
            if frame.kind != Kind::Control {
                self.heard.push_back(Heard {
                    kind: frame.kind,
                    payload: frame.payload.to_vec(),
                    bytes: frame.bytes,
                });
            }
        });
    }

    /// Waits for the next text frame.
    pub(super) async fn next(&mut self) -> anyhow::Result<Heard> {
        loop {
            if let Some(heard) = self.heard.pop_front() {
                return Ok(heard);
            }
            let read = timeout(PATIENCE, self.stream.read(&mut self.buffer))
                .await
                .context("no frame came in time")??;
            ensure!(read > 0, "the server hung up");
            let read = self.buffer[..read].to_vec();
            self.take(&read);
        }
    }

    /// The next text frame, if one comes within a time.
    pub(super) async fn within(&mut self, wait: Duration) -> anyhow::Result<Option<Heard>> {
        match timeout(wait, self.next()).await {
            Ok(heard) => heard.map(Some),
            Err(_elapsed) => Ok(None),
        }
    }

    /// Waits for so many greetings.
    pub(super) async fn greeted(&mut self, count: u64) -> anyhow::Result<()> {
        let mut greetings = 0;
        while greetings < count {
            let heard = self.next().await?;
            match heard.kind {
                Kind::Greeting => greetings += 1,
                Kind::Trouble => bail!("instead of a greeting came {}", heard.head()),
                Kind::Change | Kind::Now | Kind::Control => {}
            }
        }
        Ok(())
    }

    /// Waits for so many changes, and returns the bytes of all that came until the last.
    pub(super) async fn changes(&mut self, count: u64) -> anyhow::Result<u64> {
        let (mut changes, mut bytes) = (0, 0);
        while changes < count {
            let heard = self.next().await?;
            bytes += heard.bytes;
            match heard.kind {
                Kind::Change => changes += 1,
                Kind::Greeting | Kind::Trouble => {
                    bail!("a client that reads fell behind: {}", heard.head())
                }
                Kind::Now | Kind::Control => {}
            }
        }
        Ok(bytes)
    }
}
