//! What has to be looked after.

use agent_tracer_core::command::Command;
use agent_tracer_core::report::{Delivery, What};
use agent_tracer_store::Watched;

use super::commands::start;
use super::reports::report;
use super::store::Store;

super::for_every_store!(
    only_running_tasks_that_hooks_tell_of_are_watched,
    a_run_is_watched_by_its_process_until_it_ends,
);

fn watched(store: &mut Store) -> Watched {
    store.read(|store| store.watched())
}

fn told(what: What, process: Option<&str>) -> Command {
    let mut report = report(0, 0, 0);
    report.what = what;
    Command::Report(Box::new(Delivery {
        process: process.map(str::to_owned),
        ..report.into()
    }))
}

fn prompted(process: Option<&str>) -> Command {
    let what = What::Prompted {
        text: "go".to_owned(),
        by_person: true,
        title: "go".to_owned(),
        metadata: agent_tracer_core::entity::Metadata::new(),
    };
    told(what, process)
}

fn ended() -> Command {
    let what = What::SessionEnded {
        reason: "exit".to_owned(),
        metadata: agent_tracer_core::entity::Metadata::new(),
    };
    told(what, None)
}

fn only_running_tasks_that_hooks_tell_of_are_watched(store: &mut Store) {
    store.done(start("by-hand"));
    assert_eq!(watched(store), Watched::default());
    store.done(prompted(None));
    let seen = watched(store);
    assert_eq!((seen.tasks.len(), seen.runs.len()), (1, 0));
    assert!(seen.tasks[0].activity.is_some());
    store.done(ended());
    assert_eq!(watched(store), Watched::default());
}

fn a_run_is_watched_by_its_process_until_it_ends(store: &mut Store) {
    store.done(prompted(Some("process-1")));
    let runs = watched(store).runs;
    let run = (
        runs[0].runtime_session_id.as_str(),
        runs[0].process.as_str(),
    );
    assert_eq!(run, ("run-0", "process-1"));
    store.done(prompted(None));
    assert_eq!(
        watched(store).runs,
        runs,
        "who does not say does not take it back"
    );
    store.done(prompted(Some("process-2")));
    assert_eq!(watched(store).runs[0].process, "process-2");
    store.done(ended());
    assert_eq!(watched(store).runs, []);
}
