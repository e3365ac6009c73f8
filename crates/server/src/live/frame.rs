//! What the server writes on a socket: WebSocket frames, unmasked and whole, so that one encoded
//! frame serves everybody (RFC 6455, section 5).

use bytes::Bytes;
use serde::Serialize;

const FINAL: u8 = 0x80;
const TEXT: u8 = 0x1;
const CLOSE: u8 = 0x8;
const PING: u8 = 0x9;
const PONG: u8 = 0xA;

/// Up to here the length stands in the second byte.
const SHORT_MAX: usize = 125;
/// Says that the length follows in two bytes.
const TWO_BYTES: u8 = 126;
/// Says that the length follows in eight.
const EIGHT_BYTES: u8 = 127;

/// Why a connection is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CloseReason {
    /// The code of the close frame.
    pub code: u16,
    /// The same for a person.
    pub text: &'static str,
}

impl CloseReason {
    pub(super) const NORMAL: Self = Self::new(1000, "");
    pub(super) const AWAY: Self = Self::new(1001, "the server stops");
    pub(super) const FAILED: Self = Self::new(1011, "the state could not be read");
    pub(super) const STALLED: Self = Self::new(4408, "nothing was taken for 30 s");
    pub(super) const SILENT: Self = Self::new(4409, "no sign of life for 60 s");

    pub(super) const fn new(code: u16, text: &'static str) -> Self {
        Self { code, text }
    }
}

/// Adds a text frame to what will be written.
pub(super) fn push_text(out: &mut Vec<u8>, payload: &[u8]) {
    push(out, TEXT, payload);
}

/// A text frame of a value. `None` if it cannot be encoded, which the log then says.
pub(super) fn text_of(value: &impl Serialize) -> Option<Bytes> {
    let payload = json(value)?;
    let mut out = Vec::with_capacity(payload.len() + 10);
    push_text(&mut out, &payload);
    Some(out.into())
}

/// A value as JSON. `None` if it cannot be encoded, which the log then says.
pub(super) fn json(value: &impl Serialize) -> Option<Vec<u8>> {
    match serde_json::to_vec(value) {
        Ok(json) => Some(json),
        Err(error) => {
            tracing::error!(%error, "a frame could not be encoded");
            None
        }
    }
}

pub(super) fn close(reason: CloseReason) -> Bytes {
    let mut payload = reason.code.to_be_bytes().to_vec();
    payload.extend_from_slice(reason.text.as_bytes());
    control(CLOSE, &payload)
}

pub(super) fn ping() -> Bytes {
    Bytes::from_static(&[FINAL | PING, 0])
}

/// The answer to a ping, with its payload.
pub(super) fn pong(payload: &[u8]) -> Bytes {
    control(PONG, payload)
}

fn control(opcode: u8, payload: &[u8]) -> Bytes {
    let mut out = Vec::with_capacity(payload.len() + 2);
    push(&mut out, opcode, payload);
    out.into()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "each branch has checked that the length fits"
)]
fn push(out: &mut Vec<u8>, opcode: u8, payload: &[u8]) {
    out.push(FINAL | opcode);
    let length = payload.len();
    if length <= SHORT_MAX {
        out.push(length as u8);
    } else if u16::try_from(length).is_ok() {
        out.push(TWO_BYTES);
        out.extend_from_slice(&(length as u16).to_be_bytes());
    } else {
        out.push(EIGHT_BYTES);
        out.extend_from_slice(&(length as u64).to_be_bytes());
    }
    out.extend_from_slice(payload);
}

#[cfg(test)]
mod tests {
    use super::{CloseReason, close, push_text};

    fn head(length: usize) -> Vec<u8> {
        let mut out = Vec::new();
        push_text(&mut out, &vec![b'x'; length]);
        out.truncate(out.len() - length);
        out
    }

    #[test]
    fn lengths_take_the_shortest_form() {
        assert_eq!(head(0), [0x81, 0]);
        assert_eq!(head(125), [0x81, 125]);
        assert_eq!(head(126), [0x81, 126, 0, 126]);
        assert_eq!(head(65_535), [0x81, 126, 255, 255]);
        assert_eq!(head(65_536), [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]);
    }

    #[test]
    fn a_goodbye_says_its_code_and_reason() {
        let frame = close(CloseReason::new(1001, "x"));
        assert_eq!(frame, [0x88, 3, 0x03, 0xE9, b'x'].as_slice());
    }
}
