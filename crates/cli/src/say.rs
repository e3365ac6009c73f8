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
