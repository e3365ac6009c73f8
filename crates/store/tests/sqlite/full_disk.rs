use agent_tracer_core::entity::OverviewStats;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::time::Timestamp;
use agent_tracer_store::{Read as _, Seq, StoreError};

use super::place::{NOW, Opened, Place, log, start};

/// As many pages as `SQLite` allows: no limit.
const NO_LIMIT: u32 = u32::MAX - 1;

fn stats(opened: &Opened) -> (Seq, OverviewStats) {
    let now = Timestamp::from_millis(NOW);
    let overview = opened.readers.with(|reader| reader.overview(now));
    let (seq, stats, _) = overview.unwrap();
    (seq, stats)
}

/// A database with one task, on a disk with room for a few pages more.
fn nearly_full(place: &Place) -> Opened {
    let mut opened = place.open();
    opened.done(vec![start("a")]);
    opened.writer.limit_pages(60).unwrap();
    opened
}

#[test]
fn nothing_of_a_group_is_stored_on_a_full_disk() {
    let place = Place::new();
    let mut opened = nearly_full(&place);
    let before = stats(&opened);
    let group = vec![log("a", 10), start("b"), log("b", 1 << 20), log("a", 10)];
    let refusal = opened.commit(group).unwrap_err();
    assert!(matches!(refusal, StoreError::Full), "{refusal:?}");
    assert_eq!(stats(&opened), before);
    assert_eq!(opened.writer.seq(), Seq(1));
}

#[test]
fn small_commits_go_on_where_a_large_one_was_refused() {
    let place = Place::new();
    let mut opened = nearly_full(&place);
    for _ in 0..20 {
        assert!(matches!(
            opened.commit(vec![log("a", 1 << 20)]),
            Err(StoreError::Full)
        ));
    }
    opened.done(vec![log("a", 10)]);
    assert_eq!(stats(&opened).0, Seq(2));
}

#[test]
fn commits_go_on_without_a_hole_once_there_is_room() {
    let place = Place::new();
    let mut opened = nearly_full(&place);
    let mut stored = 1;
    let refusal = loop {
        match opened.commit(vec![log("a", 4_000), log("a", 4_000)]) {
            Ok(_) => stored += 2,
            Err(refusal) => break refusal,
        }
        assert!(stored < 200, "the disk never filled");
    };
    assert!(matches!(refusal, StoreError::Full), "{refusal:?}");
    assert_eq!(stats(&opened).0, Seq(stored));
    let page = opened
        .readers
        .with(|reader| reader.timeline(&TaskId::new("a"), 500, None));
    assert_eq!(page.unwrap().unwrap().2.events.len() as u64, stored);
    opened.writer.limit_pages(NO_LIMIT).unwrap();
    opened.done(vec![log("a", 1 << 20), log("a", 10)]);
    assert_eq!(stats(&opened).0, Seq(stored + 2));
    drop(opened);
    let opened = place.open_with("again");
    assert_eq!(opened.writer.seq(), Seq(stored + 2));
    assert_eq!(
        stats(&opened).1.total_events,
        i64::try_from(stored).unwrap() + 2
    );
}
