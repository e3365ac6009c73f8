//! Sockets that take as much as they like, and the WebSocket frames on them as a client sees them.

use std::collections::VecDeque;
use std::io::{self, Write};

use super::chance::Chance;

/// What the server writes into, and a client's way back.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a socket can be each of these at once"
)]
pub(super) struct Wire {
    /// Written and not read yet.
    down: VecDeque<u8>,
    capacity: usize,
    /// It takes nothing at all.
    pub stalled: bool,
    /// It takes less than it could.
    chops: bool,
    chance: Chance,
    /// The server found no room, and tries again only when the client has read.
    pub blocked: bool,
    /// Sent by the client and not read by the server yet.
    pub up: VecDeque<u8>,
    /// The server is done with it.
    pub ended: bool,
}

impl Wire {
    pub(super) fn new(capacity: usize, chops: bool, chance: Chance) -> Self {
        Self {
            down: VecDeque::new(),
            capacity,
            stalled: false,
            chops,
            chance,
            blocked: false,
            up: VecDeque::new(),
            ended: false,
        }
    }

    /// Takes up to so many bytes as the client.
    pub(super) fn read(&mut self, bytes_max: usize) -> Vec<u8> {
        let count = bytes_max.min(self.down.len());
        self.blocked &= count == 0;
        self.down.drain(..count).collect()
    }

    pub(super) fn is_drained(&self) -> bool {
        self.down.is_empty()
    }

    /// Takes some of what the client sent.
    pub(super) fn take_up(&mut self) -> Vec<u8> {
        let count = 1 + self.chance.below(self.up.len());
        self.up.drain(..count).collect()
    }

    /// Sends a text as the client.
    pub(super) fn send(&mut self, text: &str) {
        self.up.extend(masked(0x81, text.as_bytes()));
    }

    /// Answers a ping.
    pub(super) fn pong(&mut self, payload: &[u8]) {
        self.up.extend(masked(0x8A, payload));
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.capacity.saturating_sub(self.down.len());
        if self.stalled || room == 0 {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let mut count = room.min(bytes.len());
        if self.chops {
            count = 1 + self.chance.below(count);
        }
        self.down.extend(&bytes[..count]);
        Ok(count)
    }

    fn write_vectored(&mut self, slices: &[io::IoSlice<'_>]) -> io::Result<usize> {
        let bytes: Vec<u8> = slices.iter().flat_map(|slice| slice.to_vec()).collect();
        self.write(&bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A frame as a client sends it.
pub(super) fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
    let mask = [3, 5, 7, 9];
    let mut bytes = vec![first];
    let length = u16::try_from(payload.len()).unwrap();
    if let Ok(short @ 0..=125) = u8::try_from(length) {
        bytes.push(0x80 | short);
    } else {
        bytes.push(0xFE);
        bytes.extend(length.to_be_bytes());
    }
    bytes.extend(mask);
    let masked = payload.iter().zip(mask.iter().cycle());
    bytes.extend(masked.map(|(byte, mask)| byte ^ mask));
    bytes
}

/// What a client finds on its socket.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Got {
    Text(String),
    Ping(Vec<u8>),
    Pong(Vec<u8>),
    Close(u16),
}

/// Turns bytes into whole frames.
#[derive(Debug, Default)]
pub(super) struct Parser(VecDeque<u8>);

impl Parser {
    pub(super) fn feed(&mut self, bytes: Vec<u8>) {
        self.0.extend(bytes);
    }

    pub(super) fn next(&mut self) -> Option<Got> {
        let bytes = self.0.make_contiguous();
        let &[first, short, ref rest @ ..] = &*bytes else {
            return None;
        };
        assert_eq!(short & 0x80, 0, "a server does not mask");
        let (length, begin) = match short {
            126 => (usize::from(u16::from_be_bytes(*rest.first_chunk()?)), 4),
            127 => {
                let length = u64::from_be_bytes(*rest.first_chunk()?);
                (usize::try_from(length).unwrap(), 10)
            }
            short => (usize::from(short), 2),
        };
        let payload = bytes.get(begin..begin + length)?.to_vec();
        self.0.drain(..begin + length);
        Some(match first {
            0x81 => Got::Text(String::from_utf8(payload).expect("UTF-8")),
            0x88 => Got::Close(u16::from_be_bytes(*payload.first_chunk().unwrap())),
            0x89 => Got::Ping(payload),
            0x8A => Got::Pong(payload),
            other => panic!("a frame that begins with {other:#x}"),
        })
    }
}
