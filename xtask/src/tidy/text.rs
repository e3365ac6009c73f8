//! Rules on the text of files. What they look for is put together at run time, so that this file
//! does not break them itself.

/// A file of source longer than this has more than one noun in it.
const LINES_MAX: usize = 400;

/// Where a rule does not hold, and why: path, name of the rule, reason.
const EXCEPTIONS: &[(&str, Rule, &str)] = &[];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Rule {
    Length,
    MachinePath,
    Marker,
    SkippedTest,
    Sleep,
    PendingSnapshot,
}

/// The faults of a file by its name alone.
pub(super) fn faults_of_name(path: &str) -> Option<String> {
    let pending = path.ends_with(".snap.new") || path.ends_with(".pending-snap");
    (pending && !excepted(path, Rule::PendingSnapshot))
        .then(|| format!("{path}: a snapshot waits for review"))
}

/// The faults of a file's content, in the order of its lines.
pub(super) fn faults(path: &str, content: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = content.lines().count();
    if is_source(path) && lines > LINES_MAX && !excepted(path, Rule::Length) {
        faults.push(format!(
            "{path}: {lines} lines, where {LINES_MAX} is the most"
        ));
    }
    if path.starts_with("fixtures/") || is_generated(path) {
        return faults;
    }
    for (number, line) in content.lines().enumerate() {
        for (rule, message) in broken(path, line) {
            if !excepted(path, rule) {
                faults.push(format!("{path}:{}: {message}", number + 1));
            }
        }
    }
    faults
}

/// An exception for a file that is gone would quietly wait for the next file of that name.
pub(super) fn unused_exceptions(paths: &[String]) -> Vec<String> {
    EXCEPTIONS
        .iter()
        .filter(|(path, _, _)| !paths.iter().any(|known| known == path))
        .map(|(path, rule, _)| format!("{path}: is excepted from {rule:?} but does not exist"))
        .collect()
}

fn excepted(path: &str, rule: Rule) -> bool {
    EXCEPTIONS
        .iter()
        .any(|(known, excepted, _)| *known == path && *excepted == rule)
}

fn broken(path: &str, line: &str) -> Vec<(Rule, String)> {
    let mut broken = Vec::new();
    for folder in ["work", "root", "farm"] {
        if has_absolute(line, &format!("/{folder}/")) {
            broken.push((
                Rule::MachinePath,
                format!("a path of one machine: /{folder}/"),
            ));
        }
    }
    if is_source(path) && has_marker(line) {
        broken.push((Rule::Marker, "a marker of unfinished work".to_owned()));
    }
    for word in skipping(path) {
        if line.contains(&word) {
            broken.push((
                Rule::SkippedTest,
                format!("a test that does not run: {word}"),
            ));
        }
    }
    for word in sleeping(path) {
        if line.contains(&word) {
            broken.push((
                Rule::Sleep,
                format!("a test waits for a condition, not a time: {word}"),
            ));
        }
    }
    broken
}

/// A folder at the root of a file system: `src/work/` and `https://host/work/` are none.
fn has_absolute(line: &str, needle: &str) -> bool {
    line.match_indices(needle).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|before| !before.is_alphanumeric() && !"._-}~".contains(before))
    })
}

/// The two usual markers, as whole words of a comment.
fn has_marker(line: &str) -> bool {
    let Some(at) = ["//", "/*", "* ", "# "]
        .iter()
        .filter_map(|lead| line.find(lead))
        .min()
    else {
        return false;
    };
    let comment = &line[at..];
    let markers = [["TO", "DO"].concat(), ["FIX", "ME"].concat()];
    comment
        .split(|character: char| !character.is_alphanumeric())
        .any(|word| markers.iter().any(|marker| marker == word))
}

fn skipping(path: &str) -> Vec<String> {
    match extension(path) {
        "rs" => vec![["#[ign", "ore"].concat()],
        "ts" | "tsx" | "mjs" => {
            let verbs = ["skip", "only", "todo"];
            let nouns = ["describe", "suite", "test", "it"];
            let pair = |noun| verbs.map(move |verb| format!("{noun}.{verb}("));
            nouns.into_iter().flat_map(pair).collect()
        }
        _ => Vec::new(),
    }
}

fn sleeping(path: &str) -> Vec<String> {
    let folder = path
        .split('/')
        .rev()
        .skip(1)
        .any(|folder| folder == "tests");
    let file = path.rsplit('/').next().unwrap_or(path);
    match extension(path) {
        "rs" if folder || file == "tests.rs" => ["thread", "time"]
            .map(|module| format!("{module}::sleep("))
            .into(),
        "mjs" if path.starts_with("e2e/") => vec![["waitFor", "Timeout("].concat()],
        _ => Vec::new(),
    }
}

fn is_source(path: &str) -> bool {
    ["rs", "ts", "tsx", "css", "mjs"].contains(&extension(path)) && !is_generated(path)
}

fn is_generated(path: &str) -> bool {
    let lock = path.ends_with("Cargo.lock") || path.ends_with("package-lock.json");
    lock || path.ends_with(".gen.ts")
}

fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, content: &str, expected: usize) {
        let found = faults(path, content);
        assert_eq!(found.len(), expected, "{path}: {content}: {found:?}");
    }

    #[test]
    fn a_source_file_has_a_length_and_a_text_has_none() {
        let long = "line\n".repeat(LINES_MAX + 1);
        check("crates/core/src/lib.rs", &long, 1);
        check("crates/core/src/lib.rs", &"line\n".repeat(LINES_MAX), 0);
        check("web/src/wire.gen.ts", &long, 0);
        check("README.md", &long, 0);
    }

    #[test]
    fn a_path_of_a_machine_is_found_wherever_it_starts() {
        let path = format!("/{}/product", "work");
        check("README.md", &path, 1);
        check("README.md", &format!("see `{path}`"), 1);
        check("README.md", &format!("BIN={path}"), 1);
        check("README.md", &format!("at src{path}"), 0);
        check("README.md", &format!("https://example.com{path}"), 0);
        check("fixtures/claude-code/sample.jsonl", &path, 0);
    }

    #[test]
    fn a_marker_is_a_word_of_a_comment() {
        let marker = ["TO", "DO"].concat();
        check("web/src/app.ts", &format!("call(); // {marker}: more"), 1);
        check("crates/core/src/lib.rs", &format!("/// {marker} more"), 1);
        check(
            "crates/core/src/lib.rs",
            &format!("let name = \"{marker}\";"),
            0,
        );
        check(
            "crates/core/src/lib.rs",
            &format!("// the agent's {marker}Write"),
            0,
        );
        check("README.md", &format!("- {marker}"), 0);
    }

    #[test]
    fn a_test_that_does_not_run_is_a_fault() {
        check("crates/core/src/lib.rs", &["#[ign", "ore]"].concat(), 1);
        check("crates/core/src/lib.rs", "rows.skip(1)", 0);
        check(
            "web/src/app.test.ts",
            &["test.", "only('x', f)"].concat(),
            1,
        );
        check(
            "e2e/tests/live.test.mjs",
            &["describe.", "skip('x', f)"].concat(),
            1,
        );
    }

    #[test]
    fn a_sleep_is_a_fault_in_tests_alone() {
        let sleep = ["std::thread::", "sleep(pause)"].concat();
        check("crates/server/tests/live.rs", &sleep, 1);
        check("crates/server/src/hub/tests.rs", &sleep, 1);
        check(
            "crates/server/tests/support/wait.rs",
            &["time::", "sleep(pause)"].concat(),
            1,
        );
        check("crates/server/src/lib.rs", &sleep, 0);
        check(
            "e2e/tests/live.test.mjs",
            &["page.waitFor", "Timeout(9)"].concat(),
            1,
        );
    }

    #[test]
    fn a_pending_snapshot_is_a_fault() {
        assert!(faults_of_name("crates/server/tests/snapshots/a.snap.new").is_some());
        assert!(faults_of_name("crates/server/tests/snapshots/a.snap").is_none());
    }
}
