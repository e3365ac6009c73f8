//! How raw payloads are kept: hardly anybody looks at one, and each repeats the one before it.

use std::cell::RefCell;

use zstd::bulk::Compressor;

/// A third of the size at about the cost of reading the JSON; more saves little.
const LEVEL: i32 = 1;

thread_local! {
    /// Made once for each thread: making one costs more than most payloads.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = RefCell::new(Compressor::new(LEVEL).ok());
}

/// Compresses a payload. `None` if there is no memory for it: then it is not kept.
pub(crate) fn compressed(payload: &[u8]) -> Option<Vec<u8>> {
    COMPRESSOR.with_borrow_mut(|compressor| compressor.as_mut()?.compress(payload).ok())
}

/// The text of what was compressed, if it is whole.
pub(crate) fn decompressed(compressed: &[u8]) -> Option<String> {
    String::from_utf8(zstd::decode_all(compressed).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::{compressed, decompressed};

    #[test]
    fn what_was_compressed_comes_back() {
        for text in ["", "{}", &"{\"a\":\"\u{1f600}\"}".repeat(100_000)] {
            let small = compressed(text.as_bytes()).unwrap();
            assert_eq!(decompressed(&small).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_damaged_is_nothing() {
        let mut small = compressed(b"{\"a\": 1234567890}").unwrap();
        small.truncate(small.len() - 3);
        assert_eq!(decompressed(&small), None);
        assert_eq!(decompressed(b"{}"), None);
    }
}
