//! Which version of an agent is installed.

use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};

/// The three numbers of a version.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(crate) struct Version(pub u32, pub u32, pub u32);

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.0, self.1, self.2)
    }
}

impl Version {
    /// The first word of a text that is a version.
    pub(crate) fn find(text: &str) -> Option<Self> {
        text.split_whitespace().find_map(Self::parse)
    }

    fn parse(word: &str) -> Option<Self> {
        let core = word.trim_start_matches('v').split(['-', '+']).next()?;
        let mut numbers = core.trim_end_matches('.').splitn(3, '.');
        let mut next = || numbers.next()?.parse().ok();
        Some(Self(next()?, next()?, next()?))
    }
}

/// The version of a program, read from the files that it was installed with.
pub(crate) fn installed(program: &Path) -> Option<Version> {
    let real = program.canonicalize().ok()?;
    let by_name = real
        .file_name()
        .and_then(|name| Version::parse(name.to_str()?));
    by_name.or_else(|| real.ancestors().skip(1).take(4).find_map(of_package))
}

/// The same, or what the program itself says: that costs its start, so only where it matters.
pub(crate) fn asked(program: &Path) -> Option<Version> {
    installed(program).or_else(|| {
        let mut command = Command::new(program);
        let output = command
            .arg("--version")
            .stdin(Stdio::null())
            .output()
            .ok()?;
        Version::find(&String::from_utf8_lossy(&output.stdout))
    })
}

fn of_package(folder: &Path) -> Option<Version> {
    let text = std::fs::read_to_string(folder.join("package.json")).ok()?;
    let package: serde_json::Value = serde_json::from_str(&text).ok()?;
    Version::parse(package["version"].as_str()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_what_programs_say() {
        let check = |text: &str, expected: &str| {
            let found = Version::find(text).map(|version| version.to_string());
            assert_eq!(found.unwrap_or_default(), expected, "{text}");
        };
        check("2.1.330 (Claude Code)", "2.1.330");
        check("codex-cli 0.169.0", "0.169.0");
        check(
            "GitHub Copilot CLI 1.0.102.\nRun 'copilot update'",
            "1.0.102",
        );
        check("v1.2.3-beta.4", "1.2.3");
        check("no version 1.2", "");
        assert!(Version(2, 1, 101) > Version(2, 1, 99));
    }
}
