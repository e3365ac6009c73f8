//! How a change is shown and agreed to.

use std::io::{self, BufRead, IsTerminal as _, Write};

use super::Change;

/// The lines that change, in colour where a person reads them.
pub(super) fn diff(change: &Change) -> String {
    let colour =
        io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
    let text = change.diff();
    if colour { coloured(&text) } else { text }
}

fn coloured(diff: &str) -> String {
    let line = |line: &str| {
        let colour = match line.as_bytes().first() {
            Some(b'+') => "32",
            Some(b'-') => "31",
            Some(b'@') => "36",
            _ => return format!("{line}\n"),
        };
        format!("\u{1b}[{colour}m{line}\u{1b}[0m\n")
    };
    diff.lines().map(line).collect()
}

/// Asks until there is an answer; the end of the input is a no.
pub(super) fn ask(input: &mut impl BufRead, output: &mut impl Write) -> io::Result<bool> {
    loop {
        write!(output, "Write this? [y/N] ")?;
        output.flush()?;
        let mut line = String::new();
        input.read_line(&mut line)?;
        match line.trim().to_lowercase().as_str() {
            "y" | "yes" => return Ok(true),
            "" | "n" | "no" => return Ok(false),
            _ => writeln!(output, "Answer y or n.")?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_yes_is_a_yes() {
        let check = |typed: &str, expected, asked| {
            let mut said = Vec::new();
            assert_eq!(
                ask(&mut typed.as_bytes(), &mut said).unwrap(),
                expected,
                "{typed:?}"
            );
            let said = String::from_utf8(said).unwrap();
            assert_eq!(said.matches("[y/N]").count(), asked, "{typed:?}");
        };
        check("y\n", true, 1);
        check(" YES \n", true, 1);
        check("what?\ny\n", true, 2);
        for no in ["", "\n", "n\n", "No\n"] {
            check(no, false, 1);
        }
    }

    #[test]
    fn lines_that_come_and_go_have_colours() {
        let shown = coloured("@@ -1 +1 @@\n-a\n+b\n c\n");
        let expected =
            "\u{1b}[36m@@ -1 +1 @@\u{1b}[0m\n\u{1b}[31m-a\u{1b}[0m\n\u{1b}[32m+b\u{1b}[0m\n c\n";
        assert_eq!(shown, expected);
    }
}
