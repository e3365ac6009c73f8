//! Changes a file so that it is the old one or the new one at every moment.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::change::{self, Change, backup};

/// Makes a change, unless the file is no longer what the change was made from.
///
/// With `keep`, the file as it was is kept beside it; gives where.
pub(crate) fn apply(change: &Change, keep: bool) -> anyhow::Result<Option<PathBuf>> {
    let path = target(&change.path)?;
    check_unchanged(change)?;
    let kept = match &change.before {
        Some(before) if keep => {
            let kept = backup(&path);
            replace(&kept, before, Some(&path))?;
            Some(kept)
        }
        _ => None,
    };
    match (&change.after, &change.before) {
        (Some(after), Some(_)) => replace(&path, after, Some(&path))?,
        (Some(after), None) => {
            make_folder(&path)?;
            replace(&path, after, None)?;
        }
        (None, _) => remove(&path)?,
    }
    Ok(kept)
}

/// The file that a link leads to: the link itself stays.
fn target(path: &Path) -> anyhow::Result<PathBuf> {
    if !path.exists() {
        return Ok(path.to_owned());
    }
    path.canonicalize()
        .with_context(|| format!("{} cannot be followed", path.display()))
}

/// Someone may have written while the person was asked.
fn check_unchanged(change: &Change) -> anyhow::Result<()> {
    if change::read(&change.path)? != change.before {
        bail!(
            "{} was changed by another program in the meantime and was left alone; try again",
            change.path.display()
        );
    }
    Ok(())
}

fn make_folder(path: &Path) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(path);
    let made = fs::create_dir_all(folder);
    made.with_context(|| format!("the folder {} cannot be made", folder.display()))
}

/// Puts a whole new file in the place of a file, with the permissions of the model, if there is one.
fn replace(path: &Path, text: &str, model: Option<&Path>) -> anyhow::Result<()> {
    let permissions = model.map(permissions).transpose()?;
    let written = write_beside(path, text, permissions);
    written.with_context(|| format!("{} cannot be written", path.display()))
}

fn write_beside(path: &Path, text: &str, permissions: Option<fs::Permissions>) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    // What any new file may be, less what the umask forbids.
    let usual = fs::Permissions::from_mode(0o666);
    let mut file = tempfile::Builder::new()
        .prefix(".agent-tracer-")
        .permissions(usual)
        .tempfile_in(folder)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    File::open(folder)?.sync_all()
}

/// Renaming would get around a file's write protection, which someone set for a reason.
fn permissions(path: &Path) -> anyhow::Result<fs::Permissions> {
    let metadata = fs::metadata(path);
    let metadata = metadata.with_context(|| format!("{} cannot be read", path.display()))?;
    if metadata.permissions().readonly() {
        bail!(
            "{} is write-protected; allow writing and try again",
            path.display()
        );
    }
    Ok(metadata.permissions())
}

fn remove(path: &Path) -> anyhow::Result<()> {
    permissions(path)?;
    fs::remove_file(path).with_context(|| format!("{} cannot be removed", path.display()))
}

/// Removes what was made for a file that is gone: its folders, up to the agent's own, while they
/// are empty.
pub(crate) fn remove_empty_folders(path: &Path, outermost: &Path) {
    let folders = path.ancestors().skip(1);
    for folder in folders.take_while(|folder| folder.starts_with(outermost)) {
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(path: &Path, before: Option<&str>, after: Option<&str>) -> Change {
        Change {
            path: path.to_owned(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        }
    }

    #[test]
    fn a_file_that_was_changed_since_it_was_read_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        fs::write(&path, "theirs").unwrap();
        for before in [None, Some("before")] {
            for after in [None, Some("after")] {
                let refused = apply(&change(&path, before, after), true).unwrap_err();
                assert!(refused.to_string().contains("in the meantime"), "{refused}");
            }
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing beside it"
        );
    }

    #[test]
    fn only_empty_folders_go_and_none_beyond_the_agents_own() {
        let folder = tempfile::tempdir().unwrap();
        let agent = folder.path().join("agent");
        let file = agent.join("a/b/file");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(agent.join("kept"), "").unwrap();
        remove_empty_folders(&file, &agent);
        assert!(!agent.join("a").exists());
        fs::remove_file(agent.join("kept")).unwrap();
        remove_empty_folders(&file, &agent);
        assert!(agent.exists(), "what is gone already is not looked beyond");
        remove_empty_folders(&agent.join("file"), &agent);
        assert!(!agent.exists() && folder.path().exists());
    }
}
