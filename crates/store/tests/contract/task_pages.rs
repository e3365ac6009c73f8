//! The list of tasks, and the snapshot.

use agent_tracer_core::entity::Task;
use agent_tracer_core::task_filter::TaskFilter;
use agent_tracer_core::vocabulary::TaskStatus;
use agent_tracer_store::{Cursor, Seq, TaskPage};

use super::commands::{complete, log, start, start_in};
use super::store::Store;

super::for_every_store!(
    an_empty_store_has_an_empty_page,
    the_most_recently_active_come_first,
    equal_times_are_told_apart_by_id,
    the_last_page_says_so,
    tasks_in_a_state_are_found_however_old,
    tasks_that_fit_are_paged_and_counted,
    folders_are_counted,
    a_cursor_survives_its_text,
    the_snapshot_is_the_overview_and_the_tasks,
);

fn names(tasks: &[Task]) -> Vec<&str> {
    tasks.iter().map(|task| task.id.as_str()).collect()
}

fn page(store: &mut Store, limit: usize, before: Option<&Cursor>) -> TaskPage {
    store.read(|store| store.tasks(Some(limit), before)).1
}

/// Every page of the list, each cursor through its text as a client sends it back.
fn pages(store: &mut Store, limit: usize) -> Vec<Vec<String>> {
    let (mut pages, mut before) = (Vec::new(), None);
    loop {
        let page = page(store, limit, before.as_ref());
        pages.push(page.tasks.iter().map(|task| task.id.to_string()).collect());
        assert!(pages.len() < 100, "pages without end");
        let Some(cursor) = page.before else {
            return pages;
        };
        before = Some(cursor.to_string().parse().unwrap());
    }
}

fn an_empty_store_has_an_empty_page(store: &mut Store) {
    assert_eq!(page(store, 5, None), TaskPage::default());
    let (seq, page) = store.read(|store| store.tasks(None, None));
    assert_eq!((seq, page), (Seq(0), TaskPage::default()));
}

fn the_most_recently_active_come_first(store: &mut Store) {
    for task in ["a", "b", "c"] {
        store.wait(1_000);
        store.done(start(task));
    }
    store.wait(1_000);
    store.done(log("a", "alive"));
    assert_eq!(names(&page(store, 9, None).tasks), ["a", "c", "b"]);
    assert_eq!(pages(store, 2), [vec!["a", "c"], vec!["b"]]);
}

fn equal_times_are_told_apart_by_id(store: &mut Store) {
    store.commit(["b", "d", "a", "c", "e"].map(start).to_vec());
    let all = [vec!["e"], vec!["d"], vec!["c"], vec!["b"], vec!["a"]];
    assert_eq!(pages(store, 1), all);
    assert_eq!(pages(store, 2), [vec!["e", "d"], vec!["c", "b"], vec!["a"]]);
}

fn the_last_page_says_so(store: &mut Store) {
    store.commit(["a", "b", "c", "d"].map(start).to_vec());
    assert_eq!(pages(store, 2), [vec!["d", "c"], vec!["b", "a"]]);
    assert_eq!(pages(store, 4).len(), 1);
    assert_eq!(pages(store, usize::MAX).len(), 1);
    let end = Cursor {
        at: 0,
        row: String::new(),
    };
    assert_eq!(page(store, 2, Some(&end)), TaskPage::default());
}

fn tasks_that_fit_are_paged_and_counted(store: &mut Store) {
    for task in ["a", "b", "c", "d", "e"] {
        store.wait(1_000);
        store.done(start(task));
    }
    store.commit(["b", "d"].map(complete).to_vec());
    let filter = TaskFilter {
        statuses: vec![TaskStatus::Running],
        ..TaskFilter::default()
    };
    let fitting = |store: &mut Store, filter: &TaskFilter, before: Option<&Cursor>| {
        store.read(|store| store.tasks_fitting(filter, 2, before)).1
    };
    let first = fitting(store, &filter, None);
    assert_eq!((names(&first.page.tasks), first.total), (vec!["e", "c"], 3));
    let rest = fitting(store, &filter, first.page.before.as_ref());
    assert_eq!((names(&rest.page.tasks), rest.total), (vec!["a"], 3));
    assert_eq!(rest.page.before, None);
    let recent = TaskFilter {
        from: Some(first.page.tasks[1].last_activity_at),
        ..filter
    };
    assert_eq!(fitting(store, &recent, None).total, 2);
}

fn folders_are_counted(store: &mut Store) {
    store.done(start_in("a", Some("/one")));
    store.wait(1_000);
    store.done(start_in("b", Some("/two")));
    store.wait(1_000);
    store.done(start_in("c", Some("/one")));
    store.done(start_in("d", None));
    let now = store.now();
    let (_, folders) = store.read(|store| store.workspaces());
    let folders: Vec<_> = folders
        .iter()
        .map(|it| (it.path.as_str(), it.tasks, it.last_activity_at == now))
        .collect();
    assert_eq!(folders, [("/one", 2, true), ("/two", 1, false)]);
}

fn a_cursor_survives_its_text(store: &mut Store) {
    store.commit(["x-1-2", "x-1", "-", "é—1", "5-x"].map(start).to_vec());
    let one_by_one: Vec<String> = pages(store, 1).into_iter().flatten().collect();
    let (_, all) = store.read(|store| store.tasks(None, None));
    assert_eq!(one_by_one, names(&all.tasks));
    for bad in ["", "x", "1", "x-1", "99999999999999999999-a"] {
        assert!(bad.parse::<Cursor>().is_err(), "{bad:?}");
    }
}

fn the_snapshot_is_the_overview_and_the_tasks(store: &mut Store) {
    store.commit(vec![start("a"), start("b"), start("c"), log("a", "1")]);
    store.wait(60_000);
    store.commit(vec![complete("b")]);
    let now = store.now();
    let (seq, stats, tasks) = store.read(|store| store.snapshot(now));
    let (of_overview, overview, observability) = store.read(|store| store.overview(now));
    let (of_tasks, page) = store.read(|store| store.tasks(None, None));
    assert_eq!((seq, seq, seq), (of_overview, of_tasks, Seq(5)));
    assert_eq!((&stats, &tasks), (&overview, &page.tasks));
    assert_eq!((stats.total_tasks, stats.running_tasks), (3, 2));
    assert_eq!((stats.completed_tasks, stats.total_events), (1, 5));
    assert_eq!(observability.stale_running_tasks, 0);
    store.wait(31 * 60_000);
    let now = store.now();
    let (_, _, observability) = store.read(|store| store.overview(now));
    assert_eq!(observability.stale_running_tasks, 2);
}

fn tasks_in_a_state_are_found_however_old(store: &mut Store) {
    store.commit(["a", "b", "c", "d"].map(start).to_vec());
    store.done(complete("b"));
    store.wait(1_000);
    store.done(log("c", "alive"));
    let mut of = |status, limit| store.read(move |store| store.tasks_in(status, limit)).1;
    assert_eq!(names(&of(TaskStatus::Running, 9)), ["c", "d", "a"]);
    assert_eq!(names(&of(TaskStatus::Running, 1)), ["c"]);
    assert_eq!(names(&of(TaskStatus::Completed, 9)), ["b"]);
    assert_eq!(names(&of(TaskStatus::Waiting, 9)), [""; 0]);
}
