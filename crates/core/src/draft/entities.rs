//! Access to bindings, bookmarks, marks and deliveries.

use super::{Draft, Held, Step};
use crate::command::Rejection;
use crate::entity::{Bookmark, Evaluation};
use crate::ids::{BookmarkId, EventId, TaskId};
use crate::rows::{Binding, Mark, MarkKind, TranscriptRow};

impl Draft<'_> {
    /// A fresh id.
    pub(crate) fn next_id(&mut self) -> String {
        self.ids.next_id()
    }

    pub(crate) fn binding(&mut self, source: &str, runtime: &str) -> Step<Option<Binding>> {
        let key = (source.to_owned(), runtime.to_owned());
        if !self.bindings.contains_key(&key) {
            let row = self.rows.binding(source, runtime)?;
            self.bindings.insert(key.clone(), Held::loaded(row));
        }
        let binding = self.bindings.get(&key).and_then(|held| held.now.clone());
        match binding {
            Some(binding) if self.is_there(&binding.task_id)? => Ok(Some(binding)),
            _ => Ok(None),
        }
    }

    pub(crate) fn put_binding(&mut self, binding: Binding) {
        let key = (binding.source.clone(), binding.runtime_session_id.clone());
        self.bindings.insert(
            key,
            Held {
                before: None,
                now: Some(binding),
                dirty: true,
            },
        );
    }

    pub(crate) fn remove_binding(&mut self, source: &str, runtime: &str) {
        let key = (source.to_owned(), runtime.to_owned());
        self.bindings.insert(
            key,
            Held {
                before: None,
                now: None,
                dirty: true,
            },
        );
    }

    pub(crate) fn bookmark_at(
        &mut self,
        task: &TaskId,
        event: Option<&EventId>,
    ) -> Step<Option<Bookmark>> {
        Ok(self.rows.bookmark_at(task, event)?)
    }

    pub(crate) fn put_bookmark(&mut self, bookmark: Bookmark) {
        let held = Held {
            before: None,
            now: Some(bookmark.clone()),
            dirty: true,
        };
        self.bookmarks.insert(bookmark.id, held);
    }

    pub(crate) fn remove_bookmark(&mut self, id: &BookmarkId) -> Step<()> {
        self.rows.bookmark(id)?.ok_or(Rejection::BookmarkNotFound)?;
        self.put_no_bookmark(id);
        Ok(())
    }

    pub(crate) fn put_evaluation(&mut self, evaluation: Evaluation) {
        let task = evaluation.task_id.clone();
        self.evaluations.insert(task, Some(evaluation));
    }

    /// Takes a delivery; says whether it comes for the first time.
    pub(crate) fn take_delivery(&mut self, delivery: String) -> Step<bool> {
        let is_new = !self.rows.is_delivered(&delivery)?;
        if is_new {
            self.deliveries.push((delivery, self.received_at));
        }
        Ok(is_new)
    }

    /// Remembers how far transcripts were read.
    pub(crate) fn put_transcripts(&mut self, rows: Vec<TranscriptRow>) {
        self.transcripts.extend(rows);
    }

    pub(crate) fn mark(&mut self, task: &TaskId, kind: MarkKind, name: &str) -> Step<Option<Mark>> {
        let key = (task.clone(), kind, name.to_owned());
        if let Some((mark, _)) = self.marks.get(&key) {
            return Ok(mark.clone());
        }
        let mark = if self.is_new(task) {
            None
        } else {
            self.rows.mark(task, kind, name)?
        };
        self.marks.insert(key, (mark.clone(), false));
        Ok(mark)
    }

    pub(crate) fn put_mark(&mut self, task: &TaskId, kind: MarkKind, name: &str, mark: Mark) {
        self.marks
            .insert((task.clone(), kind, name.to_owned()), (Some(mark), true));
    }

    pub(crate) fn remove_mark(&mut self, task: &TaskId, kind: MarkKind, name: &str) {
        self.marks
            .insert((task.clone(), kind, name.to_owned()), (None, true));
    }

    /// All marks of a kind as they are now, by name.
    pub(crate) fn marks(&mut self, task: &TaskId, kind: MarkKind) -> Step<Vec<(String, Mark)>> {
        for (name, mark) in self.rows.marks(task, kind)? {
            self.marks
                .entry((task.clone(), kind, name))
                .or_insert((Some(mark), false));
        }
        let of_kind = self
            .marks
            .iter()
            .filter(|((of, k, _), _)| of == task && *k == kind);
        Ok(of_kind
            .filter_map(|((_, _, name), (mark, _))| Some((name.clone(), mark.clone()?)))
            .collect())
    }

    /// Counts `name` once more; gives the new count.
    pub(crate) fn count(&mut self, task: &TaskId, kind: MarkKind, name: &str) -> Step<i64> {
        let mut mark = self.mark(task, kind, name)?.unwrap_or_default();
        mark.count += 1;
        let count = mark.count;
        self.put_mark(task, kind, name, mark);
        Ok(count)
    }
}
