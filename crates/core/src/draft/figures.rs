//! Counting what events bring, as they are stored.

use serde_json::Value;

use super::events::named_paths;
use super::{Draft, Step};
use crate::entity::{Event, Metadata};
use crate::figures::phase_after;
use crate::ids::TaskId;
use crate::rows::{EventRow, MarkKind};
use crate::vocabulary::EventKind;

impl Draft<'_> {
    /// Counts a new event in its task and its session.
    pub(super) fn count_new(&mut self, row: &mut EventRow) -> Step<()> {
        self.count_time(&row.event)?;
        let (now, event) = (self.now, &row.event);
        let task = self.task_mut(&event.task_id)?;
        task.task.last_activity_at = task.task.last_activity_at.max(now);
        task.figures
            .count_kind(event.kind, &event.classification, &event.metadata);
        self.count_tags(&event.task_id, &event.classification.tags)?;
        if !is_derived(event) {
            self.count_paths(&event.task_id, &named_paths(&event.metadata))?;
        }
        self.count_items(event)?;
        self.count_tool_time(event, None)?;
        self.count_links(row)
    }

    /// Counts what an event has now and did not have before.
    pub(super) fn count_edit(&mut self, before: &Event, event: &Event) -> Step<()> {
        let tags = added(&before.classification.tags, &event.classification.tags);
        self.count_tags(&event.task_id, &tags)?;
        let paths = added(
            &named_paths(&before.metadata),
            &named_paths(&event.metadata),
        );
        self.count_paths(&event.task_id, &paths)?;
        self.count_items(event)?;
        self.count_tool_time(event, Some(before))?;
        self.count_new_links(before, event)
    }

    /// Gives the time since the session's last event to that event's phase.
    fn count_time(&mut self, event: &Event) -> Step<()> {
        let session_id = match &event.session_id {
            Some(id) => Some(id.clone()),
            None => self.running_sessions(&event.task_id)?.into_iter().next(),
        };
        let Some(session_id) = session_id else {
            return Ok(());
        };
        let now = self.now;
        let session = self.session_mut(&session_id)?;
        session.events += 1;
        if session.session.ended_at.is_some() {
            return Ok(());
        }
        let tail = session.tail(now);
        session.last_at = session.last_at.max(now);
        session.last_phase = phase_after(event.kind, event.lane, &event.metadata);
        self.task_mut(&event.task_id)?.figures.add_time(tail);
        Ok(())
    }

    fn count_tags(&mut self, task: &TaskId, tags: &[String]) -> Step<()> {
        for tag in tags {
            let count = self.count(task, MarkKind::Tag, tag)?;
            self.task_mut(task)?.figures.top_tags.touch(tag, count);
        }
        Ok(())
    }

    fn count_paths(&mut self, task: &TaskId, paths: &[String]) -> Step<()> {
        for path in paths {
            let count = self.count(task, MarkKind::Path, path)?;
            let figures = &mut self.task_mut(task)?.figures;
            figures.paths += i64::from(count == 1);
            figures.top_paths.touch(path, count);
        }
        Ok(())
    }

    /// Questions and to-do items: distinct ones, and distinct ones that are settled.
    fn count_items(&mut self, event: &Event) -> Step<()> {
        let (kind, id, settled) = match event.kind {
            EventKind::QuestionLogged => (
                MarkKind::Question,
                text(&event.metadata, "questionId"),
                text(&event.metadata, "questionPhase") == Some("concluded"),
            ),
            EventKind::TodoLogged => (
                MarkKind::Todo,
                text(&event.metadata, "todoId"),
                text(&event.metadata, "todoState") == Some("completed"),
            ),
            _ => return Ok(()),
        };
        let Some(id) = id else { return Ok(()) };
        let known = self.mark(&event.task_id, kind, id)?;
        let is_new = known.is_none();
        let mut mark = known.unwrap_or_default();
        let newly_settled = settled && mark.count == 0;
        // A later move of the item may name only its id: keep what it says, once that is known.
        let says_it = event.metadata.contains_key("todoTitle")
            || text(&event.metadata, "todoState") == Some("added");
        let newly_said = mark.note.is_none() && says_it;
        if !is_new && !newly_settled && !newly_said {
            return Ok(());
        }
        mark.count = i64::from(settled || mark.count > 0);
        mark.note = mark.note.or_else(|| says_it.then(|| event.title.clone()));
        self.settle_item(event, kind, is_new, newly_settled)?;
        self.put_mark(&event.task_id, kind, id, mark);
        Ok(())
    }

    fn settle_item(
        &mut self,
        event: &Event,
        kind: MarkKind,
        is_new: bool,
        settled: bool,
    ) -> Step<()> {
        let figures = &mut self.task_mut(&event.task_id)?.figures;
        let (all, done) = if kind == MarkKind::Question {
            (&mut figures.questions, &mut figures.questions_closed)
        } else {
            (&mut figures.todos, &mut figures.todos_completed)
        };
        *all += i64::from(is_new);
        *done += i64::from(settled);
        Ok(())
    }

    fn count_tool_time(&mut self, event: &Event, before: Option<&Event>) -> Step<()> {
        let millis = |event: &Event| {
            let said = event.metadata.get("durationMs").and_then(Value::as_i64);
            said.unwrap_or(0).clamp(0, DURATION_MILLIS_MAX)
        };
        let more = millis(event) - before.map_or(0, millis);
        if more != 0 {
            self.task_mut(&event.task_id)?.figures.tool_ms += more;
        }
        Ok(())
    }
}

/// The longest duration of one call that is believed: thirty days.
const DURATION_MILLIS_MAX: i64 = 30 * 24 * 3_600_000;

fn is_derived(event: &Event) -> bool {
    event.kind == EventKind::FileChanged && event.metadata.contains_key("sourceEventId")
}

fn text<'a>(metadata: &'a Metadata, key: &str) -> Option<&'a str> {
    metadata.get(key).and_then(Value::as_str)
}

fn added(before: &[String], now: &[String]) -> Vec<String> {
    now.iter()
        .filter(|name| !before.contains(name))
        .cloned()
        .collect()
}
