//! What others on the machine may see of the database: nothing.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use agent_tracer_store::{Database, Read as _};

use super::place::{Place, start};

fn rights(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn every_file_is_its_owner_s_alone() {
    let place = Place::new();
    let mut opened = place.open();
    opened.done(vec![start("a")]);
    opened
        .readers
        .with(|reader| reader.tasks(None, None))
        .unwrap();
    opened.database.checkpointer().unwrap().run().unwrap();
    for file in [
        "db.sqlite",
        "db.sqlite-wal",
        "db.sqlite-shm",
        "db.sqlite.lock",
        "db.sqlite.epoch",
    ] {
        assert_eq!(rights(&place.file(file)), 0o600, "{file}");
    }
    let files = fs::read_dir(place.folder()).unwrap().count();
    assert_eq!(files, 5, "no other file");
}

#[test]
fn folders_are_made_for_their_owner_alone() {
    let place = Place::new();
    let opened = Database::open(&place.file("one/two/db.sqlite")).unwrap();
    for folder in ["one", "one/two"] {
        assert_eq!(rights(&place.file(folder)), 0o700, "{folder}");
    }
    drop(opened);
}

#[test]
fn a_folder_that_is_there_keeps_its_rights() {
    let place = Place::new();
    fs::set_permissions(place.folder(), fs::Permissions::from_mode(0o755)).unwrap();
    drop(place.open());
    assert_eq!(rights(place.folder()), 0o755);
}
