//! Every rule of the live protocol is named by a test, and tests name no rule that is not there.
//!
//! A test file names rules in a comment of its own line, several with commas between them.

use std::collections::BTreeSet;

/// Where the rules are.
pub(super) const PROTOCOL: &str = "spec/PROTOCOL.md";

/// What tests were seen to name, and what they named in vain.
pub(super) struct Promises {
    rules: Vec<String>,
    named: BTreeSet<String>,
    faults: Vec<String>,
}

impl Promises {
    /// The rules of the protocol, in its order.
    pub(super) fn of(protocol: &str) -> Self {
        Self {
            rules: protocol.lines().filter_map(rule).collect(),
            named: BTreeSet::new(),
            faults: Vec::new(),
        }
    }

    /// Looks through a file, if it is one of tests.
    pub(super) fn look(&mut self, path: &str, content: &str) {
        if !is_test(path, content) {
            return;
        }
        for (line, number) in content.lines().zip(1..) {
            for id in named(line) {
                if self.rules.contains(&id) {
                    self.named.insert(id);
                } else {
                    self.faults
                        .push(format!("{path}:{number}: {PROTOCOL} has no rule {id:?}"));
                }
            }
        }
    }

    /// The names in vain, and then every rule that nobody named.
    pub(super) fn faults(self) -> Vec<String> {
        let unnamed = self.rules.iter().filter(|id| !self.named.contains(*id));
        let unnamed = unnamed.map(|id| format!("{PROTOCOL}: no test names {id}"));
        let unnamed: Vec<String> = unnamed.collect();
        self.faults.into_iter().chain(unnamed).collect()
    }
}

/// The id of `- **N1** ...`.
fn rule(line: &str) -> Option<String> {
    let (id, _) = line.strip_prefix("- **")?.split_once("** ")?;
    let letter = id.starts_with(|first: char| first.is_ascii_uppercase());
    let number = id.get(1..)?;
    let digits = !number.is_empty() && number.chars().all(|digit| digit.is_ascii_digit());
    (letter && digits).then(|| id.to_owned())
}

/// The ids that a line names; none where it is no such comment.
fn named(line: &str) -> Vec<String> {
    let line = line.trim_start();
    let comment = ["//!", "///", "//", "*"]
        .iter()
        .find_map(|lead| line.strip_prefix(lead));
    let list = comment.and_then(|text| text.trim_start().strip_prefix("spec:"));
    let ids = list.into_iter().flat_map(|list| list.split(','));
    ids.map(|id| id.trim().to_owned()).collect()
}

fn is_test(path: &str, content: &str) -> bool {
    let in_folder = path.starts_with("e2e/tests/") || path.contains("/tests/");
    let mut extensions = path.rsplit('.');
    match extensions.next() {
        Some("rs") => in_folder || content.contains("#[cfg(test)]"),
        Some("ts" | "tsx" | "mjs") => in_folder || extensions.next() == Some("test"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = "# Rules\n- **N1** One.\n- **F12** Twelve.\n- **Note** none\n- N3 none\n";

    fn check(path: &str, content: &str, expected: &[&str]) {
        let mut promises = Promises::of(RULES);
        promises.look(path, content);
        assert_eq!(promises.faults(), expected, "{path}: {content}");
    }

    /// A comment that this file does not hold itself.
    fn names(ids: &str) -> String {
        format!("// {}: {ids}\n", "spec")
    }

    const NO_N1: &str = "spec/PROTOCOL.md: no test names N1";
    const NO_F12: &str = "spec/PROTOCOL.md: no test names F12";

    #[test]
    fn a_rule_that_no_test_names_is_a_fault() {
        check("crates/core/tests/a.rs", "", &[NO_N1, NO_F12]);
        check("crates/core/tests/a.rs", &names("F12"), &[NO_N1]);
        check("crates/core/tests/follow/a.rs", &names("F12, N1"), &[]);
    }

    #[test]
    fn only_tests_name_rules() {
        let both = names("N1,F12");
        check("crates/core/src/a.rs", &both, &[NO_N1, NO_F12]);
        check(
            "crates/core/src/a.rs",
            &format!("{both}#[cfg(test)]\n"),
            &[],
        );
        check("web/src/live/follow.ts", &both, &[NO_N1, NO_F12]);
        check("web/src/live/follow.test.ts", &format!("  {both}"), &[]);
        check("web/src/view/list.test.tsx", &both, &[]);
        check("e2e/tests/live.test.mjs", &both, &[]);
        check("spec/README.md", &both, &[NO_N1, NO_F12]);
    }

    #[test]
    fn a_name_in_vain_is_a_fault() {
        let unknown = "a/tests/a.rs:2: spec/PROTOCOL.md has no rule \"F2\"";
        let content = format!("\n{}", names("N1, F2, F12"));
        check("a/tests/a.rs", &content, &[unknown]);
    }
}
