//! Which project a folder belongs to: found by the `.git` beside or above it. Nothing is run, and of
//! files only the one line of a linked worktree's `.git` is read.

use std::collections::HashMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use agent_tracer_core::time::Timestamp;
use serde::Serialize;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

/// What was found out about a folder is believed for so long.
const KEPT_MILLIS: i64 = 60_000;
/// More folders than these are found out about anew.
const KEPT_MAX: usize = 4_096;
/// How long somebody waits for the disk.
const PATIENCE: Duration = Duration::from_secs(1);
/// A `.git` file has one line.
const GIT_FILE_BYTES_MAX: u64 = 4_096;
/// Folders in which tools put linked worktrees, below the repository.
const WORKTREE_FOLDERS: [&str; 2] = ["/.claude/worktrees/", "/.worktrees/"];

/// The project of a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Project {
    /// Its root: of a linked worktree, that of the repository it belongs to.
    #[serde(rename = "project")]
    pub root: String,
    /// Its last name.
    pub name: String,
    /// Which linked worktree the folder is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worktree: Option<String>,
    /// The folder is gone, or could not be looked at: its path alone tells.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub guess: bool,
}

/// Finds projects, and remembers them for a while.
pub(crate) struct Projects {
    known: Mutex<HashMap<String, (Timestamp, Project)>>,
    /// Who looks at the disk: one at a time, for a disk may not answer.
    looking: Arc<Semaphore>,
    patience: Duration,
}

impl Default for Projects {
    fn default() -> Self {
        Self {
            known: Mutex::default(),
            looking: Arc::new(Semaphore::new(1)),
            patience: PATIENCE,
        }
    }
}

impl Projects {
    /// The projects of folders, in their order. Nobody waits long for a disk that does not answer: a
    /// folder that was not looked at by then is told by its path, as a guess.
    pub(crate) async fn of(self: &Arc<Self>, paths: Vec<String>, now: Timestamp) -> Vec<Project> {
        let unknown = self.unknown(&paths, now);
        if !unknown.is_empty() {
            // What was found in time is known, and the rest when it is asked for again.
            drop(timeout(self.patience, Arc::clone(self).look(unknown, now)).await);
        }
        let known = self.known();
        let told = |path: String| match known.get(&path) {
            Some((_, project)) => project.clone(),
            None => unseen(&path),
        };
        paths.into_iter().map(told).collect()
    }

    fn unknown(&self, paths: &[String], now: Timestamp) -> Vec<String> {
        let mut known = self.known();
        known.retain(|_, (at, _)| now.millis_since(*at) < KEPT_MILLIS);
        if known.len() + paths.len() > KEPT_MAX {
            known.clear();
        }
        let unknown = paths.iter().filter(|path| !known.contains_key(*path));
        unknown.cloned().collect()
    }

    /// Looks at folders, off the threads that serve connections. Goes on when nobody waits any more.
    async fn look(self: Arc<Self>, paths: Vec<String>, now: Timestamp) {
        let Ok(turn) = Arc::clone(&self.looking).acquire_owned().await else {
            return;
        };
        let looked = spawn_blocking(move || {
            let _turn = turn;
            for path in paths {
                let project = find(&path);
                self.known().insert(path, (now, project));
            }
        });
        drop(looked.await);
    }

    fn known(&self) -> MutexGuard<'_, HashMap<String, (Timestamp, Project)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A folder that could not be looked at.
fn unseen(path: &str) -> Project {
    told_by_path(path).unwrap_or_else(|| Project {
        guess: true,
        ..alone(path)
    })
}

fn find(path: &str) -> Project {
    let folder = Path::new(path);
    if !folder.is_absolute() {
        return alone(path);
    }
    if !folder.exists()
        && let Some(project) = told_by_path(path)
    {
        return project;
    }
    let found = folder.ancestors().find_map(repository_at);
    found.unwrap_or_else(|| alone(path))
}

/// A folder that is in no repository is a project of its own.
fn alone(path: &str) -> Project {
    project(path.to_owned(), None)
}

fn project(root: String, worktree: Option<String>) -> Project {
    let name = Path::new(&root).file_name();
    let name = name.map_or_else(|| root.clone(), |name| name.to_string_lossy().into_owned());
    Project {
        root,
        name,
        worktree,
        guess: false,
    }
}

fn told_by_path(path: &str) -> Option<Project> {
    WORKTREE_FOLDERS.iter().find_map(|folder| {
        let (root, rest) = path.split_once(folder)?;
        let worktree = rest.split('/').next().filter(|name| !name.is_empty())?;
        Some(Project {
            guess: true,
            ..project(root.to_owned(), Some(worktree.to_owned()))
        })
    })
}

fn repository_at(folder: &Path) -> Option<Project> {
    let git = folder.join(".git");
    let kind = fs::symlink_metadata(&git).ok()?.file_type();
    let root = folder.to_string_lossy().into_owned();
    if !kind.is_file() {
        return Some(project(root, None));
    }
    let linked = git_folder(folder, &git).and_then(|git| linked_to(&git));
    Some(linked.map_or_else(
        || project(root, None),
        |(root, worktree)| project(root, Some(worktree)),
    ))
}

/// Where a `.git` file points to.
fn git_folder(folder: &Path, git: &Path) -> Option<PathBuf> {
    let mut text = String::new();
    let file = fs::File::open(git).ok()?;
    file.take(GIT_FILE_BYTES_MAX)
        .read_to_string(&mut text)
        .ok()?;
    let target = text.lines().next()?.strip_prefix("gitdir:")?.trim();
    Some(folder.join(target))
}

/// The repository and the name of a linked worktree: `…/repository/.git/worktrees/name`. A submodule
/// is elsewhere, and is a repository of its own.
fn linked_to(git: &Path) -> Option<(String, String)> {
    let name = git.file_name()?.to_string_lossy().into_owned();
    let worktrees = git.parent()?;
    let git = worktrees.parent()?;
    if worktrees.file_name()? != "worktrees" || git.file_name()? != ".git" {
        return None;
    }
    Some((git.parent()?.to_string_lossy().into_owned(), name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(path: &Path) -> String {
        path.to_string_lossy().into_owned()
    }

    fn found(path: &Path) -> Project {
        find(&text(path))
    }

    #[test]
    fn a_folder_inside_a_repository_belongs_to_it() {
        let home = tempfile::tempdir().unwrap();
        let inside = home.path().join("shop/src/net");
        fs::create_dir_all(&inside).unwrap();
        fs::create_dir(home.path().join("shop/.git")).unwrap();
        let root = text(&home.path().join("shop"));
        assert_eq!(found(&inside), project(root, None));
        assert_eq!(found(&inside).name, "shop");
    }

    #[test]
    fn a_linked_worktree_belongs_to_its_repository() {
        let home = tempfile::tempdir().unwrap();
        let (shop, fix) = (home.path().join("shop"), home.path().join("fix"));
        fs::create_dir_all(shop.join(".git/worktrees/fix")).unwrap();
        fs::create_dir(&fix).unwrap();
        let line = format!("gitdir: {}\n", text(&shop.join(".git/worktrees/fix")));
        fs::write(fix.join(".git"), line).unwrap();
        assert_eq!(found(&fix), project(text(&shop), Some("fix".into())));
    }

    #[test]
    fn a_submodule_and_a_broken_git_file_are_projects_of_their_own() {
        let home = tempfile::tempdir().unwrap();
        for (name, line) in [("sub", "gitdir: ../.git/modules/sub"), ("odd", "no git")] {
            let folder = home.path().join(name);
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join(".git"), line).unwrap();
            assert_eq!(found(&folder), project(text(&folder), None));
        }
    }

    #[test]
    fn a_worktree_that_is_gone_is_told_by_its_path() {
        let gone = found(Path::new("/nowhere/shop/.claude/worktrees/fix/src"));
        let expected = project("/nowhere/shop".into(), Some("fix".into()));
        assert_eq!(
            gone,
            Project {
                guess: true,
                ..expected
            }
        );
        let plain = found(Path::new("/nowhere/shop"));
        assert_eq!(plain, project("/nowhere/shop".into(), None));
        assert_eq!(found(Path::new("relative")).root, "relative");
    }

    async fn root(projects: &Arc<Projects>, path: &Path, millis: i64) -> String {
        let now = Timestamp::from_millis(millis);
        projects.of(vec![text(path)], now).await.remove(0).root
    }

    #[tokio::test]
    async fn what_is_known_is_looked_at_again_after_a_while() {
        let home = tempfile::tempdir().unwrap();
        let (inside, projects) = (home.path().join("a"), Arc::default());
        fs::create_dir(&inside).unwrap();
        assert_eq!(root(&projects, &inside, 0).await, text(&inside));
        fs::create_dir(home.path().join(".git")).unwrap();
        let before = root(&projects, &inside, KEPT_MILLIS - 1).await;
        assert_eq!(before, text(&inside));
        assert_eq!(
            root(&projects, &inside, KEPT_MILLIS).await,
            text(home.path())
        );
    }

    #[tokio::test]
    async fn a_disk_that_does_not_answer_keeps_nobody() {
        let projects = Arc::new(Projects {
            patience: Duration::ZERO,
            ..Projects::default()
        });
        let _hung = projects.looking.acquire().await.unwrap();
        let paths = ["/no/shop", "/no/shop/.worktrees/fix"].map(str::to_owned);
        let told = projects.of(paths.to_vec(), Timestamp::from_millis(0)).await;
        assert!(told.iter().all(|project| project.guess), "{told:?}");
        assert_eq!(
            (told[0].root.as_str(), told[1].root.as_str()),
            ("/no/shop", "/no/shop")
        );
    }
}
