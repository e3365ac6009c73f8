//! What the program says to its user.

use std::io::Write as _;

/// Says a line on stdout. Nobody may be there to hear it (a closed pipe), and that is no reason to
/// stop serving.
pub(crate) fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").ok();
}

/// Says on stderr what went wrong.
pub(crate) fn complain(error: &anyhow::Error) {
    writeln!(std::io::stderr(), "agent-tracer: {error:#}").ok();
}

/// A number of things, as a person says it.
pub(crate) fn counted(count: i64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_one() {
        assert_eq!(counted(1, "event"), "1 event");
        assert_eq!(counted(0, "event"), "0 events");
    }
}
