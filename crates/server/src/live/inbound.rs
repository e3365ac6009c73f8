//! What clients send: a decoder of masked WebSocket frames that holds at most one message and
//! believes nothing (RFC 6455, section 5).

use super::frame::CloseReason;

/// The largest message a client may send, and so the largest frame.
pub(super) const MESSAGE_BYTES_MAX: usize = 64 << 10;

const CONTROL_BYTES_MAX: usize = 125;

/// A whole message of a client.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Inbound {
    Text(String),
    Binary,
    Ping(Vec<u8>),
    Pong,
    Close,
}

const BROKEN: CloseReason = CloseReason::new(1002, "this is not the WebSocket protocol");
const UNMASKED: CloseReason = CloseReason::new(1002, "frames of a client must be masked");
const NOT_TEXT: CloseReason = CloseReason::new(1007, "a text must be UTF-8");
const TOO_LARGE: CloseReason = CloseReason::new(1009, "a frame may hold 64 KiB at most");

/// Turns bytes, however they are cut, into messages.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    bytes: Vec<u8>,
    /// A message that came in several frames, as far as it is here, and whether it is text.
    begun: Option<(bool, Vec<u8>)>,
}

/// The head of a frame.
struct Head {
    is_final: bool,
    opcode: u8,
    mask: [u8; 4],
    /// Where the payload begins and ends.
    begin: usize,
    end: usize,
}

impl Decoder {
    /// Takes what was read from the socket.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The next whole message; `None` until more bytes come. An error is for ever.
    pub(super) fn next(&mut self) -> Result<Option<Inbound>, CloseReason> {
        loop {
            let Some(head) = self.head()? else {
                return Ok(None);
            };
            let Some(payload) = self.bytes.get(head.begin..head.end) else {
                return Ok(None);
            };
            let masked = payload.iter().zip(head.mask.iter().cycle());
            let payload: Vec<u8> = masked.map(|(byte, mask)| byte ^ mask).collect();
            self.bytes.drain(..head.end);
            if self.bytes.is_empty() {
                // An idle connection holds nothing.
                self.bytes = Vec::new();
            }
            if let Some(message) = self.take(&head, payload)? {
                return Ok(Some(message));
            }
        }
    }

    /// Checks the head as soon as it is here, before its payload is.
    fn head(&self) -> Result<Option<Head>, CloseReason> {
        let &[first, second, ref rest @ ..] = self.bytes.as_slice() else {
            return Ok(None);
        };
        let (opcode, short) = (first & 0x0F, second & 0x7F);
        if first & 0x70 != 0 || !matches!(opcode, 0..=2 | 8..=10) {
            return Err(BROKEN);
        }
        if second & 0x80 == 0 {
            return Err(UNMASKED);
        }
        let is_final = first & 0x80 != 0;
        if opcode >= 8 && (!is_final || usize::from(short) > CONTROL_BYTES_MAX) {
            return Err(BROKEN);
        }
        let (length, mask_at) = match short {
            126 => match rest.first_chunk() {
                Some(bytes) => (u64::from(u16::from_be_bytes(*bytes)), 4),
                None => return Ok(None),
            },
            127 => match rest.first_chunk() {
                Some(bytes) => (u64::from_be_bytes(*bytes), 10),
                None => return Ok(None),
            },
            short => (u64::from(short), 2),
        };
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let before = self.begun.as_ref().map_or(0, |(_, begun)| begun.len());
        let more = if opcode >= 8 { 0 } else { before };
        if length > MESSAGE_BYTES_MAX.saturating_sub(more) {
            return Err(TOO_LARGE);
        }
        let mask = self.bytes.get(mask_at..).and_then(<[u8]>::first_chunk);
        Ok(mask.map(|mask| Head {
            is_final,
            opcode,
            mask: *mask,
            begin: mask_at + 4,
            end: mask_at + 4 + length,
        }))
    }

    fn take(&mut self, head: &Head, payload: Vec<u8>) -> Result<Option<Inbound>, CloseReason> {
        match head.opcode {
            8 => closing(&payload).map(Some),
            9 => Ok(Some(Inbound::Ping(payload))),
            10 => Ok(Some(Inbound::Pong)),
            0 => {
                let (is_text, mut whole) = self.begun.take().ok_or(BROKEN)?;
                whole.extend_from_slice(&payload);
                self.end(head, is_text, whole)
            }
            _ if self.begun.is_some() => Err(BROKEN),
            opcode => self.end(head, opcode == 1, payload),
        }
    }

    /// A whole message, or one that goes on in the next frame.
    fn end(
        &mut self,
        head: &Head,
        is_text: bool,
        payload: Vec<u8>,
    ) -> Result<Option<Inbound>, CloseReason> {
        if head.is_final {
            return message(is_text, payload).map(Some);
        }
        self.begun = Some((is_text, payload));
        Ok(None)
    }
}

fn message(is_text: bool, payload: Vec<u8>) -> Result<Inbound, CloseReason> {
    if !is_text {
        return Ok(Inbound::Binary);
    }
    match String::from_utf8(payload) {
        Ok(text) => Ok(Inbound::Text(text)),
        Err(_) => Err(NOT_TEXT),
    }
}

/// A goodbye holds nothing, or a code and a text.
fn closing(payload: &[u8]) -> Result<Inbound, CloseReason> {
    match payload {
        [_] => Err(BROKEN),
        [_, _, text @ ..] if std::str::from_utf8(text).is_err() => Err(NOT_TEXT),
        _ => Ok(Inbound::Close),
    }
}

#[cfg(test)]
#[path = "tests/inbound.rs"]
mod tests;
