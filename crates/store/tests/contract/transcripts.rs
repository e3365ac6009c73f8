//! How far transcripts were read, remembered together with what they told.

use agent_tracer_core::command::Command;
use agent_tracer_core::report::Delivery;
use agent_tracer_core::rows::TranscriptRow;
use agent_tracer_store::Seq;

use super::reports::report;
use super::store::Store;

super::for_every_store!(
    how_far_a_transcript_was_read_is_remembered,
    a_transcript_that_tells_nothing_is_remembered,
    every_number_fits,
);

pub(crate) fn row(file: u8, offset: u64) -> TranscriptRow {
    TranscriptRow {
        path: format!("/transcripts/{file}.jsonl"),
        size: offset + 1,
        modified_ms: 7,
        offset,
        fingerprint: offset ^ 5,
        is_closed: offset.is_multiple_of(2),
    }
}

fn read(rows: Vec<TranscriptRow>) -> Command {
    Command::Report(Box::new(Delivery {
        transcripts: Some(rows),
        ..report(0, 11, 0).into()
    }))
}

fn known(store: &mut Store) -> Vec<TranscriptRow> {
    store.read(|store| store.transcripts())
}

fn how_far_a_transcript_was_read_is_remembered(store: &mut Store) {
    assert_eq!(known(store), []);
    store.commit(vec![
        read(vec![row(2, 10), row(1, 4)]),
        read(vec![row(2, 30)]),
    ]);
    assert_eq!(known(store), [row(1, 4), row(2, 30)]);
}

fn a_transcript_that_tells_nothing_is_remembered(store: &mut Store) {
    let nothing = Delivery {
        transcripts: Some(vec![row(1, 9)]),
        ..Delivery::default()
    };
    let done = store.done(Command::Report(Box::new(nothing)));
    assert_eq!(
        (done.seq, done.topics, done.messages),
        (Some(Seq(1)), vec![], vec![])
    );
    assert_eq!(known(store), [row(1, 9)]);
}

fn every_number_fits(store: &mut Store) {
    let widest = TranscriptRow {
        size: u64::MAX,
        modified_ms: i64::MIN,
        offset: u64::MAX,
        fingerprint: u64::MAX - 1,
        ..row(0, 0)
    };
    store.done(read(vec![widest.clone()]));
    assert_eq!(known(store), [widest]);
}
