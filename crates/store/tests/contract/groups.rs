//! Groups of commands: numbers, and what one command does to the others.

use agent_tracer_core::command::{Command, Reply, UpdateTask};
use agent_tracer_core::wire::Message;
use agent_tracer_store::{Committed, Outcome, Seq};

use super::commands::{complete, id, log, log_with, start, start_under};
use super::store::Store;

super::for_every_store!(
    numbers_rise_by_one,
    a_command_that_changes_nothing_takes_no_number,
    an_announcement_without_a_change_takes_a_number,
    a_rejected_command_changes_nothing,
    commands_of_a_group_see_each_other,
    an_empty_group_is_nothing,
    a_key_is_taken_only_once_in_a_group,
    the_clock_is_read_once_per_command,
);

fn seqs(outcomes: &[Outcome]) -> Vec<Option<u64>> {
    let seq = |committed: &Committed| committed.seq.map(|Seq(seq)| seq);
    let of = |outcome: &Outcome| outcome.as_ref().ok().and_then(seq);
    outcomes.iter().map(of).collect()
}

fn numbers_rise_by_one(store: &mut Store) {
    assert_eq!(store.seq(), Seq(0));
    let outcomes = store.commit(vec![start("a"), log("a", "1"), log("a", "2")]);
    assert_eq!(seqs(&outcomes), [Some(1), Some(2), Some(3)]);
    assert_eq!(store.seq(), Seq(3));
    assert_eq!(seqs(&store.commit(vec![start("b")])), [Some(4)]);
    assert_eq!(store.seq(), Seq(4));
}

fn same_title(task: &str) -> Command {
    Command::UpdateTask(UpdateTask {
        task_id: id(task),
        title: Some(format!("Work on {task}")),
        status: None,
    })
}

fn a_command_that_changes_nothing_takes_no_number(store: &mut Store) {
    let outcomes = store.commit(vec![start("a"), same_title("a"), log("a", "1")]);
    assert_eq!(seqs(&outcomes), [Some(1), None, Some(2)]);
    let alone = store.done(same_title("a"));
    assert_eq!((alone.seq, alone.messages), (None, vec![]));
    assert_eq!(store.seq(), Seq(2));
}

fn an_announcement_without_a_change_takes_a_number(store: &mut Store) {
    let purged = store.done(Command::DeleteFinishedTasks(None));
    assert_eq!(purged.seq, Some(Seq(1)));
    assert!(matches!(
        &purged.messages[..],
        [Message::TasksPurged { count: 0, .. }]
    ));
    assert_eq!(store.seq(), Seq(1));
}

fn a_rejected_command_changes_nothing(store: &mut Store) {
    let outcomes = store.commit(vec![
        start("a"),
        log("nowhere", "lost"),
        start_under("b", "nowhere"),
        log("a", "kept"),
    ]);
    assert_eq!(seqs(&outcomes), [Some(1), None, None, Some(2)]);
    assert!(outcomes[1].is_err() && outcomes[2].is_err());
    assert_eq!(store.refused(log("nowhere", "lost")), "task_not_found");
    assert_eq!(store.seq(), Seq(2));
    let now = store.now();
    let (_, stats, _) = store.read(|store| store.overview(now));
    assert_eq!((stats.total_tasks, stats.total_events), (1, 2));
    assert_eq!(store.read(|store| store.task(&id("b"))), None);
}

fn commands_of_a_group_see_each_other(store: &mut Store) {
    let outcomes = store.commit(vec![
        start("a"),
        start_under("b", "a"),
        complete("a"),
        Command::DeleteTask(id("a")),
        log("b", "too late"),
        start("a"),
    ]);
    assert_eq!(
        seqs(&outcomes),
        [Some(1), Some(2), Some(3), Some(4), None, Some(5)]
    );
    let page = store.read(|store| store.timeline(&id("a"), 10, None));
    let events = page.unwrap().2.events;
    assert_eq!(events.len(), 1, "the second life of a begins empty");
}

fn an_empty_group_is_nothing(store: &mut Store) {
    assert!(store.commit(vec![]).is_empty());
    assert_eq!(store.seq(), Seq(0));
}

fn a_key_is_taken_only_once_in_a_group(store: &mut Store) {
    let once = || log_with("a", "once", |log| log.once = Some("key".to_owned()));
    let outcomes = store.commit(vec![start("a"), once(), once()]);
    assert_eq!(seqs(&outcomes), [Some(1), Some(2), None]);
    let again = store.done(once());
    assert!(matches!(again.reply, Reply::Envelope { events, .. } if events.is_empty()));
    assert_eq!(store.seq(), Seq(2));
}

fn the_clock_is_read_once_per_command(store: &mut Store) {
    store.done(start("a"));
    store.wait(7);
    let committed = store.done(log("a", "later"));
    let event = &super::commands::logged(&committed)[0];
    assert_eq!(event.created_at, store.now());
}
