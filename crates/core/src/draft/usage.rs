//! Access to usage: answers of models, where they count, and the sums that follow.

use std::collections::BTreeMap;

use super::{Draft, Held, Step};
use crate::entity::Usage;
use crate::ids::{SessionId, TaskId};
use crate::rows::{UsageSelection, Writes};
use crate::time::Timestamp;
use crate::trash::TrashEntry;
use crate::usage::{
    Newest, UsageBucket, UsageHour, UsageId, UsageOrigin, UsageRecord, UsageRow, WAITING_MAX,
};
use crate::wire::Message;

impl Draft<'_> {
    /// Takes one telling of an answer.
    pub(crate) fn record_usage(&mut self, record: UsageRecord) -> Step<()> {
        let told = UsageRow::new(record, self.now);
        let known = self.usage(&told.id)?;
        let mut row = match &known {
            None => told,
            Some(known) => {
                let mut merged = known.clone();
                merged.merge(told);
                merged
            }
        };
        if known.as_ref() == Some(&row) {
            return Ok(());
        }
        let subagent = known.and_then(|known| known.subagent);
        if row.task_id.is_none() || row.subagent != subagent {
            self.place_usage(&mut row)?;
        }
        self.put_usage(row);
        Ok(())
    }

    /// Once everything is told: finds the places of what waited, and what counts.
    pub(super) fn settle_usage(&mut self) -> Step<()> {
        self.place_waiting_usage()?;
        for ((source, session), changed) in self.changed_usage() {
            self.recount(&source, &session, changed)?;
        }
        self.drop_waiting_usage()?;
        self.count_usage()
    }

    fn usage(&mut self, id: &UsageId) -> Step<Option<UsageRow>> {
        if !self.usage.contains_key(id) {
            let stored = self.rows.usage(id)?;
            self.usage.insert(id.clone(), Held::loaded(stored));
        }
        Ok(self.usage.get(id).and_then(|held| held.now.clone()))
    }

    fn put_usage(&mut self, row: UsageRow) {
        let held = self.usage.entry(row.id.clone());
        let held = held.or_insert_with(|| Held::loaded(None));
        held.dirty = held.before.as_ref() != Some(&row);
        held.now = Some(row);
    }

    /// The stored rows of an agent's session as they are now.
    fn stored_usage(
        &mut self,
        source: &str,
        runtime_session_id: &str,
        selection: &UsageSelection,
    ) -> Step<Vec<UsageRow>> {
        let stored = self
            .rows
            .usage_of_session(source, runtime_session_id, selection)?;
        let mut rows = Vec::with_capacity(stored.len());
        for row in stored {
            let held = self.usage.entry(row.id.clone());
            let held = held.or_insert_with(|| Held::loaded(Some(row)));
            rows.extend(held.now.clone());
        }
        Ok(rows)
    }

    /// Finds the task and session that an answer counts in. A subagent that is not known yet
    /// counts as its agent.
    fn place_usage(&mut self, row: &mut UsageRow) -> Step<()> {
        let mut binding = self.binding(&row.id.source, &row.runtime())?;
        if binding.is_none() {
            binding = self.binding(&row.id.source, &row.runtime_session_id)?;
        }
        if let Some(binding) = binding {
            row.session_id = self.session_at(&binding.task_id, row.at)?;
            row.task_id = Some(binding.task_id);
        }
        Ok(())
    }

    /// The session of a task that ran at a time: the last that had begun, else the first.
    fn session_at(&mut self, task: &TaskId, at: Timestamp) -> Step<Option<SessionId>> {
        let stored = self.rows.session_at(task, at)?;
        if let Some(row) = stored {
            let id = row.session.id.clone();
            let held = self.sessions.entry(id);
            held.or_insert_with(|| Held::loaded(Some(row)));
        }
        let sessions = self.sessions.values().filter_map(|held| held.now.as_ref());
        let mut begun: Vec<_> = sessions
            .map(|row| &row.session)
            .filter(|session| session.task_id == *task)
            .map(|session| (session.started_at, session.id.clone()))
            .collect();
        begun.sort();
        let last = begun.iter().rev().find(|(started, _)| *started <= at);
        Ok(last.or(begun.first()).map(|(_, id)| id.clone()))
    }

    /// The rows that this command changed, by the agents' sessions.
    fn changed_usage(&self) -> BTreeMap<(String, String), Vec<UsageRow>> {
        let dirty = self.usage.values().filter(|held| held.dirty);
        let mut sessions: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in dirty.filter_map(|held| held.now.as_ref()) {
            let session = (row.id.source.clone(), row.runtime_session_id.clone());
            sessions.entry(session).or_default().push(row.clone());
        }
        sessions
    }

    /// Finds again which tellings of a session count, beside what better origins tell of it.
    fn recount(
        &mut self,
        source: &str,
        runtime_session_id: &str,
        changed: Vec<UsageRow>,
    ) -> Step<()> {
        let mut newest = Newest::default();
        for origin in UsageOrigin::ALL {
            let stored = self.rows.newest_usage(source, runtime_session_id, origin)?;
            newest.note(origin, stored);
        }
        for row in &changed {
            newest.note(row.origin, Some(row.at));
        }
        let mut rows = changed;
        for origin in UsageOrigin::ALL {
            if let Some(until) = newest.covered_until(origin) {
                let selection = UsageSelection::Counted { origin, until };
                rows.extend(self.stored_usage(source, runtime_session_id, &selection)?);
            }
        }
        for mut row in rows {
            row.counted = !newest.covers(&row);
            self.put_usage(row);
        }
        Ok(())
    }

    /// Places what waited for the agents' sessions that this command made known.
    fn place_waiting_usage(&mut self) -> Step<()> {
        for (source, runtime) in self.new_bindings() {
            let of_subagent = runtime.rsplit_once('/').map(|(session, subagent)| {
                let selection = UsageSelection::Subagent(subagent.to_owned());
                (session.to_owned(), selection)
            });
            let (session, selection) = of_subagent.unwrap_or((runtime, UsageSelection::Waiting));
            for mut row in self.stored_usage(&source, &session, &selection)? {
                self.place_usage(&mut row)?;
                self.put_usage(row);
            }
        }
        Ok(())
    }

    fn new_bindings(&self) -> Vec<(String, String)> {
        let dirty = self.bindings.iter().filter(|(_, held)| held.dirty);
        let put = dirty.filter(|(_, held)| held.now.is_some());
        put.map(|(key, _)| key.clone()).collect()
    }

    /// Drops what has waited longest, where too much waits.
    fn drop_waiting_usage(&mut self) -> Step<()> {
        let waits = |row: &Option<UsageRow>| row.as_ref().is_some_and(|row| row.task_id.is_none());
        let more = |held: &Held<UsageRow>| waits(&held.now) && !waits(&held.before);
        let new = self.usage.values().filter(|held| more(held)).count();
        if new == 0 {
            return Ok(());
        }
        let kept = WAITING_MAX.saturating_sub(new);
        for id in self.rows.usage_waiting_beyond(kept)? {
            let held = self.usage.entry(id);
            held.or_insert(Held {
                before: None,
                now: None,
                dirty: true,
            });
        }
        Ok(())
    }

    /// Adds what changed to the tasks, and announces them.
    fn count_usage(&mut self) -> Step<()> {
        let mut changes: BTreeMap<TaskId, Usage> = BTreeMap::new();
        for (bucket, change) in bucket_changes(&self.usage) {
            changes.entry(bucket.task_id).or_default().add(change, 1);
        }
        changes.retain(|_, change| !change.is_nothing());
        for (task, change) in changes {
            // Of one session some answers may count in a task that is in the trash.
            let Some(row) = self.stored_task_mut(&task)? else {
                continue;
            };
            let mut usage = row.task.usage.unwrap_or_default();
            usage.add(change, 1);
            row.task.usage = Some(usage).filter(|usage| !usage.is_nothing());
            let task = row.task.clone();
            self.announce(Message::TaskUpdated(task));
        }
        Ok(())
    }

    /// What a task used goes with it (-1), or comes back with it (1).
    pub(super) fn move_usage(&mut self, task: &TaskId, times: i64) -> Step<()> {
        for (bucket, used) in self.rows.usage_of_task(task)? {
            let mut usage = Usage::default();
            usage.add(used, times);
            self.moved_usage.push((bucket.hour, usage));
        }
        Ok(())
    }
}

type HeldUsage = BTreeMap<UsageId, Held<UsageRow>>;

/// What each sum gains or loses.
fn bucket_changes(rows: &HeldUsage) -> BTreeMap<UsageBucket, Usage> {
    let mut changes: BTreeMap<UsageBucket, Usage> = BTreeMap::new();
    for held in rows.values().filter(|held| held.dirty) {
        for (row, times) in [(&held.before, -1), (&held.now, 1)] {
            let Some(row) = row else { continue };
            if let Some(bucket) = row.bucket() {
                changes.entry(bucket).or_default().add(row.usage(), times);
            }
        }
    }
    changes.retain(|_, change| !change.is_nothing());
    changes
}

/// Turns the rows into what is to be written. What tasks in the trash use is in no sum over all.
pub(super) fn write_usage(
    rows: HeldUsage,
    moved: Vec<(UsageHour, Usage)>,
    trash: &BTreeMap<TaskId, Option<TrashEntry>>,
    writes: &mut Writes,
) {
    let mut hours: BTreeMap<UsageHour, Usage> = BTreeMap::new();
    for (hour, usage) in moved {
        hours.entry(hour).or_default().add(usage, 1);
    }
    let buckets = bucket_changes(&rows);
    let counted = buckets
        .iter()
        .filter(|(bucket, _)| !trash.contains_key(&bucket.task_id));
    for (bucket, change) in counted {
        let hour = hours.entry(bucket.hour.clone());
        hour.or_default().add(*change, 1);
    }
    hours.retain(|_, change| !change.is_nothing());
    writes.usage_buckets = buckets.into_iter().collect();
    writes.usage_hours = hours.into_iter().collect();
    for (id, held) in rows.into_iter().filter(|(_, held)| held.dirty) {
        match held.now {
            Some(row) => writes.usage.push(row),
            None => writes.dropped_usage.push(id),
        }
    }
}
