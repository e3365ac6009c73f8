//! A client that knows nothing but the messages: what it holds must be what is stored.

use std::collections::BTreeMap;

use agent_tracer_core::entity::{Bookmark, Event, Session, Task};
use agent_tracer_core::ids::{BookmarkId, SessionId, TaskId};
use agent_tracer_core::memory::Memory;
use agent_tracer_core::wire::Message;

/// See the module.
#[derive(Default)]
pub(crate) struct Client {
    tasks: BTreeMap<TaskId, Task>,
    sessions: BTreeMap<SessionId, Session>,
    events: Vec<Event>,
    bookmarks: BTreeMap<BookmarkId, Bookmark>,
}

impl Client {
    pub(crate) fn take(&mut self, message: &Message) {
        match message {
            Message::Snapshot { .. } => unreachable!("no command sends a snapshot"),
            Message::TaskStarted(task)
            | Message::TaskCompleted(task)
            | Message::TaskUpdated(task) => {
                self.tasks.insert(task.id.clone(), task.clone());
            }
            Message::TaskDeleted { task_id } => self.forget(task_id),
            Message::TasksPurged { count, task_ids } => {
                assert_eq!(*count, task_ids.len());
                for task in task_ids {
                    self.forget(task);
                }
            }
            Message::SessionStarted(session) | Message::SessionEnded(session) => {
                self.sessions.insert(session.id.clone(), session.clone());
            }
            Message::EventLogged(event) => self.events.push(event.clone()),
            Message::EventUpdated(event) => self.change(event),
            Message::BookmarkSaved(bookmark) => {
                self.bookmarks.insert(bookmark.id.clone(), bookmark.clone());
            }
            Message::BookmarkDeleted { bookmark_id } => {
                self.bookmarks.remove(bookmark_id);
            }
        }
    }

    /// Reads a task that came back: only what is announced of it comes by itself.
    pub(crate) fn read(&mut self, task: &TaskId, rows: &Memory) {
        let sessions = rows.sessions.values().map(|row| &row.session);
        let of_task = sessions.filter(|session| session.task_id == *task);
        let sessions = of_task.map(|session| (session.id.clone(), session.clone()));
        self.sessions.extend(sessions);
        let mut known = std::mem::take(&mut self.events);
        let stored = rows.event_order.iter().map(|id| &rows.events[id].event);
        known.extend(stored.filter(|event| event.task_id == *task).cloned());
        let place = |event: &Event| rows.event_order.iter().position(|id| *id == event.id);
        known.sort_by_key(place);
        self.events = known;
    }

    fn change(&mut self, event: &Event) {
        let known = self.events.iter_mut().find(|known| known.id == event.id);
        *known.expect("only a known event is updated") = event.clone();
    }

    fn forget(&mut self, task: &TaskId) {
        assert!(self.tasks.remove(task).is_some(), "a known task is deleted");
        self.sessions.retain(|_, session| session.task_id != *task);
        self.events.retain(|event| event.task_id != *task);
        self.bookmarks
            .retain(|_, bookmark| bookmark.task_id != *task);
    }

    /// Compares with what is stored. What moves without a message is left out: some times, and the
    /// titles that bookmarks are joined with.
    pub(crate) fn check(&self, rows: &Memory) {
        let stored: Vec<_> = rows.tasks.values().map(|row| timeless(&row.task)).collect();
        let held: Vec<_> = self.tasks.values().map(timeless).collect();
        assert_eq!(held, stored);
        let stored: Vec<_> = rows.sessions.values().map(|row| &row.session).collect();
        assert_eq!(self.sessions.values().collect::<Vec<_>>(), stored);
        let stored = rows.event_order.iter().map(|id| &rows.events[id].event);
        assert!(self.events.iter().eq(stored), "events differ");
        let stored: Vec<_> = rows.bookmarks.values().map(unjoined).collect();
        let held: Vec<_> = self.bookmarks.values().map(unjoined).collect();
        assert_eq!(held, stored);
    }
}

fn unjoined(bookmark: &Bookmark) -> Bookmark {
    Bookmark {
        task_title: None,
        event_title: None,
        ..bookmark.clone()
    }
}

fn timeless(task: &Task) -> Task {
    Task {
        updated_at: task.created_at,
        last_activity_at: task.created_at,
        last_session_started_at: None,
        ..task.clone()
    }
}
