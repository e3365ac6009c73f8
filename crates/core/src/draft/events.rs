//! Access to events: how one is stored, and how one changes.

use serde_json::{Value, json};

use super::tasks::refresh_display_title;
use super::{Draft, Held, Step};
use crate::classify::{Classifiable, TAGS_MAX, classify};
use crate::command::{LoggedEvent, Rejection};
use crate::entity::{Event, Metadata};
use crate::ids::{EventId, SessionId, TaskId};
use crate::paths::{clean_file_paths, last_segment};
use crate::rows::EventRow;
use crate::vocabulary::{EventKind, Lane};
use crate::wire::Message;

/// How many files of one event get a `file.changed` event each.
const DERIVED_FILES_MAX: usize = 15;

/// An event that arrives more than this after it happened says when it arrived.
const LATE_MILLIS_MIN: i64 = 1_000;

/// An event about to be stored.
#[derive(Clone, Debug)]
pub(crate) struct NewEvent {
    pub task_id: TaskId,
    pub session_id: Option<SessionId>,
    pub kind: EventKind,
    pub lane: Option<Lane>,
    pub title: String,
    pub body: Option<String>,
    pub action: Option<String>,
    pub file_paths: Vec<String>,
    pub metadata: Metadata,
}

impl NewEvent {
    /// An event of a task with nothing but a kind and a title.
    pub(crate) fn new(task_id: &TaskId, kind: EventKind, title: impl Into<String>) -> Self {
        Self {
            task_id: task_id.clone(),
            session_id: None,
            kind,
            lane: None,
            title: title.into(),
            body: None,
            action: None,
            file_paths: Vec::new(),
            metadata: Metadata::new(),
        }
    }
}

/// What is to become of an event that is there already; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub(crate) struct EventEdit {
    pub title: Option<String>,
    /// Laid over the event's metadata; a `null` takes a key away.
    pub metadata: Metadata,
}

impl Draft<'_> {
    /// Stores an event, counts it, and announces it (and the task, if its display title changed).
    pub(crate) fn log(&mut self, new: NewEvent) -> Step<LoggedEvent> {
        let event = self.build(new);
        let logged = LoggedEvent {
            id: event.id.clone(),
            kind: event.kind,
        };
        let mut row = EventRow {
            event,
            linked: false,
        };
        self.count_new(&mut row)?;
        self.announce(Message::EventLogged(row.event.clone()));
        self.consider_for_title(&row.event)?;
        let held = Held {
            before: None,
            now: Some(row),
            dirty: true,
        };
        self.events.insert(logged.id.clone(), held);
        self.new_events.push(logged.id.clone());
        Ok(logged)
    }

    fn build(&mut self, new: NewEvent) -> Event {
        let mut metadata = new.metadata;
        let given = if new.file_paths.is_empty() {
            named_paths(&metadata)
        } else {
            new.file_paths
        };
        metadata.insert("filePaths".into(), json!(clean_file_paths(&given)));
        if self.received_at.millis_since(self.now) > LATE_MILLIS_MIN {
            metadata.insert("receivedAt".into(), json!(self.received_at));
        }
        let classification = classify(&Classifiable {
            kind: new.kind,
            explicit_lane: new.lane,
            action: new.action.as_deref(),
            metadata: &metadata,
        });
        Event {
            id: EventId::new(self.next_id()),
            task_id: new.task_id,
            session_id: new.session_id,
            kind: new.kind,
            lane: classification.lane,
            title: new.title,
            body: new.body,
            metadata,
            classification,
            created_at: self.now,
        }
    }

    fn consider_for_title(&mut self, event: &Event) -> Step<()> {
        let (title, body) = (event.title.as_str(), event.body.as_deref());
        let row = self.task_mut(&event.task_id)?;
        let known = row
            .candidates
            .consider(event.kind, event.lane, title, body, &event.metadata);
        if known && refresh_display_title(row) {
            self.announce_task(&event.task_id)?;
        }
        Ok(())
    }

    /// Stores a `file.changed` event for each file that a stored event names.
    pub(crate) fn log_changed_files(&mut self, source: &EventId) -> Step<Vec<LoggedEvent>> {
        let event = self.event(source)?.event.clone();
        let paths = named_paths(&event.metadata);
        paths
            .iter()
            .take(DERIVED_FILES_MAX)
            .map(|path| self.log_changed_file(&event, path))
            .collect()
    }

    fn log_changed_file(&mut self, source: &Event, path: &str) -> Step<LoggedEvent> {
        let mut new = NewEvent::new(&source.task_id, EventKind::FileChanged, last_segment(path));
        new.session_id.clone_from(&source.session_id);
        new.lane = Some(Lane::Implementation);
        new.body = Some(path.to_owned());
        new.file_paths = vec![path.to_owned()];
        new.metadata.insert("sourceKind".into(), json!(source.kind));
        new.metadata
            .insert("sourceEventId".into(), json!(source.id));
        self.log(new)
    }

    /// Every event that this draft stores, in order.
    pub(crate) fn logged(&self) -> Vec<LoggedEvent> {
        let rows = self
            .new_events
            .iter()
            .filter_map(|id| self.events.get(id)?.now.as_ref());
        rows.map(|row| LoggedEvent {
            id: row.event.id.clone(),
            kind: row.event.kind,
        })
        .collect()
    }

    pub(crate) fn find_event(&mut self, id: &EventId) -> Step<Option<&EventRow>> {
        if !self.events.contains_key(id) {
            let row = self.rows.event(id)?;
            let row = match row {
                Some(row) if self.is_there(&row.event.task_id)? => Some(row),
                _ => None,
            };
            self.events.insert(id.clone(), Held::loaded(row));
        }
        Ok(self.events.get(id).and_then(|held| held.now.as_ref()))
    }

    pub(crate) fn event(&mut self, id: &EventId) -> Step<&EventRow> {
        self.find_event(id)?
            .ok_or_else(|| Rejection::EventNotFound.into())
    }

    /// The event, to be changed: it will be written.
    pub(crate) fn event_mut(&mut self, id: &EventId) -> Step<&mut EventRow> {
        self.find_event(id)?;
        let held = self.events.get_mut(id).ok_or(Rejection::EventNotFound)?;
        held.dirty = true;
        held.now
            .as_mut()
            .ok_or_else(|| Rejection::EventNotFound.into())
    }

    /// Changes an event because more of it became known: its task was active.
    pub(crate) fn edit_event(&mut self, id: &EventId, edit: EventEdit) -> Step<()> {
        let before = self.event(id)?.event.clone();
        let event = self.change_event(id, edit)?;
        if event != before {
            let now = self.now;
            let task = &mut self.task_mut(&event.task_id)?.task;
            task.last_activity_at = task.last_activity_at.max(now);
        }
        Ok(())
    }

    /// Changes an event, counts what is new in it, and announces it. Its lane stays, and so does
    /// what the action registry said of it.
    pub(crate) fn change_event(&mut self, id: &EventId, edit: EventEdit) -> Step<Event> {
        let before = self.event(id)?.event.clone();
        let event = edited(&before, edit);
        if event != before {
            self.event_mut(id)?.event = event.clone();
            self.count_edit(&before, &event)?;
            self.announce(Message::EventUpdated(event.clone()));
        }
        Ok(event)
    }
}

fn edited(before: &Event, edit: EventEdit) -> Event {
    let mut event = before.clone();
    for (key, value) in edit.metadata {
        if value.is_null() {
            event.metadata.remove(&key);
        } else {
            event.metadata.insert(key, value);
        }
    }
    let paths = clean_file_paths(&named_paths(&event.metadata));
    event.metadata.insert("filePaths".into(), json!(paths));
    event.title = edit.title.unwrap_or(event.title);
    event.classification.tags = tags_after(before, &event.metadata);
    event
}

/// The tags of an event whose metadata changes. The action's name is not at hand any more, so the
/// tags that it gave stay as they are; those of the metadata come and go with it.
fn tags_after(before: &Event, metadata: &Metadata) -> Vec<String> {
    let tags_of = |metadata| {
        let event = Classifiable {
            kind: before.kind,
            explicit_lane: Some(before.lane),
            action: None,
            metadata,
        };
        classify(&event).tags
    };
    let (gone, mut new) = (tags_of(&before.metadata), tags_of(metadata));
    let mut tags = before.classification.tags.clone();
    tags.retain(|tag| new.contains(tag) || !gone.contains(tag));
    new.retain(|tag| !tags.contains(tag));
    tags.append(&mut new);
    tags.truncate(TAGS_MAX);
    tags
}

/// The paths that an event's metadata names.
pub(crate) fn named_paths(metadata: &Metadata) -> Vec<String> {
    let list = metadata.get("filePaths").and_then(Value::as_array);
    let paths = list.into_iter().flatten().filter_map(Value::as_str);
    paths.map(str::to_owned).collect()
}
