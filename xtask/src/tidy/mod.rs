//! What no compiler checks: crate arrows, file sizes, banned words, rules without a test, generated
//! files.

mod arrows;
mod promises;
mod text;

use std::process::ExitCode;

use anyhow::Context as _;

use self::promises::{PROTOCOL, Promises};
use crate::generate;
use crate::workspace::{Workspace, files, root};

/// Prints every fault; the exit code is 1 when there is one.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let faults = faults()?;
    for fault in &faults {
        println!("{fault}");
    }
    println!("tidy: {} faults", faults.len());
    Ok(ExitCode::from(u8::from(!faults.is_empty())))
}

/// Every fault of the repository as a line that names the place and the rule.
pub(crate) fn faults() -> anyhow::Result<Vec<String>> {
    let mut faults = arrows::faults(&Workspace::read()?.packages);
    let paths = files()?;
    faults.extend(text::unused_exceptions(&paths));
    let protocol = std::fs::read_to_string(root().join(PROTOCOL))
        .with_context(|| format!("could not read {PROTOCOL}"))?;
    let mut promises = Promises::of(&protocol);
    for path in paths {
        faults.extend(text::faults_of_name(&path));
        let bytes =
            std::fs::read(root().join(&path)).with_context(|| format!("could not read {path}"))?;
        // What is no text (a picture, say) has no words to ban.
        if let Ok(content) = String::from_utf8(bytes) {
            faults.extend(text::faults(&path, &content));
            promises.look(&path, &content);
        }
    }
    faults.extend(promises.faults());
    faults.extend(generate::stale()?);
    Ok(faults)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_repository_is_tidy() {
        let faults = super::faults().unwrap();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
