//! The frames of a WebSocket as a client hears them, taken apart without a library: what is counted
//! here must not depend on what is measured.

/// What a frame is to the bench.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// What is told of a commit: the messages that are counted.
    Change,
    /// The first word of a connection or a subscription.
    Greeting,
    /// Told now and then, not once a commit.
    Now,
    /// The client fell behind, was refused, or its topic ended.
    Trouble,
    /// Pings, pongs and goodbyes.
    Control,
}

/// A whole frame; `payload` holds as much of it as the parser keeps.
pub(super) struct Frame<'a> {
    pub(super) kind: Kind,
    pub(super) payload: &'a [u8],
    /// With its header.
    pub(super) bytes: u64,
}

/// Takes a stream of unmasked frames apart, however it is cut.
pub(super) struct Parser {
    header: Vec<u8>,
    payload: Vec<u8>,
    left: u64,
    bytes: u64,
    /// As much of a payload is kept.
    keep: usize,
}

/// Enough of a payload to find its type, wherever the sender puts it.
const HEAD: usize = 200;

impl Parser {
    /// Keeps of each payload only what tells its kind.
    pub(super) fn of_heads() -> Self {
        Self::keeping(HEAD)
    }

    pub(super) fn of_payloads() -> Self {
        Self::keeping(usize::MAX)
    }

    fn keeping(keep: usize) -> Self {
        Self {
            header: Vec::with_capacity(10),
            payload: Vec::new(),
            left: 0,
            bytes: 0,
            keep,
        }
    }

    /// Takes what was read, and tells of each frame that it completes.
    pub(super) fn take(&mut self, mut read: &[u8], mut heard: impl FnMut(&Frame<'_>)) {
        loop {
            if self.bytes == 0 && !self.open(&mut read) {
                return;
            }
            let here = usize::try_from(self.left).map_or(read.len(), |left| left.min(read.len()));
            let kept = here.min(self.keep - self.payload.len());
            self.payload.extend_from_slice(&read[..kept]);
            read = &read[here..];
            self.left -= here as u64;
            if self.left > 0 {
                return;
            }
            heard(&Frame {
                kind: kind(self.header[0] & 0x0f, &self.payload),
                payload: &self.payload,
                bytes: self.bytes,
            });
            self.header.clear();
            self.payload.clear();
            self.bytes = 0;
        }
    }

    /// Reads a header; false while it is not all there.
    fn open(&mut self, read: &mut &[u8]) -> bool {
        while let Some((byte, rest)) = read.split_first() {
            self.header.push(*byte);
            *read = rest;
            if let Some(length) = length(&self.header) {
                self.left = length;
                self.bytes = length + self.header.len() as u64;
                return true;
            }
        }
        false
    }
}

/// The length of the payload, once the header is whole.
fn length(header: &[u8]) -> Option<u64> {
    let extended = match header.get(1)? & 0x7f {
        126 => header.get(2..4)?,
        127 => header.get(2..10)?,
        short => return Some(u64::from(short)),
    };
    let digits = extended.iter();
    Some(digits.fold(0, |length, byte| length << 8 | u64::from(*byte)))
}

fn kind(opcode: u8, payload: &[u8]) -> Kind {
    if opcode >= 8 {
        return Kind::Control;
    }
    match type_of(payload) {
        b"snapshot" | b"subscribed" => Kind::Greeting,
        b"figures" | b"progress" | b"pong" => Kind::Now,
        b"resync" | b"removed" | b"error" => Kind::Trouble,
        _ => Kind::Change,
    }
}

/// The word after the first `"type":`.
pub(super) fn type_of(payload: &[u8]) -> &[u8] {
    const LEAD: &[u8] = b"\"type\":\"";
    let found = payload.windows(LEAD.len()).position(|part| part == LEAD);
    let after = found.map_or(&[][..], |at| &payload[at + LEAD.len()..]);
    after.split(|byte| *byte == b'"').next().unwrap_or(after)
}

/// A frame of a server, for those who send.
pub(super) fn encode(payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x81];
    match payload.len() {
        length @ 0..126 => frame.push(u8::try_from(length).unwrap_or_default()),
        length @ 126..65_536 => {
            frame.push(126);
            frame.extend(u16::try_from(length).unwrap_or_default().to_be_bytes());
        }
        length => {
            frame.push(127);
            frame.extend((length as u64).to_be_bytes());
        }
    }
    frame.extend_from_slice(payload);
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(parser: &mut Parser, bytes: &[u8], cut: usize) -> Vec<(Kind, usize, u64)> {
        let mut frames = Vec::new();
        for part in bytes.chunks(cut) {
            parser.take(part, |frame| {
                frames.push((frame.kind, frame.payload.len(), frame.bytes));
            });
        }
        frames
    }

    #[test]
    fn frames_are_found_however_the_stream_is_cut() {
        let long = format!("{{\"type\":\"changes\",{}}}", "x".repeat(70_000));
        let mut bytes = encode(br#"{"type":"snapshot"}"#);
        bytes.extend(encode(&long.as_bytes()[..300]));
        bytes.extend(encode(long.as_bytes()));
        bytes.extend([0x89, 0]);
        for cut in [1, 2, 3, 7, 1000, bytes.len()] {
            assert_eq!(
                heard(&mut Parser::of_heads(), &bytes, cut),
                [
                    (Kind::Greeting, 19, 21),
                    (Kind::Change, HEAD, 304),
                    (Kind::Change, HEAD, long.len() as u64 + 10),
                    (Kind::Control, 0, 2),
                ],
                "cut at {cut}"
            );
        }
        assert_eq!(heard(&mut Parser::of_payloads(), &bytes, 9)[1].1, 300);
    }

    #[test]
    fn the_type_is_found_wherever_it_stands() {
        assert_eq!(type_of(br#"{"topic":"t","type":"figures"}"#), b"figures");
        assert_eq!(type_of(b"xxx"), b"");
        assert_eq!(kind(1, b"xxx"), Kind::Change);
    }
}
