//! What is kept of one connection: a cursor, what is owed to it, and at most one partly written
//! segment.

use std::collections::VecDeque;
use std::io::{self, IoSlice, Write};
use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

use bytes::{Buf as _, Bytes};

use super::client::{Client, Plain};
use super::frame::CloseReason;
use super::inbound::Decoder;
use super::ring::{Ring, Segment};

/// How many slices one write takes.
const SLICES_MAX: usize = 64;

/// One client.
#[derive(Debug)]
pub(super) struct Connection {
    pub client: Client,
    /// The segment of its ring that comes next.
    pub position: u64,
    partial: Option<Partial>,
    /// What is written before anything further of the ring.
    pub owed: VecDeque<Bytes>,
    /// The first of these is partly written.
    is_first_begun: bool,
    pub decoder: Decoder,
    /// When it last took something, or had nothing to take.
    pub moved_at: Instant,
    pub heard_at: Instant,
    pub pinged_at: Instant,
    /// It is to be closed once what is owed is written.
    pub closing: Option<Instant>,
    /// It stands in the list of those to be written to.
    pub listed: bool,
}

/// What is left of a segment.
#[derive(Debug)]
struct Partial {
    segment: Arc<Segment>,
    slices: VecDeque<Range<usize>>,
}

/// How writing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// Everything that is there for it now.
    All,
    /// The socket takes no more for now.
    Blocked,
    /// What comes next in the ring is dropped.
    Behind,
}

impl Connection {
    pub(super) fn new(client: Client, position: u64, now: Instant) -> Self {
        Self {
            client,
            position,
            partial: None,
            owed: VecDeque::new(),
            is_first_begun: false,
            decoder: Decoder::default(),
            moved_at: now,
            heard_at: now,
            pinged_at: now,
            closing: None,
            listed: false,
        }
    }

    /// Closes it once what is begun is written, because a goodbye in the middle of a frame would be
    /// none. The rest of what is owed is let go of.
    pub(super) fn close(&mut self, reason: CloseReason, now: Instant) {
        if self.closing.is_none() {
            self.owed.truncate(usize::from(self.is_first_begun));
            self.owed.push_back(super::frame::close(reason));
            self.closing = Some(now);
        }
    }

    /// Whether bytes wait for it that were begun to be written.
    pub(super) fn is_waiting(&self) -> bool {
        self.partial.is_some() || !self.owed.is_empty()
    }

    /// Whether more of what it sends is to be read: not while answers are owed to it.
    pub(super) fn is_listened_to(&self) -> bool {
        let reading = match &self.client {
            Client::Plain(_) => false,
            Client::Following(following) => following.reading.is_some(),
        };
        !reading && !self.is_waiting() && self.closing.is_none()
    }

    /// Writes what is begun, then what is owed, then what is new in the ring.
    pub(super) fn write(
        &mut self,
        ring: &Ring,
        socket: &mut impl Write,
        scratch: &mut Vec<Range<usize>>,
        now: Instant,
    ) -> io::Result<Written> {
        loop {
            if let Some(partial) = &mut self.partial {
                if !partial.write(socket, &mut self.moved_at, now)? {
                    return Ok(Written::Blocked);
                }
                self.partial = None;
            }
            while let Some(bytes) = self.owed.front_mut() {
                let Some(count) = attempt(|| socket.write(bytes))? else {
                    return Ok(Written::Blocked);
                };
                self.moved_at = now;
                bytes.advance(count);
                self.is_first_begun = !bytes.is_empty();
                if bytes.is_empty() {
                    self.owed.pop_front();
                }
            }
            if self.owed.capacity() > 0 {
                // An idle connection holds nothing.
                self.owed = VecDeque::new();
            }
            if self.closing.is_some() || self.wants_snapshot() {
                return Ok(Written::All);
            }
            let segment = match ring.at(self.position) {
                Ok(Some(segment)) => segment,
                Ok(None) => {
                    self.moved_at = now;
                    return Ok(Written::All);
                }
                Err(_) => return Ok(Written::Behind),
            };
            self.position += 1;
            scratch.clear();
            self.client.choose(segment, scratch);
            if !scratch.is_empty() {
                self.begin(segment, scratch, socket, now)?;
            }
        }
    }

    /// Writes what a segment has for it; what the socket does not take at once is kept.
    fn begin(
        &mut self,
        segment: &Arc<Segment>,
        chosen: &[Range<usize>],
        socket: &mut impl Write,
        now: Instant,
    ) -> io::Result<()> {
        let slices = &chosen[..chosen.len().min(SLICES_MAX)];
        let mut count = attempt(|| write_slices(socket, &segment.bytes, slices))?.unwrap_or(0);
        if count > 0 {
            self.moved_at = now;
        }
        let mut rest = chosen.iter();
        let mut slices = VecDeque::new();
        for slice in rest.by_ref() {
            if count < slice.len() {
                slices.push_back(slice.start + count..slice.end);
                break;
            }
            count -= slice.len();
        }
        slices.extend(rest.cloned());
        if !slices.is_empty() {
            let segment = Arc::clone(segment);
            self.partial = Some(Partial { segment, slices });
        }
        Ok(())
    }

    fn wants_snapshot(&self) -> bool {
        matches!(self.client, Client::Plain(Plain::Wanting { .. }))
    }
}

impl Partial {
    /// Writes on; says whether all of it is written.
    fn write(
        &mut self,
        socket: &mut impl Write,
        moved_at: &mut Instant,
        now: Instant,
    ) -> io::Result<bool> {
        while let Some(slice) = self.slices.front_mut() {
            let Some(count) = attempt(|| socket.write(&self.segment.bytes[slice.clone()]))? else {
                return Ok(false);
            };
            *moved_at = now;
            slice.start += count;
            if slice.start == slice.end {
                self.slices.pop_front();
            }
        }
        Ok(true)
    }
}

fn write_slices(
    socket: &mut impl Write,
    bytes: &[u8],
    slices: &[Range<usize>],
) -> io::Result<usize> {
    if let [slice] = slices {
        return socket.write(&bytes[slice.clone()]);
    }
    let mut parts = [IoSlice::new(&[]); SLICES_MAX];
    for (part, slice) in parts.iter_mut().zip(slices) {
        *part = IoSlice::new(&bytes[slice.clone()]);
    }
    socket.write_vectored(&parts[..slices.len()])
}

/// How many bytes were taken; `None` if the socket takes none now.
fn attempt(mut write: impl FnMut() -> io::Result<usize>) -> io::Result<Option<usize>> {
    loop {
        match write() {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => return Ok(Some(count)),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
