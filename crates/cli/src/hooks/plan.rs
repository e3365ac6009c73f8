//! What installing or uninstalling would change, worked out before anything is written.

use std::path::PathBuf;

use anyhow::{Context as _, bail};

use super::agent::Agent;
use super::change::{Change, backup, read};
use super::form::Form;
use super::places::{Places, Scope};
use super::program::Program;
use super::version::{self, Version};
use super::write;

/// What is to be done for one agent.
pub(crate) struct Plan {
    pub agent: Agent,
    /// `None`: everything is as it should be.
    pub change: Option<Change>,
    pub path: PathBuf,
    /// What the person must still do.
    notes: Vec<&'static str>,
    /// Whether the file as it is holds anything worth keeping.
    keep: bool,
    /// The folder of the agent, if it may go when it is empty.
    folder: Option<PathBuf>,
}

impl Plan {
    pub(crate) fn install(
        agent: Agent,
        places: &Places,
        scope: Scope,
        program: &Program,
    ) -> anyhow::Result<Self> {
        let (path, form) = (places.file(agent, scope), Form::of(agent));
        let before = read(&path)?;
        let after = form
            .install(before.as_deref(), program, version_of(agent, places))
            .with_context(|| format!("{} was left alone", path.display()))?;
        let changed = before.as_ref() != Some(&after);
        let change = changed.then(|| Change {
            path: path.clone(),
            before,
            after: Some(after),
        });
        Ok(Self {
            agent,
            change,
            path,
            notes: notes(agent, scope),
            keep: form.is_shared(),
            folder: None,
        })
    }

    pub(crate) fn uninstall(agent: Agent, places: &Places, scope: Scope) -> anyhow::Result<Self> {
        let (path, form) = (places.file(agent, scope), Form::of(agent));
        let before = read(&path)?;
        let without = |text: &str| form.uninstall(text);
        let left = before.as_deref().map(without).transpose();
        let left = left.with_context(|| format!("{} was left alone", path.display()))?;
        let mut plan = Self {
            agent,
            change: None,
            notes: Vec::new(),
            keep: false,
            folder: Some(places.folder(agent, scope)),
            path,
        };
        let Some((before, mut after)) = before.zip(left) else {
            return Ok(plan);
        };
        if after.as_ref() == Some(&before) {
            return Ok(plan);
        }
        let kept = read(&backup(&plan.path)).unwrap_or_default();
        if after.as_deref().is_some_and(is_blank) && !plan.path.is_symlink() {
            // The file was made for the hooks, unless one that was as good as empty is kept.
            after = kept.clone().filter(|kept| is_blank(kept));
        }
        let same = kept.is_some_and(|kept| without(&kept).ok().flatten() == after);
        plan.keep = form.is_shared() && after.is_some() && !same;
        plan.change = Some(Change {
            path: plan.path.clone(),
            before: Some(before),
            after,
        });
        Ok(plan)
    }

    /// Does it; gives what to tell the person.
    pub(crate) fn apply(&self) -> anyhow::Result<String> {
        let Some(change) = &self.change else {
            bail!("there is nothing to do");
        };
        let kept = write::apply(change, self.keep)?;
        if let Some(folder) = &self.folder {
            self.clean_up(folder);
        }
        let done = match change.after {
            Some(_) => "written",
            None => "removed",
        };
        let mut told = vec![format!(
            "{}: {} is {done}.",
            self.agent,
            self.path.display()
        )];
        if let Some(kept) = kept {
            told.push(format!("The file as it was is kept in {}.", kept.display()));
        }
        told.extend(self.notes.iter().map(|&note| note.to_owned()));
        Ok(told.join("\n  "))
    }

    /// Uninstalling leaves nothing behind that nobody needs.
    fn clean_up(&self, folder: &std::path::Path) {
        if !self.keep && Form::of(self.agent).is_shared() {
            std::fs::remove_file(backup(&self.path)).ok();
        }
        if self
            .change
            .as_ref()
            .is_some_and(|change| change.after.is_none())
        {
            write::remove_empty_folders(&self.path, folder);
        }
    }
}

fn notes(agent: Agent, scope: Scope) -> Vec<&'static str> {
    let mut notes = vec![agent.after_install()];
    if scope == Scope::Project && agent != Agent::ClaudeCode {
        notes.push("The file names a program of this machine: keep it out of version control.");
    }
    notes
}

fn is_blank(text: &str) -> bool {
    let bare: String = text
        .trim_start_matches('\u{feff}')
        .split_whitespace()
        .collect();
    bare.is_empty() || bare == "{}"
}

/// The version, where the events depend on it.
pub(super) fn version_of(agent: Agent, places: &Places) -> Option<Version> {
    match agent {
        Agent::ClaudeCode => version::asked(&places.program_of(agent)?),
        _ => None,
    }
}
