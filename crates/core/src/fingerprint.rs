//! Short, stable names for texts.

/// A short, stable name for a text: FNV-1a, 64 bit, in hexadecimal.
///
/// Tells equal texts from different ones where both are ours or harmless; not for security.
pub fn fingerprint(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
