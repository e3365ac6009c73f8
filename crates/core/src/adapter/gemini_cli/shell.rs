//! What the model is told of a shell command: `Output: …`, then a line each for how it ended.

/// What Gemini CLI puts around a text that it did not write itself.
const WRAPPER: (&str, &str) = ("<untrusted_context>", "</untrusted_context>");

/// What the lines after the output begin with.
const FACTS: &[&str] = &[
    "Error: ",
    "Exit Code: ",
    "Signal: ",
    "Background PIDs: ",
    "Process Group PGID: ",
];

const NOTHING: &str = "(empty)";

/// A text without what is put around it.
pub(super) fn unwrapped(content: &str) -> &str {
    let inside = content.trim().strip_prefix(WRAPPER.0);
    let inside = inside.and_then(|text| text.strip_suffix(WRAPPER.1));
    inside.map_or(content, str::trim)
}

/// The exit code, if it is told: only when it is not 0.
pub(super) fn exit_code(content: &str) -> Option<i64> {
    let mut facts = content.lines().rev().take_while(|line| is_fact(line));
    facts.find_map(|fact| fact.strip_prefix("Exit Code: ")?.trim().parse().ok())
}

/// What the command wrote.
pub(super) fn written(content: &str) -> &str {
    let facts = content.lines().rev().take_while(|line| is_fact(line));
    let first = facts.last().and_then(|fact| offset(content, fact));
    let head = first.map_or(content, |first| &content[..first]);
    let written = head.strip_prefix("Output: ").unwrap_or(head).trim_end();
    if written == NOTHING { "" } else { written }
}

/// Facts stand at the end, so that a line of the output that looks like one does not count.
fn is_fact(line: &str) -> bool {
    FACTS.iter().any(|fact| line.starts_with(fact))
}

/// Where a line of a text begins in it.
fn offset(text: &str, line: &str) -> Option<usize> {
    (line.as_ptr() as usize).checked_sub(text.as_ptr() as usize)
}

#[cfg(test)]
mod tests {
    use super::{exit_code, unwrapped, written};

    #[test]
    fn facts_stand_after_the_output() {
        let told =
            "Output: one\nExit Code: 9\nExit code: 8\nlast\nExit Code: 3\nProcess Group PGID: 4";
        assert_eq!(exit_code(told), Some(3));
        assert_eq!(written(told), "one\nExit Code: 9\nExit code: 8\nlast");
        assert_eq!(exit_code("Output: Exit Code: 3\nlast"), None);
        assert_eq!(written("Output: (empty)\nProcess Group PGID: 4"), "");
        assert_eq!(written("else"), "else");
    }

    #[test]
    fn a_wrapper_is_taken_off_whole() {
        assert_eq!(
            unwrapped("<untrusted_context>\na\n</untrusted_context>"),
            "a"
        );
        assert_eq!(
            unwrapped("<untrusted_context>\na"),
            "<untrusted_context>\na"
        );
    }
}
