use std::fs;
use std::time::{Duration, Instant};

use agent_tracer_core::ids::TaskId;
use agent_tracer_store::{Read as _, Seq, Write as _};

use super::place::{Opened, Place, log, start};

const MIB: u64 = 1 << 20;

/// How long a connection waits for a lock before it gives up.
const LOCK_WAIT: Duration = Duration::from_secs(5);

fn size(place: &Place, file: &str) -> u64 {
    fs::metadata(place.file(file)).map_or(0, |metadata| metadata.len())
}

fn log_size(place: &Place) -> u64 {
    size(place, "db.sqlite-wal")
}

/// Writes that many MiB of events, a MiB per commit.
fn write_mib(opened: &mut Opened, count: usize) {
    for _ in 0..count {
        opened.done(vec![log("a", 1 << 20)]);
    }
}

#[test]
fn the_checkpointer_moves_the_log_into_the_database() {
    let place = Place::new();
    let mut opened = place.open();
    let checkpointer = opened.database.checkpointer().unwrap();
    opened.done(vec![start("a")]);
    write_mib(&mut opened, 2);
    let small = size(&place, "db.sqlite");
    checkpointer.run().unwrap();
    assert_eq!(size(&place, "db.sqlite"), small, "not worth it yet");
    write_mib(&mut opened, 4);
    checkpointer.run().unwrap();
    assert!(size(&place, "db.sqlite") > small + 5 * MIB);
    // What was moved makes room in the log.
    let full = log_size(&place);
    for _ in 0..6 {
        write_mib(&mut opened, 3);
        checkpointer.run().unwrap();
    }
    assert!(
        log_size(&place) <= full + MIB,
        "{} {full}",
        log_size(&place)
    );
}

#[test]
fn a_reader_keeps_its_moment_while_the_log_moves() {
    let place = Place::new();
    let mut opened = place.open();
    let checkpointer = opened.database.checkpointer().unwrap();
    opened.done(vec![start("a"), log("a", 1)]);
    let readers = opened.database.readers(1);
    let mut seen = 0;
    let visited = readers.with(|reader| {
        reader.visit_timeline(&TaskId::new("a"), &mut |_| {
            seen += 1;
            write_mib(&mut opened, 5);
            checkpointer.run().unwrap();
            true
        })
    });
    assert!(visited.unwrap().is_some());
    assert_eq!((seen, opened.writer.seq()), (2, Seq(12)));
}

#[test]
fn the_writer_bounds_the_log() {
    let place = Place::new();
    let mut opened = place.open();
    opened.done(vec![start("a")]);
    let mut largest = 0;
    for _ in 0..20 {
        write_mib(&mut opened, 8);
        largest = largest.max(log_size(&place));
    }
    // It starts over once 8 MiB are moved, which a commit of 1 MiB may exceed.
    assert!(largest < 12 * MIB, "{largest}");
    assert!(size(&place, "db.sqlite") > 60 * MIB);
}

/// A reader that pins the log may make it grow, but makes no commit wait for it.
#[test]
fn no_commit_waits_for_a_reader() {
    let place = Place::new();
    let mut opened = place.open();
    opened.done(vec![start("a"), log("a", 1)]);
    let readers = opened.database.readers(1);
    let mut first = true;
    let visited = readers.with(|reader| {
        reader.visit_timeline(&TaskId::new("a"), &mut |_| {
            for _ in 0..if first { 70 } else { 0 } {
                let begin = Instant::now();
                write_mib(&mut opened, 1);
                assert!(begin.elapsed() < LOCK_WAIT, "waited for the reader");
            }
            first = false;
            true
        })
    });
    assert!(visited.unwrap().is_some());
    assert!(log_size(&place) > 64 * MIB, "the reader pinned it");
    write_mib(&mut opened, 20);
    assert!(
        log_size(&place) <= 16 * MIB,
        "it shrinks when the reader is done"
    );
}

#[test]
fn the_end_leaves_one_file_that_stands_by_itself() {
    let place = Place::new();
    let mut opened = place.open();
    opened.done(vec![start("a")]);
    assert!(log_size(&place) > 0);
    opened.writer.finish().unwrap();
    assert_eq!(log_size(&place), 0);
    opened.done(vec![start("b")]);
}
