//! Bookmarks, joined with the titles of what they point at.

use agent_tracer_core::command::{Command, Reply, UpdateTask};
use agent_tracer_core::entity::Bookmark;
use agent_tracer_core::ids::{BookmarkId, EventId};
use agent_tracer_core::vocabulary::BookmarkKind;
use agent_tracer_store::Committed;

use super::commands::{bookmark, id, log, logged, start};
use super::store::Store;

super::for_every_store!(
    bookmarks_are_joined_with_titles_of_now,
    saving_again_changes_the_one_bookmark,
    newest_first_of_one_task_or_all,
    a_deleted_bookmark_is_gone,
    an_unknown_bookmark_is_not_found,
);

fn saved(committed: Committed) -> Bookmark {
    match committed.reply {
        Reply::Bookmark { bookmark } => bookmark,
        other => panic!("not a bookmark: {other:?}"),
    }
}

fn all(store: &mut Store) -> Vec<Bookmark> {
    store.read(|store| store.bookmarks(None)).1.bookmarks
}

fn log_one(store: &mut Store, title: &str) -> EventId {
    logged(&store.done(log("a", title)))[0].id.clone()
}

fn bookmarks_are_joined_with_titles_of_now(store: &mut Store) {
    store.done(start("a"));
    let event = log_one(store, "found it");
    store.done(bookmark("a", None));
    store.wait(1);
    store.done(bookmark("a", Some(&event)));
    store.done(Command::UpdateTask(UpdateTask {
        task_id: id("a"),
        title: Some("Renamed".to_owned()),
        status: None,
    }));
    let [of_event, of_task] = all(store).try_into().unwrap();
    assert_eq!(
        (of_event.kind, of_task.kind),
        (BookmarkKind::Event, BookmarkKind::Task)
    );
    assert_eq!(of_event.title, "found it");
    assert_eq!(of_event.event_title.as_deref(), Some("found it"));
    assert_eq!(of_event.task_title.as_deref(), Some("Renamed"));
    assert_eq!(of_task.title, "Work on a");
    assert_eq!((of_task.event_id, of_task.event_title), (None, None));
    assert_eq!(of_task.task_title.as_deref(), Some("Renamed"));
}

fn saving_again_changes_the_one_bookmark(store: &mut Store) {
    store.done(start("a"));
    let first = saved(store.done(bookmark("a", None)));
    store.wait(1_000);
    let again = saved(store.done(bookmark("a", None)));
    assert_eq!(
        (again.id.clone(), again.created_at),
        (first.id, first.created_at)
    );
    assert_eq!(again.updated_at, store.now());
    assert_eq!(all(store), [again]);
}

fn newest_first_of_one_task_or_all(store: &mut Store) {
    store.commit(vec![start("a"), start("b")]);
    let event = log_one(store, "1");
    store.commit(vec![bookmark("b", None), bookmark("a", Some(&event))]);
    store.wait(1);
    store.done(bookmark("a", None));
    let places = |list: &[Bookmark]| -> Vec<(String, bool)> {
        let place = |b: &Bookmark| (b.task_id.to_string(), b.event_id.is_some());
        list.iter().map(place).collect()
    };
    let a = |event| ("a".to_owned(), event);
    let whole = all(store);
    assert_eq!(places(&whole), [a(false), a(true), ("b".to_owned(), false)]);
    let of_a = store
        .read(|store| store.bookmarks(Some(&id("a"))))
        .1
        .bookmarks;
    assert_eq!(places(&of_a), [a(false), a(true)]);
    assert!(
        store
            .read(|store| store.bookmarks(Some(&id("nowhere"))))
            .1
            .bookmarks
            .is_empty()
    );
}

fn a_deleted_bookmark_is_gone(store: &mut Store) {
    store.done(start("a"));
    let bookmarked = saved(store.done(bookmark("a", None)));
    store.done(Command::DeleteBookmark(bookmarked.id));
    assert!(all(store).is_empty());
    let again = saved(store.done(bookmark("a", None)));
    assert_eq!(all(store), [again]);
}

fn an_unknown_bookmark_is_not_found(store: &mut Store) {
    let unknown = Command::DeleteBookmark(BookmarkId::new("nowhere"));
    assert_eq!(store.refused(unknown), "bookmark_not_found");
}
