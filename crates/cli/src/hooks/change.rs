//! A change of one file: what it was, what it is to be.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use similar::TextDiff;

/// A file that changes. `None` is a file that is not there.
#[derive(Debug)]
pub(crate) struct Change {
    pub path: PathBuf,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Change {
    /// The lines that change, as `diff -u` shows them.
    pub(crate) fn diff(&self) -> String {
        let (before, after) = (text(self.before.as_ref()), text(self.after.as_ref()));
        let diff = TextDiff::from_lines(before, after);
        let name = |side: &Option<String>| match side {
            Some(_) => self.path.display().to_string(),
            None => "/dev/null".to_owned(),
        };
        let (from, to) = (name(&self.before), name(&self.after));
        diff.unified_diff().header(&from, &to).to_string()
    }
}

fn text(side: Option<&String>) -> &str {
    side.map_or("", String::as_str)
}

/// What a file holds, or that it is not there.
pub(crate) fn read(path: &Path) -> anyhow::Result<Option<String>> {
    match std::fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(_) => bail!(
                "{} is not UTF-8 text; mend it and try again",
                path.display()
            ),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if path.is_symlink() {
                bail!(
                    "{} is a link to nothing; remove it and try again",
                    path.display()
                );
            }
            Ok(None)
        }
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
}

/// Where the last state of a file is kept: beside it, or beside the file that a link leads to.
pub(crate) fn backup(path: &Path) -> PathBuf {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".agent-tracer-backup");
    path.with_file_name(name)
}
