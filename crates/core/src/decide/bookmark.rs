use crate::command::{Rejection, Reply, SaveBookmark};
use crate::draft::{Draft, Step};
use crate::entity::Bookmark;
use crate::ids::BookmarkId;
use crate::vocabulary::BookmarkKind;
use crate::wire::Message;

/// Saves the one bookmark of a task (or of an event); saving again changes it.
pub(super) fn save(draft: &mut Draft<'_>, save: SaveBookmark) -> Step<Reply> {
    let task = draft.task_entity(&save.task_id)?;
    let event_title = match &save.event_id {
        Some(id) => {
            let event = &draft.event(id)?.event;
            if event.task_id != save.task_id {
                return Err(
                    Rejection::Invalid("eventId is an event of another task".into()).into(),
                );
            }
            Some(event.title.clone())
        }
        None => None,
    };
    let known = draft.bookmark_at(&save.task_id, save.event_id.as_ref())?;
    let bookmark = Bookmark {
        id: known
            .as_ref()
            .map_or_else(|| BookmarkId::new(draft.next_id()), |b| b.id.clone()),
        kind: if save.event_id.is_some() {
            BookmarkKind::Event
        } else {
            BookmarkKind::Task
        },
        title: save
            .title
            .filter(|title| !title.trim().is_empty())
            .or_else(|| event_title.clone())
            .unwrap_or_else(|| task.title.clone()),
        task_id: save.task_id,
        event_id: save.event_id,
        note: save.note,
        metadata: save.metadata,
        created_at: known.map_or(draft.now, |bookmark| bookmark.created_at),
        updated_at: draft.now,
        task_title: Some(task.title),
        event_title,
    };
    draft.put_bookmark(bookmark.clone());
    draft.announce(Message::BookmarkSaved(bookmark.clone()));
    Ok(Reply::Bookmark { bookmark })
}

pub(super) fn delete(draft: &mut Draft<'_>, id: &BookmarkId) -> Step<Reply> {
    draft.remove_bookmark(id)?;
    draft.announce(Message::BookmarkDeleted {
        bookmark_id: id.clone(),
    });
    Ok(Reply::Done { ok: true })
}
