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
    /// Every client gets its part of the first before anybody gets one of the second.
    writes: usize,
}

impl Flush {
    /// The nearest to what was heard of another server.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "means of counts"
    )]
    pub(super) fn of(messages: f64, bytes: f64, writes: f64) -> Self {
        Self {
            frames: messages.round().max(1.0) as usize,
            bytes: bytes.round() as usize,
            writes: writes.round().max(1.0) as usize,
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
    let mut ready = (None, Vec::new());
    loop {
        let mut body = vec![0; length];
        orders.read_exact(&mut body)?;
        let flush: Flush = serde_json::from_slice(&body)?;
        if ready.0.as_ref() != Some(&flush) {
            ready.1 = writes(&flush);
            ready.0 = Some(flush);
        }
        let mut clients = clients.lock().unwrap_or_else(PoisonError::into_inner);
        for bytes in &ready.1 {
            clients.retain(|mut client| {
                client
                    .write(bytes)
                    .is_ok_and(|written| written == bytes.len())
            });
        }
        drop(clients);
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

/// The frames of a flush, of as many bytes as whole frames of one size come near to, by writes.
fn writes(flush: &Flush) -> Vec<Vec<u8>> {
    let one = flush.bytes / flush.frames;
    let header = if one < 128 { 2 } else { 4 };
    let frame = encode(&vec![b'x'; one.saturating_sub(header)]);
    let until = |write: usize| flush.frames * write / flush.writes;
    (0..flush.writes)
        .map(|write| frame.repeat(until(write + 1) - until(write)))
        .filter(|bytes| !bytes.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flush_has_the_bytes_that_were_asked_for() {
        let lengths = |frames: u32, bytes: u32, writes: u32| {
            let flush = Flush::of(f64::from(frames), f64::from(bytes), f64::from(writes));
            let writes = self::writes(&flush);
            writes.iter().map(Vec::len).collect::<Vec<_>>()
        };
        assert_eq!(lengths(1, 500, 1), [500]);
        assert_eq!(lengths(2, 3000, 1), [3000]);
        assert_eq!(lengths(16, 16 * 700, 3), [3500, 3500, 4200]);
        assert_eq!(lengths(1, 100, 2), [100]);
    }
}
