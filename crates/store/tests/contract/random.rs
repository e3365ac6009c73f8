//! Whatever is asked of them, memory and `SQLite` answer the same.

use agent_tracer_core::entity::{Event, Task};
use agent_tracer_store::Read;
use proptest::collection::vec;
use proptest::prelude::*;

use super::operation::{Known, Operation, command};
use super::store::Store;

/// How the clock moves between groups: not at all, by a little, by a lot, back.
const STEPS: [i64; 6] = [0, 0, 1, 45_000, 40 * 60_000, -90_000];

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn memory_and_sqlite_agree(
        groups in vec((0..STEPS.len(), vec(any::<Operation>(), 1..12)), 1..16),
        reopens in any::<bool>(),
    ) {
        let mut model = Store::memory();
        let mut sqlite = if reopens { Store::reopened() } else { Store::sqlite() };
        let mut known = Known::default();
        for (step, operations) in groups {
            model.wait(STEPS[step]);
            sqlite.wait(STEPS[step]);
            let group: Vec<_> = operations.iter().map(|it| command(*it, &known)).collect();
            let expected = model.commit(group.clone());
            let outcomes = sqlite.commit(group);
            prop_assert_eq!(format!("{expected:#?}"), format!("{outcomes:#?}"));
            known.learn(&expected);
            // First some rows of emptied tasks go, so that commands meet what is left of others.
            while sqlite.sweep(5) {}
            prop_assert_eq!(view(&mut model, &known), view(&mut sqlite, &known));
        }
    }
}

/// Everything that can be seen of a store, as text.
fn view(store: &mut Store, known: &Known) -> String {
    let now = store.now();
    store.read(|store| {
        let (overview, snapshot) = (store.overview(now)?, store.snapshot(now)?);
        let bookmarks = store.bookmarks(None)?;
        let usage = store.usage(0..=i64::MAX)?;
        let history = store.history(0..=i64::MAX)?;
        let trash = (store.trash(now)?, store.is_trash_due(now)?);
        let finished = (store.finished(None)?, store.finished(Some(now))?);
        let events: Vec<_> = known
            .events
            .iter()
            .map(|id| (store.event(id).unwrap(), store.payloads(id).unwrap()))
            .collect();
        let mut tasks = Vec::new();
        for task in &snapshot.2 {
            let mut whole: Vec<Event> = Vec::new();
            let visited = store.visit_timeline(&task.id, &mut |event| {
                whole.push(event);
                true
            })?;
            assert_eq!(whole, paged(store, task, 2));
            assert_eq!(whole, paged(store, task, whole.len().max(1)));
            let figures = store.observability(&task.id, now)?;
            let bookmarks = store.bookmarks(Some(&task.id))?;
            let usage = store.task_usage(&task.id)?;
            tasks.push((
                store.task(&task.id)?,
                visited,
                whole,
                figures,
                bookmarks,
                usage,
            ));
        }
        assert_eq!(snapshot.2, paged_tasks(store, 1));
        assert_eq!(snapshot.2, paged_tasks(store, 2));
        Ok(format!(
            "{overview:#?}\n{snapshot:#?}\n{bookmarks:#?}\n{usage:#?}\n{history:#?}\n{trash:#?}\n{finished:#?}\n\
             {events:#?}\n{tasks:#?}"
        ))
    })
}

fn paged(store: &dyn Read, task: &Task, limit: usize) -> Vec<Event> {
    let (mut events, mut before) = (Vec::new(), None);
    loop {
        let page = store.timeline(&task.id, limit, before.as_ref()).unwrap();
        let mut page = page.unwrap().2;
        page.events.append(&mut events);
        events = page.events;
        before = page.before;
        assert!(events.len() < 10_000, "pages without end");
        if before.is_none() {
            return events;
        }
    }
}

fn paged_tasks(store: &dyn Read, limit: usize) -> Vec<Task> {
    let (mut tasks, mut before) = (Vec::new(), None);
    loop {
        let (_, page) = store.tasks(Some(limit), before.as_ref()).unwrap();
        tasks.extend(page.tasks);
        before = page.before;
        if before.is_none() {
            return tasks;
        }
    }
}
