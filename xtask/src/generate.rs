//! The page's types, generated from the Rust ones so that the two cannot drift apart.

use std::path::{Path, PathBuf};

use agent_tracer_core::wire::{self, follow};
use agent_tracer_core::{entity, vocabulary};
use anyhow::Context as _;
use ts_rs::{Config, TS};

/// Writes `web/src/wire.gen.ts`.
pub(crate) fn write() -> anyhow::Result<()> {
    let path = path();
    std::fs::write(&path, types())
        .with_context(|| format!("could not write {}", path.display()))?;
    println!("wrote {}", path.display());
    Ok(())
}

/// The generated files that differ from what the Rust types say now.
pub(crate) fn stale() -> anyhow::Result<Option<String>> {
    let path = path();
    let committed = std::fs::read_to_string(&path)
        .with_context(|| format!("could not read {}", path.display()))?;
    let fault = "web/src/wire.gen.ts: is not current; run `cargo xtask gen` and commit it";
    Ok((committed != types()).then(|| fault.to_owned()))
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/src/wire.gen.ts")
}

fn types() -> String {
    let config = Config::default();
    let mut text = String::from(
        "// Generated from the Rust types by `cargo xtask gen`. Do not edit.\n\n\
         export type TaskId = string;\nexport type SessionId = string;\n\
         export type EventId = string;\nexport type BookmarkId = string;\n\
         /** `overview`, `bookmarks` or `task:<id>`. */\nexport type Topic = string;\n\
         /** ISO-8601, UTC, with milliseconds and `Z`. */\nexport type Timestamp = string;\n\n",
    );
    let mut add = |declaration: String| {
        text.push_str("export ");
        text.push_str(&declaration);
        text.push('\n');
    };
    macro_rules! declare {
        ($($path:path),+ $(,)?) => { $(add(<$path as TS>::decl(&config));)+ };
    }
    declare!(
        vocabulary::Lane,
        vocabulary::EventKind,
        vocabulary::TaskStatus,
        vocabulary::TaskKind,
        vocabulary::ActivityState,
        entity::Activity,
        vocabulary::SessionStatus,
        vocabulary::BookmarkKind,
        vocabulary::Phase,
        vocabulary::ToolStatus,
        entity::Task,
        entity::Usage,
        entity::Session,
        entity::Event,
        entity::Classification,
        entity::ClassificationMatch,
        entity::MatchReason,
        entity::MatchReasonKind,
        entity::Bookmark,
        entity::FinishedPreview,
        entity::FinishedTask,
        entity::DeletedTask,
        entity::OverviewStats,
        entity::OverviewObservability,
        entity::RuntimeSourceStats,
        entity::TaskObservability,
        entity::PhaseShare,
        entity::SessionCounts,
        entity::Signals,
        entity::Focus,
        entity::PathCount,
        entity::TagCount,
        wire::Message,
        wire::ImportStatus,
        wire::ImportState,
        wire::FoundTranscripts,
        vocabulary::Rating,
        entity::Evaluation,
        follow::RowChange,
        follow::ChangedRows,
        follow::ResyncReason,
        follow::Figures,
        follow::Nothing,
        follow::FollowFrame,
        follow::SubscribedTo,
        follow::ResyncFrom,
        follow::FollowError,
        follow::FollowCommand,
        follow::Subscribe,
    );
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_types_are_current() {
        assert_eq!(super::stale().unwrap(), None);
    }
}
