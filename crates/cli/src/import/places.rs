use agent_tracer_core::adapter::Agent as Source;
use agent_tracer_server::TranscriptFolder;

use crate::hooks::{Agent, Places, Scope};

/// Where the agents on this machine keep their transcripts: beside their settings.
pub(crate) fn transcript_folders() -> anyhow::Result<Vec<TranscriptFolder>> {
    let places = Places::of_this_process()?;
    let folder = |agent: Agent| {
        Some(TranscriptFolder {
            agent: Source::of_source(agent.name())?,
            folder: places.folder(agent, Scope::User),
        })
    };
    Ok(Agent::ALL.into_iter().filter_map(folder).collect())
}
