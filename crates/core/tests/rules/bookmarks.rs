//! Bookmarks: one per task or event, saved again in place.

use agent_tracer_core::command::{Command, Reply};
use agent_tracer_core::entity::Bookmark;
use agent_tracer_core::ids::BookmarkId;
use agent_tracer_core::vocabulary::BookmarkKind;

use crate::support::World;
use crate::support::build::{bookmark, start};

fn saved(reply: Reply) -> Bookmark {
    match reply {
        Reply::Bookmark { bookmark } => bookmark,
        other => panic!("no bookmark: {other:?}"),
    }
}

#[test]
fn a_bookmark_is_titled_by_what_it_points_at() {
    let mut world = World::after([start("t")]);
    let task = saved(world.check(
        bookmark("t", None, None),
        &["bookmark.saved n-3 \"Task t\""],
    ));
    assert_eq!((task.kind, task.event_title), (BookmarkKind::Task, None));
    let event = bookmark("t", Some("n-2"), Some(" "));
    let event = saved(world.check(event, &["bookmark.saved n-4 \"Task t\""]));
    assert_eq!(event.kind, BookmarkKind::Event);
    assert_eq!(event.task_title.as_deref(), Some("Task t"));
    assert_eq!(event.event_title.as_deref(), Some("Task t"));
}

#[test]
fn saving_again_changes_the_one_there_is() {
    let mut world = World::after([start("t"), bookmark("t", None, None)]);
    let created = world.now;
    world.pass(5_000);
    let again = bookmark("t", None, Some("mine"));
    let again = saved(world.check(again, &["bookmark.saved n-3 \"mine\""]));
    assert_eq!((again.created_at, again.updated_at), (created, world.now));
    assert_eq!(world.rows.bookmarks.len(), 1);
}

#[test]
fn a_bookmark_is_deleted_once() {
    let mut world = World::after([start("t"), bookmark("t", None, None)]);
    let delete = || Command::DeleteBookmark(BookmarkId::new("n-3"));
    world.check(delete(), &["bookmark.deleted n-3"]);
    world.check_refused(delete(), "bookmark_not_found");
    assert!(world.rows.bookmarks.is_empty());
}

#[test]
fn a_bookmark_of_nothing_is_refused() {
    let mut world = World::after([start("t"), start("u")]);
    world.check_refused(bookmark("x", None, None), "task_not_found");
    world.check_refused(bookmark("t", Some("x"), None), "event_not_found");
    world.check_refused(bookmark("t", Some("n-4"), None), "invalid_request");
}
