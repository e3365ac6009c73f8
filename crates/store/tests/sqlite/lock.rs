use agent_tracer_core::command::Command;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::trash::TRASH_KEPT_MILLIS;
use agent_tracer_store::{Database, Read as _, Seq, StoreError, Write as _};

use super::place::{Place, log, start};

#[test]
fn a_second_server_is_refused_while_the_first_lives() {
    let place = Place::new();
    let first = place.open();
    let refusal = place.refusal();
    assert!(
        matches!(&refusal, StoreError::InUse(path) if *path == place.db()),
        "{refusal:?}"
    );
    drop(first);
    drop(place.open());
}

#[test]
fn the_writer_alone_keeps_the_lock() {
    let place = Place::new();
    let opened = place.open();
    drop(opened.database);
    drop(opened.readers);
    assert!(matches!(place.refusal(), StoreError::InUse(_)));
    drop(opened.writer);
    drop(place.open());
}

#[test]
fn the_database_alone_keeps_the_lock() {
    let place = Place::new();
    let opened = place.open();
    drop(opened.writer);
    assert!(matches!(place.refusal(), StoreError::InUse(_)));
    drop(opened.database);
    drop(place.open());
}

#[test]
fn a_refused_server_leaves_the_first_one_working() {
    let place = Place::new();
    let mut first = place.open();
    first.done(vec![start("a")]);
    drop(place.refusal());
    first.done(vec![start("b")]);
    let (seq, page) = first
        .readers
        .with(|reader| reader.tasks(None, None))
        .unwrap();
    assert_eq!((seq, page.tasks.len()), (Seq(2), 2));
}

#[test]
fn a_link_to_a_database_is_no_second_way_in() {
    let place = Place::new();
    let first = place.open();
    let link = place.db().with_file_name("link.sqlite");
    std::os::unix::fs::symlink(place.db(), &link).unwrap();
    let refusal = Database::open(&link).unwrap_err();
    assert!(matches!(refusal, StoreError::InUse(_)), "{refusal:?}");
    drop(first);
    drop(Database::open(&link).unwrap());
    std::fs::hard_link(place.db(), place.db().with_file_name("twin.sqlite")).unwrap();
    let refusal = place.refusal();
    assert!(refusal.to_string().contains("hard links"), "{refusal}");
}

#[test]
fn what_is_deleted_is_overwritten() {
    let place = Place::new();
    let mut opened = place.open();
    opened.done(vec![
        start("a"),
        start("kept"),
        secret("a", "SECRET-TO-BE-GONE"),
    ]);
    opened.done(vec![Command::DeleteTask(TaskId::new("a"))]);
    opened.now += TRASH_KEPT_MILLIS;
    opened.done(vec![Command::EmptyTrash]);
    while opened.writer.sweep(100).unwrap() {}
    drop(opened);
    let file = std::fs::read(place.db()).unwrap();
    let secret = b"SECRET-TO-BE-GONE";
    assert!(!file.windows(secret.len()).any(|bytes| bytes == secret));
}

fn secret(task: &str, body: &str) -> Command {
    let mut command = log(task, 1);
    if let Command::LogEvent(event) = &mut command {
        event.body = Some(body.repeat(400));
    }
    command
}
