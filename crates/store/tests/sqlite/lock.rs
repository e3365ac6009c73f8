use agent_tracer_store::{Read as _, Seq, StoreError};

use super::place::{Place, start};

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
