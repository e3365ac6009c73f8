//! Trace links between events of one task.

use serde_json::Value;

use super::{Draft, Step};
use crate::entity::Event;
use crate::figures::TaskFigures;
use crate::ids::{EventId, TaskId};
use crate::rows::{EventRow, Mark, MarkKind, PendingLink};
use crate::vocabulary::EventKind;

/// How many related events of one event are looked at.
pub(crate) const RELATED_EVENTS_MAX: usize = 50;
/// How many links may wait for the same missing event.
const PENDING_LINKS_MAX: usize = 50;

impl Draft<'_> {
    /// Counts the links that a new event brings, and those that waited for it.
    pub(super) fn count_links(&mut self, row: &mut EventRow) -> Step<()> {
        let mut links = links_of(&row.event);
        if self.task(&row.event.task_id)?.figures.pending_links > 0 {
            links.extend(self.take_pending(&row.event.task_id, &row.event.id)?);
        }
        for link in links {
            self.count_link(row, link)?;
        }
        Ok(())
    }

    /// Counts the links that an event names now and did not name before.
    pub(super) fn count_new_links(&mut self, before: &Event, event: &Event) -> Step<()> {
        let (known, mut links) = (links_of(before), links_of(event));
        links.retain(|link| !known.contains(link));
        if links.is_empty() {
            return Ok(());
        }
        let mut row = self.event(&event.id)?.clone();
        for link in links {
            self.count_link(&mut row, link)?;
        }
        self.event_mut(&event.id)?.linked = row.linked;
        Ok(())
    }

    fn count_link(&mut self, row: &mut EventRow, link: PendingLink) -> Step<()> {
        let task = row.event.task_id.clone();
        let begins_here = link.source == row.event.id;
        let other = if begins_here {
            link.target.clone()
        } else {
            link.source.clone()
        };
        if other == row.event.id {
            return Ok(());
        }
        let Some(other_row) = self.find_event(&other)? else {
            return self.put_pending(&task, &other, link);
        };
        if other_row.event.task_id != task {
            return Ok(());
        }
        let (other_kind, other_linked) = (other_row.event.kind, other_row.linked);
        let name = format!("{}>{}>{}", link.source, link.target, link.relation);
        if self.mark(&task, MarkKind::Link, &name)?.is_some() {
            return Ok(());
        }
        self.put_mark(&task, MarkKind::Link, &name, Mark::default());
        let figures = &mut self.task_mut(&task)?.figures;
        figures.links += 1;
        count_end(figures, row.event.kind, row.linked);
        count_end(figures, other_kind, other_linked);
        row.linked = true;
        if !other_linked {
            self.event_mut(&other)?.linked = true;
        }
        Ok(())
    }

    fn put_pending(&mut self, task: &TaskId, missing: &EventId, link: PendingLink) -> Step<()> {
        let missing = missing.as_str();
        let mut waiting = pending_of(self.mark(task, MarkKind::PendingLink, missing)?);
        if waiting.len() >= PENDING_LINKS_MAX || waiting.contains(&link) {
            return Ok(());
        }
        waiting.push(link);
        let count = i64::try_from(waiting.len()).unwrap_or(i64::MAX);
        let note = serde_json::to_string(&waiting).ok();
        self.put_mark(task, MarkKind::PendingLink, missing, Mark { count, note });
        self.task_mut(task)?.figures.pending_links += 1;
        Ok(())
    }

    fn take_pending(&mut self, task: &TaskId, id: &EventId) -> Step<Vec<PendingLink>> {
        let waiting = pending_of(self.mark(task, MarkKind::PendingLink, id.as_str())?);
        if !waiting.is_empty() {
            self.remove_mark(task, MarkKind::PendingLink, id.as_str());
            let count = i64::try_from(waiting.len()).unwrap_or(i64::MAX);
            self.task_mut(task)?.figures.pending_links -= count;
        }
        Ok(waiting)
    }
}

fn pending_of(mark: Option<Mark>) -> Vec<PendingLink> {
    mark.and_then(|mark| mark.note)
        .and_then(|note| serde_json::from_str(&note).ok())
        .unwrap_or_default()
}

fn count_end(figures: &mut TaskFigures, kind: EventKind, linked_before: bool) {
    if !linked_before {
        figures.linked_events += 1;
        figures.linked_eligible_events += i64::from(crate::figures::is_link_eligible(kind));
    }
}

/// The links that an event's metadata names: its parent, its source, and what it relates to.
fn links_of(event: &Event) -> Vec<PendingLink> {
    let (id, kind, metadata) = (&event.id, event.kind, &event.metadata);
    let named = |key: &str| metadata.get(key).and_then(Value::as_str).map(EventId::new);
    let relation = metadata
        .get("relationType")
        .and_then(Value::as_str)
        .unwrap_or("relates_to");
    let mut links = Vec::new();
    if let Some(parent) = named("parentEventId") {
        links.push(PendingLink {
            source: parent,
            target: id.clone(),
            relation: "parent".into(),
        });
    }
    if let (EventKind::FileChanged, Some(source)) = (kind, named("sourceEventId")) {
        let relation = "caused_by".into();
        links.push(PendingLink {
            source,
            target: id.clone(),
            relation,
        });
    }
    let related = metadata.get("relatedEventIds").and_then(Value::as_array);
    let related = related
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .take(RELATED_EVENTS_MAX);
    links.extend(related.map(|target| PendingLink {
        source: id.clone(),
        target: EventId::new(target),
        relation: relation.to_owned(),
    }));
    links
}
