//! A guess at what a command is for, by its first words.

use super::subtype::{RUN_BUILD, RUN_COMMAND, RUN_LINT, RUN_TEST, Subtype};

const TESTS: &[&str] = &[
    "cargo test",
    "cargo nextest",
    "npm test",
    "npm t",
    "npm run test",
    "pnpm test",
    "pnpm run test",
    "yarn test",
    "bun test",
    "go test",
    "make test",
    "make check",
    "mvn test",
    "gradle test",
    "./gradlew test",
    "dotnet test",
    "ctest",
    "pytest",
    "python -m pytest",
    "python3 -m pytest",
    "python -m unittest",
    "python3 -m unittest",
    "jest",
    "vitest",
    "npx jest",
    "npx vitest",
];

const BUILDS: &[&str] = &[
    "cargo build",
    "npm run build",
    "pnpm build",
    "pnpm run build",
    "yarn build",
    "go build",
    "make",
    "cmake --build",
    "mvn package",
    "gradle build",
    "./gradlew build",
    "dotnet build",
    "docker build",
    "vite build",
    "npx vite build",
];

const LINTS: &[&str] = &[
    "cargo clippy",
    "cargo fmt",
    "cargo check",
    "npm run lint",
    "pnpm lint",
    "pnpm run lint",
    "yarn lint",
    "make lint",
    "eslint",
    "npx eslint",
    "ruff",
    "mypy",
    "flake8",
    "pylint",
    "biome",
    "npx biome",
    "tsc",
    "npx tsc",
    "shellcheck",
    "golangci-lint",
    "go vet",
];

/// How much of a command is looked at: an embedded file is not its first words.
const HEAD: usize = 2000;

/// The sort of the first part of a command line that is a test, a build or a linter.
pub(super) fn subtype(command: &str) -> &'static Subtype {
    let head = command
        .char_indices()
        .nth(HEAD)
        .map_or(command, |(end, _)| &command[..end]);
    let parts = head.split(['\n', ';', '&', '|']).map(words);
    parts
        .into_iter()
        .find_map(|words| known(&words))
        .unwrap_or(&RUN_COMMAND)
}

fn known(words: &str) -> Option<&'static Subtype> {
    let is_one_of = |list: &[&str]| list.iter().any(|known| begins_with(words, known));
    // Tests first: `make test` is a `make` too.
    match () {
        () if is_one_of(TESTS) => Some(&RUN_TEST),
        () if is_one_of(LINTS) => Some(&RUN_LINT),
        () if is_one_of(BUILDS) => Some(&RUN_BUILD),
        () => None,
    }
}

fn begins_with(words: &str, known: &str) -> bool {
    words
        .strip_prefix(known)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// A part's words with single spaces, without leading assignments (`RUST_LOG=debug`).
fn words(part: &str) -> String {
    let words = part
        .split_whitespace()
        .skip_while(|word| word.contains('=') || *word == "sudo");
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::subtype;

    #[test]
    fn a_command_is_what_its_first_words_are() {
        for (command, key) in [
            ("cd x && RUST_LOG=debug cargo  test -p core", "run_test"),
            ("make test", "run_test"),
            ("make -j2", "run_build"),
            ("npx eslint .", "run_lint"),
            ("ruff check; pytest", "run_lint"),
            ("echo cargo test", "run_command"),
            ("makeup", "run_command"),
            ("", "run_command"),
        ] {
            assert_eq!(subtype(command).key, key, "{command}");
        }
    }
}
