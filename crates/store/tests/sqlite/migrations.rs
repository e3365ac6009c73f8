use std::fs;
use std::path::Path;

use agent_tracer_store::{Database, Seq, StoreError};
use rusqlite::Connection;

use super::place::{Place, start};

/// Does something to a database that no server has open.
fn tamper(path: &Path, sql: &str) {
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

/// Opening must fail, and must not change one byte of the file.
fn refused_untouched(place: &Place) -> StoreError {
    let before = fs::read(place.db()).unwrap();
    let refusal = place.refusal();
    assert!(
        before == fs::read(place.db()).unwrap(),
        "the file was changed"
    );
    refusal
}

fn one<T: rusqlite::types::FromSql>(path: &Path, sql: &str) -> T {
    let connection = Connection::open(path).unwrap();
    connection.query_row(sql, (), |row| row.get(0)).unwrap()
}

#[test]
fn a_fresh_file_remembers_its_migrations() {
    let place = Place::new();
    drop(place.open());
    let (count, version): (i64, i64) = (
        one(
            &place.db(),
            "SELECT count(*) FROM migrations WHERE length(fingerprint) = 16",
        ),
        one(&place.db(), "PRAGMA user_version"),
    );
    assert!(version >= 1);
    assert_eq!(count, version);
    let mode: String = one(&place.db(), "PRAGMA journal_mode");
    assert_eq!(mode, "wal");
}

#[test]
fn an_empty_file_is_a_fresh_one() {
    let place = Place::new();
    fs::write(place.db(), "").unwrap();
    place.open().done(vec![start("a")]);
}

#[test]
fn opening_again_changes_nothing() {
    let place = Place::new();
    place.open().done(vec![start("a")]);
    let before = fs::read(place.db()).unwrap();
    assert_eq!(place.open().writer.seq(), Seq(1));
    assert!(
        before == fs::read(place.db()).unwrap(),
        "the file was changed"
    );
}

#[test]
fn a_newer_database_is_refused() {
    let place = Place::new();
    drop(place.open());
    tamper(
        &place.db(),
        "INSERT INTO migrations VALUES (77, 'x'); PRAGMA user_version = 77;",
    );
    let refusal = refused_untouched(&place);
    assert!(
        matches!(refusal, StoreError::Newer { found: 77, .. }),
        "{refusal:?}"
    );
    assert!(
        refusal.to_string().contains("update agent-tracer"),
        "{refusal}"
    );
}

/// Its log was not moved into it, as when its server was killed.
#[test]
fn a_newer_database_keeps_its_log() {
    let place = Place::new();
    drop(place.open());
    let leave_log = rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
    let newer = Connection::open(place.db()).unwrap();
    newer.set_db_config(leave_log, true).unwrap();
    newer.pragma_update(None, "user_version", 2_000).unwrap();
    drop(newer);
    let log = place.file("db.sqlite-wal");
    let before = fs::read(&log).unwrap();
    assert!(!before.is_empty());
    let refusal = refused_untouched(&place);
    assert!(
        matches!(refusal, StoreError::Newer { found: 2_000, .. }),
        "{refusal:?}"
    );
    assert!(before == fs::read(&log).unwrap(), "the log was changed");
}

#[test]
fn another_build_s_migration_is_refused() {
    let place = Place::new();
    drop(place.open());
    tamper(
        &place.db(),
        "UPDATE migrations SET fingerprint = 'another' WHERE number = 1",
    );
    let refusal = refused_untouched(&place);
    assert!(
        matches!(refusal, StoreError::Changed { number: 1, .. }),
        "{refusal:?}"
    );
}

#[test]
fn another_program_s_database_is_refused() {
    for foreign in [
        "CREATE TABLE notes (text TEXT)",
        "CREATE TABLE notes (text TEXT); PRAGMA user_version = 1",
        "CREATE TABLE notes (text TEXT); PRAGMA user_version = 500",
        "CREATE TABLE migrations (name TEXT); PRAGMA user_version = 1",
        "CREATE TABLE migrations (number INTEGER, fingerprint TEXT)",
        "CREATE TABLE migrations (number INTEGER, fingerprint TEXT); \
         INSERT INTO migrations VALUES (1, 'x')",
        "PRAGMA journal_mode = WAL; CREATE TABLE notes (text TEXT)",
    ] {
        let place = Place::new();
        tamper(&place.db(), foreign);
        let refusal = refused_untouched(&place);
        assert!(
            matches!(refusal, StoreError::Foreign { .. }),
            "{foreign}: {refusal:?}"
        );
    }
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let long = "a diary\n".repeat(1_000);
    for text in ["a diary", long.as_str()] {
        let place = Place::new();
        fs::write(place.db(), text).unwrap();
        let refusal = refused_untouched(&place);
        assert!(matches!(refusal, StoreError::Foreign { .. }), "{refusal:?}");
    }
}

#[test]
fn a_place_that_cannot_be_used_is_named() {
    let place = Place::new();
    fs::write(place.file("file"), "in the way").unwrap();
    fs::create_dir(place.file("folder")).unwrap();
    for path in [place.file("file/db.sqlite"), place.file("folder")] {
        let refusal = Database::open(&path).unwrap_err();
        assert!(
            matches!(refusal, StoreError::Unusable { .. }),
            "{refusal:?}"
        );
        assert!(
            refusal.to_string().contains(path.to_str().unwrap()),
            "{refusal}"
        );
    }
}

/// Everyone but the system's own user is kept out by the folder's rights.
#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    fs::set_permissions(place.folder(), fs::Permissions::from_mode(0o500)).unwrap();
    let opened = Database::open(&place.db());
    let privileged = fs::write(place.file("probe"), "").is_ok();
    fs::set_permissions(place.folder(), fs::Permissions::from_mode(0o700)).unwrap();
    if !privileged {
        assert!(
            matches!(opened, Err(StoreError::Unusable { .. })),
            "{opened:?}"
        );
    }
}
