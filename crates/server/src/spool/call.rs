//! A call as a file: a line with everything but its payload, and then the payload.

use std::io;

use serde::{Deserialize, Serialize};

use crate::envelope::Envelope;

#[derive(Serialize, Deserialize)]
struct Head {
    #[serde(flatten)]
    envelope: Envelope,
    /// How long the payload is: after a power cut it may be shorter.
    bytes: usize,
}

pub(super) fn content(envelope: &Envelope, payload: &[u8]) -> io::Result<Vec<u8>> {
    let head = Head {
        envelope: envelope.clone(),
        bytes: payload.len(),
    };
    let mut content = serde_json::to_vec(&head)?;
    content.push(b'\n');
    content.extend_from_slice(payload);
    Ok(content)
}

/// # Errors
/// `InvalidData` when it is not whole.
pub(super) fn parse(mut content: Vec<u8>) -> io::Result<(Envelope, Vec<u8>)> {
    let end = content.iter().position(|byte| *byte == b'\n');
    let end = end.ok_or(io::ErrorKind::InvalidData)?;
    let head = serde_json::from_slice(content.get(..end).unwrap_or_default());
    let head: Head = head.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    content.drain(..=end);
    if content.len() != head.bytes {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok((head.envelope, content))
}

#[cfg(test)]
mod tests {
    use super::{content, parse};
    use crate::envelope::Envelope;

    #[test]
    fn a_call_is_read_as_it_was_written_and_never_by_half() {
        let envelope = Envelope::now("codex", Some("Stop"));
        let written = content(&envelope, b"{\"text\":\"a\nb\"}").unwrap();
        let read = parse(written.clone()).unwrap();
        assert_eq!(read, (envelope, b"{\"text\":\"a\nb\"}".to_vec()));
        for length in 0..written.len() {
            assert!(parse(written[..length].to_vec()).is_err(), "{length}");
        }
        assert!(parse(vec![0; written.len()]).is_err());
    }
}
