//! The least that telling everybody can cost: one write of ready bytes a client and flush.
//!
//! No queue, no framework, no second thread between the order and the writes. It keeps nothing for
//! a client that does not take what it is sent: that one is dropped, and the bench says so.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::frames::encode;

/// What is to be written to every client.
#[derive(Deserialize, PartialEq, Serialize)]
pub(super) struct Flush {
    pub(super) frames: usize,
    /// Of all frames together, with their headers.
    bytes: usize,
}

impl Flush {
    /// The nearest to what was heard of another server.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "means of counts"
    )]
    pub(super) fn of(messages: f64, bytes: f64) -> Self {
        Self {
            frames: messages.round() as usize,
            bytes: bytes.round() as usize,
        }
    }
}

type Clients = Arc<Mutex<Vec<TcpStream>>>;

/// Serves until it is killed; the first line of its output holds the address.
pub(crate) fn serve() -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    let clients = Clients::default();
    for stream in listener.incoming() {
        let clients = Arc::clone(&clients);
        let mut reader = BufReader::new(stream?);
        let (line, length) = head(&mut reader)?;
        if line.starts_with("GET /ws") {
            join(reader.into_inner(), &clients)?;
        } else {
            // Who gives the orders keeps one connection, and its thread makes all the writes.
            std::thread::spawn(move || obey(reader, length, &clients));
        }
    }
    Ok(())
}

fn join(mut client: TcpStream, clients: &Clients) -> anyhow::Result<()> {
    // The bench's clients do not look at the key that a browser would want to see.
    client.write_all(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    )?;
    client.set_nodelay(true)?;
    client.set_nonblocking(true)?;
    clients
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(client);
    Ok(())
}

fn obey(mut orders: BufReader<TcpStream>, length: usize, clients: &Clients) -> anyhow::Result<()> {
    let mut length = length;
    let mut ready = (
        Flush {
            frames: 0,
            bytes: 0,
        },
        Vec::new(),
    );
    loop {
        let mut body = vec![0; length];
        orders.read_exact(&mut body)?;
        let flush: Flush = serde_json::from_slice(&body)?;
        if flush != ready.0 {
            ready.1 = frames(&flush);
            ready.0 = flush;
        }
        let whole = |mut client: &TcpStream| {
            client
                .write(&ready.1)
                .is_ok_and(|written| written == ready.1.len())
        };
        clients
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(whole);
        orders
            .get_mut()
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")?;
        length = head(&mut orders)?.1;
    }
}

/// The first line of a request and the length of its body.
fn head(reader: &mut BufReader<TcpStream>) -> anyhow::Result<(String, usize)> {
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.split_once(':') else {
            return Ok((first, length));
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().context("no length")?;
        }
    }
}

/// So many frames, of so many bytes together as near as whole frames of a size come.
fn frames(flush: &Flush) -> Vec<u8> {
    let frames = flush.frames.max(1);
    let one = flush.bytes / frames;
    let header = if one < 128 { 2 } else { 4 };
    encode(&vec![b'x'; one.saturating_sub(header)]).repeat(frames)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flush_has_the_bytes_that_were_asked_for() {
        for (frames, bytes) in [(1, 500), (2, 3000), (16, 16 * 700)] {
            assert_eq!(self::frames(&Flush { frames, bytes }).len(), bytes);
        }
    }
}
