use serde_json::Value;

/// Reads the JSON of an agent, which may hold what JSON texts should not: halves of a character
/// (text that was cut in the middle of an emoji, as `JSON.stringify` writes it) and bytes that are
/// no UTF-8. Each becomes `U+FFFD`; the rest of the event is worth keeping.
pub(crate) fn read(bytes: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice(bytes).or_else(|error| {
        let text = String::from_utf8_lossy(bytes);
        let mended = mend(&text);
        // What is wrong in any other way is told of the payload as it came.
        serde_json::from_str(&mended).map_err(|_still_wrong| error)
    })
}

/// Replaces the escapes of half characters.
fn mend(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        mended.push_str(before);
        let (written, length) = match (unit(escape), unit(escape.get(6..).unwrap_or_default())) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (escape.get(..12), 12),
            (Some(0xd800..=0xdfff), _) => (Some("\\ufffd"), 6),
            (Some(_), _) => (escape.get(..6), 6),
            (None, _) => (escape.get(..2), 2),
        };
        mended.push_str(written.unwrap_or(escape));
        rest = escape.get(length..).unwrap_or_default();
    }
    mended.push_str(rest);
    mended
}

/// The UTF-16 unit that an escape at the beginning of `text` stands for.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    fn check(payload: &[u8], expected: &str) {
        assert_eq!(read(payload).unwrap(), json!({ "text": expected }));
    }

    #[test]
    fn half_characters_become_replacement_characters() {
        check(br#"{"text":"cut \ud83d"}"#, "cut \u{fffd}");
        check(
            br#"{"text":"\ude00 \ud83d\ude00 \ud83dx"}"#,
            "\u{fffd} 😀 \u{fffd}x",
        );
        check(
            br#"{"text":"\\ud83d \" \u00e9 \ud83d\n"}"#,
            "\\ud83d \" é \u{fffd}\n",
        );
        check(b"{\"text\":\"\xff \xc3\"}", "\u{fffd} \u{fffd}");
    }

    #[test]
    fn what_is_no_json_stays_none() {
        for broken in [
            "",
            "{",
            r#"{"text":"\ud83d"#,
            r#"{"text":"\"#,
            r#"{"text":"\ud8"#,
            "\\",
        ] {
            assert!(read(broken.as_bytes()).is_err(), "{broken}");
        }
    }
}
