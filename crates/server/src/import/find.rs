//! Finding transcripts: each agent keeps them in its own way.

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use agent_tracer_core::adapter::Agent;
use serde_json::Value;

use super::{Found, Recorded, TranscriptFolder};

/// How deep folders are looked into.
const DEPTH_MAX: usize = 6;
/// How much of a rollout is read to learn whose it is.
const HEAD_BYTES_MAX: u64 = 1 << 20;

/// The recorded sessions in the folders, those written last first. A folder that cannot be read
/// has none.
pub(crate) fn find(folders: &[TranscriptFolder]) -> Vec<Recorded> {
    let mut sessions: Vec<Recorded> = folders.iter().flat_map(sessions_in).collect();
    sessions.sort_by_key(|session| std::cmp::Reverse(session.modified_ms()));
    sessions
}

fn sessions_in(place: &TranscriptFolder) -> Vec<Recorded> {
    let mut files = Vec::new();
    for folder in roots(place) {
        walk(&folder, DEPTH_MAX, &mut |path, metadata| {
            if is_transcript(place.agent, path) {
                files.push(found(path, metadata));
            }
        });
    }
    let mut sessions = BTreeMap::<PathBuf, Recorded>::new();
    for file in files {
        let (agent, files) = (place.agent, Vec::new());
        let session = sessions.entry(session_of(agent, &file.path));
        let session = session.or_insert(Recorded { agent, files });
        session.files.push(file);
    }
    for session in sessions.values_mut() {
        // The main agent's first: it lies higher, or is older.
        session
            .files
            .sort_by(|a, b| (depth(&a.path), &a.path).cmp(&(depth(&b.path), &b.path)));
    }
    sessions.into_values().collect()
}

fn depth(path: &Path) -> usize {
    path.components().count()
}

/// The folders below which an agent's transcripts lie.
pub(super) fn roots(place: &TranscriptFolder) -> Vec<PathBuf> {
    let names: &[&str] = match place.agent {
        Agent::ClaudeCode => &["projects"],
        Agent::Codex => &["sessions", "archived_sessions"],
        Agent::GeminiCli => &["tmp"],
        Agent::CopilotCli => &["session-state"],
        Agent::OpenCode => &[],
    };
    names.iter().map(|name| place.folder.join(name)).collect()
}

fn is_transcript(agent: Agent, path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.unwrap_or_default();
    let above = |name: &str| {
        let folder = path.parent().and_then(Path::file_name);
        folder.is_some_and(|folder| folder == name)
    };
    let Some(stem) = name.strip_suffix(".jsonl") else {
        return false;
    };
    match agent {
        Agent::ClaudeCode => !stem.starts_with("agent-") || above("subagents"),
        Agent::Codex => stem.starts_with("rollout-"),
        Agent::GeminiCli => stem.starts_with("session-") && above("chats"),
        Agent::CopilotCli => stem == "events",
        Agent::OpenCode => false,
    }
}

/// What the transcripts of one session have in common.
fn session_of(agent: Agent, path: &Path) -> PathBuf {
    match agent {
        // `<session>.jsonl`, and `<session>/subagents/agent-<id>.jsonl`.
        Agent::ClaudeCode => match path.parent() {
            Some(folder) if folder.ends_with("subagents") => {
                folder.parent().unwrap_or(folder).to_owned()
            }
            _ => path.with_extension(""),
        },
        Agent::Codex => {
            PathBuf::from(codex_session(path).unwrap_or_else(|| path.display().to_string()))
        }
        _ => path.to_owned(),
    }
}

/// The session that the first line of a rollout names: a subagent's names its agent's.
fn codex_session(path: &Path) -> Option<String> {
    let mut line = Vec::new();
    let file = File::open(path).ok()?.take(HEAD_BYTES_MAX);
    BufReader::new(file).read_until(b'\n', &mut line).ok()?;
    let line: Value = serde_json::from_slice(&line).ok()?;
    let session = line.pointer("/payload/session_id")?.as_str()?;
    Some(session.to_owned())
}

/// Visits the files below a folder. Links are not followed: they could lead anywhere, and around.
fn walk(folder: &Path, depth: usize, visit: &mut impl FnMut(&Path, &Metadata)) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let Ok(metadata) = entry.metadata() else {
            continue;
        };
        if metadata.is_dir() && depth > 0 {
            walk(&entry.path(), depth - 1, visit);
        } else if metadata.is_file() {
            visit(&entry.path(), &metadata);
        }
    }
}

fn found(path: &Path, metadata: &Metadata) -> Found {
    Found {
        path: path.to_owned(),
        size: metadata.len(),
        modified_ms: modified_ms(metadata),
    }
}

/// A file as it is now.
pub(super) fn look(path: &Path) -> io::Result<Found> {
    Ok(found(path, &fs::metadata(path)?))
}

fn modified_ms(metadata: &Metadata) -> i64 {
    let since_1970 = metadata.modified().ok();
    let since_1970 = since_1970.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since_1970
        .and_then(|time| i64::try_from(time.as_millis()).ok())
        .unwrap_or_default()
}
