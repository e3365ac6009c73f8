//! A history keeps its name as long as the same file goes on, and only that long.

use std::fs;

use agent_tracer_store::Database;

use super::place::{Opened, Place, start};

/// Opens, commits that many tasks, and closes; gives the epoch.
fn serve(place: &Place, prefix: &str, tasks: usize) -> String {
    let mut opened = place.open_with(prefix);
    for task in 0..tasks {
        opened.done(vec![start(&format!("{prefix}-{task}"))]);
    }
    close(opened)
}

fn close(mut opened: Opened) -> String {
    use agent_tracer_store::Write as _;
    let epoch = opened.database.epoch().to_owned();
    opened.writer.finish().unwrap();
    epoch
}

// spec: N2
#[test]
fn a_restart_keeps_the_epoch() {
    let place = Place::new();
    let first = serve(&place, "a", 2);
    assert_eq!(first.len(), 32);
    assert_eq!(serve(&place, "b", 1), first);
    assert_eq!(serve(&place, "c", 0), first);
    assert_eq!(serve(&place, "d", 1), first);
}

// spec: N2
#[test]
fn a_crash_keeps_the_epoch() {
    let place = Place::new();
    let mut opened = place.open();
    opened.done(vec![start("a"), start("b")]);
    let first = opened.database.epoch().to_owned();
    drop(opened);
    assert_eq!(place.open_with("again").database.epoch(), first);
}

// spec: N2
#[test]
fn an_older_state_of_the_file_is_another_history() {
    let place = Place::new();
    let first = serve(&place, "a", 2);
    let older = fs::read(place.db()).unwrap();
    assert_eq!(serve(&place, "b", 1), first);
    // In place: it stays the same file to the system.
    fs::write(place.db(), &older).unwrap();
    let second = serve(&place, "c", 5);
    assert_ne!(second, first);
    assert_eq!(serve(&place, "d", 1), second);
    // It has a higher number than was ever served by now, but another epoch inside.
    let other = Place::new();
    fs::write(other.db(), &older).unwrap();
    let elsewhere = serve(&other, "e", 20);
    fs::write(place.db(), fs::read(other.db()).unwrap()).unwrap();
    let third = serve(&place, "f", 0);
    assert!(![first, second, elsewhere].contains(&third));
}

// spec: N2
#[test]
fn a_file_that_took_its_place_is_another_history() {
    let place = Place::new();
    let first = serve(&place, "a", 2);
    fs::copy(place.db(), place.file("copy.sqlite")).unwrap();
    fs::rename(place.file("copy.sqlite"), place.db()).unwrap();
    let second = serve(&place, "b", 0);
    assert_ne!(second, first);
    fs::rename(place.db(), place.file("moved.sqlite")).unwrap();
    let (moved, _writer) = Database::open(&place.file("moved.sqlite")).unwrap();
    assert!(moved.epoch() != first && moved.epoch() != second);
}

// spec: N2
#[test]
fn without_a_note_of_what_was_served_a_new_history_begins() {
    let place = Place::new();
    let note = place.file("db.sqlite.epoch");
    let mut known = vec![serve(&place, "a", 1)];
    let whole = fs::read(&note).unwrap();
    let torn = [&whole[..40], &whole[..0], &[b'x'; 96], &[0; 96]];
    for (number, torn) in torn.into_iter().enumerate() {
        fs::write(&note, torn).unwrap();
        let epoch = serve(&place, &format!("b{number}"), 1);
        assert!(!known.contains(&epoch), "{number}");
        known.push(epoch);
    }
    fs::remove_file(&note).unwrap();
    assert!(!known.contains(&serve(&place, "c", 1)));
}

// spec: N2
#[test]
#[cfg(unix)]
fn a_backup_of_everything_is_another_history_when_it_is_put_back() {
    let place = Place::new();
    let note = place.file("db.sqlite.epoch");
    let first = serve(&place, "a", 2);
    let backup = (fs::read(place.db()).unwrap(), fs::read(&note).unwrap());
    assert_eq!(serve(&place, "b", 3), first);
    // Put back in place, where a note of some seconds ago agrees with its database.
    fs::write(place.db(), &backup.0).unwrap();
    let old = String::from_utf8(backup.1).unwrap();
    let (rest, written) = old.trim_end().rsplit_once(' ').unwrap();
    let written = written.parse::<u64>().unwrap() - 5_000_000_000;
    fs::write(&note, format!("{rest} {written:020}\n")).unwrap();
    assert_ne!(serve(&place, "c", 9), first);
}
