//! One command that cannot be stored, or meets a row that cannot be read, does not take the
//! others of its group with it.

use agent_tracer_core::ids::{EventId, IdSource, TaskId};
use agent_tracer_core::time::Timestamp;
use agent_tracer_store::{Outcome, Read as _, Refused, Seq, StoreError, Write as _};
use rusqlite::Connection;

use super::place::{NOW, Opened, Place, log, start};

/// Gives the ids it was told to give.
struct Ids(Vec<&'static str>);

impl IdSource for Ids {
    fn next_id(&mut self) -> String {
        self.0.remove(0).to_owned()
    }
}

fn seqs(outcomes: &[Outcome]) -> Vec<Option<Seq>> {
    let seq = |outcome: &Outcome| outcome.as_ref().ok().and_then(|committed| committed.seq);
    outcomes.iter().map(seq).collect()
}

fn failure(outcome: &Outcome) -> &StoreError {
    match outcome {
        Err(Refused::Failed(error)) => error,
        other => panic!("did not fail: {other:?}"),
    }
}

fn event_ids(opened: &Opened, task: &str) -> Vec<EventId> {
    let page = opened
        .readers
        .with(|reader| reader.timeline(&TaskId::new(task), 99, None));
    page.unwrap()
        .unwrap()
        .2
        .events
        .into_iter()
        .map(|event| event.id)
        .collect()
}

#[test]
fn a_command_that_cannot_be_written_is_undone_alone() {
    let place = Place::new();
    let mut opened = place.open();
    let mut ids = Ids(vec!["session", "e1", "e2", "e1", "e3"]);
    let group = vec![start("a"), log("a", 1), log("a", 2), log("a", 3)];
    let now = || Timestamp::from_millis(NOW);
    let outcomes = opened.writer.commit(group, &now, &mut ids).unwrap();
    assert_eq!(
        seqs(&outcomes),
        [Some(Seq(1)), Some(Seq(2)), None, Some(Seq(3))]
    );
    assert!(matches!(failure(&outcomes[2]), StoreError::Driver(_)));
    assert_eq!(
        event_ids(&opened, "a"),
        ["e1", "e2", "e3"].map(EventId::new)
    );
    let overview = opened.readers.with(|reader| reader.overview(now()));
    let (seq, stats, _) = overview.unwrap();
    assert_eq!((seq, stats.total_events), (Seq(3), 3));
    let figures = opened
        .readers
        .with(|reader| reader.observability(&TaskId::new("a"), now()));
    assert_eq!(figures.unwrap().unwrap().1.total_events, 3);
}

#[test]
fn a_group_of_nothing_but_failures_stores_nothing() {
    let place = Place::new();
    let mut opened = place.open();
    let now = || Timestamp::from_millis(NOW);
    let mut ids = Ids(vec!["session", "e1", "e1", "e1", "e2"]);
    opened
        .writer
        .commit(vec![start("a")], &now, &mut ids)
        .unwrap();
    let group = vec![log("a", 1), log("a", 2)];
    let outcomes = opened.writer.commit(group, &now, &mut ids).unwrap();
    assert_eq!(seqs(&outcomes), [None, None]);
    assert_eq!(opened.writer.seq(), Seq(1));
    opened
        .writer
        .commit(vec![log("a", 3)], &now, &mut ids)
        .unwrap();
    assert_eq!(event_ids(&opened, "a"), ["e1", "e2"].map(EventId::new));
}

/// Damages the task `a`, as a failing disk or another program might.
fn damaged(place: &Place, sql: &str) -> Opened {
    place.open().done(vec![start("a"), start("b")]);
    let connection = Connection::open(place.db()).unwrap();
    assert_eq!(connection.execute(sql, ()).unwrap(), 1);
    drop(connection);
    place.open_with("again")
}

#[test]
fn a_row_that_cannot_be_read_fails_its_own_command() {
    for (sql, column) in [
        (
            "UPDATE tasks SET status = 'asleep' WHERE id = 'a'",
            "status",
        ),
        ("UPDATE tasks SET figures = '{' WHERE id = 'a'", "figures"),
        (
            "UPDATE tasks SET created_at = 'noon' WHERE id = 'a'",
            "created_at",
        ),
        ("UPDATE tasks SET title = x'ff' WHERE id = 'a'", "title"),
    ] {
        let place = Place::new();
        let mut opened = damaged(&place, sql);
        let outcomes = opened
            .commit(vec![log("b", 1), log("a", 1), log("b", 2)])
            .unwrap();
        assert_eq!(seqs(&outcomes), [Some(Seq(3)), None, Some(Seq(4))], "{sql}");
        let failure = failure(&outcomes[1]);
        assert!(
            matches!(failure, StoreError::BadRow { .. }),
            "{sql}: {failure:?}"
        );
        assert!(failure.to_string().contains(column), "{sql}: {failure}");
        assert_eq!(event_ids(&opened, "b").len(), 3);
    }
}

#[test]
fn a_word_that_is_unknown_names_its_row() {
    let place = Place::new();
    let opened = damaged(&place, "UPDATE tasks SET status = 'asleep' WHERE id = 'a'");
    let refusal = opened.readers.with(|reader| reader.task(&TaskId::new("a")));
    let text = refusal.unwrap_err().to_string();
    assert!(
        text.contains(r#"status of "a""#) && text.contains("asleep"),
        "{text}"
    );
}
