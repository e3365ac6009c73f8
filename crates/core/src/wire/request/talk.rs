//! What people and agents say: messages, questions, to-dos, thoughts.

use super::Fields;
use super::event::{command, common, copy, relations};
use crate::command::{Command, LogEvent, Rejection, SessionChoice};
use crate::paths::mentioned_paths;
use crate::vocabulary::{
    CaptureMode, EventKind, Lane, MessagePhase, QuestionPhase, TodoState, Words,
};

type Read = Result<Command, Rejection>;

/// Takes a required word and keeps it in the metadata.
fn kept_word<T: Words>(
    fields: &mut Fields,
    log: &mut LogEvent,
    name: &str,
) -> Result<T, Rejection> {
    let word: T = fields.required_word(name)?;
    log.metadata.insert(name.to_owned(), word.word().into());
    Ok(word)
}

fn kept(fields: &mut Fields, log: &mut LogEvent, names: &[&str]) -> Result<(), Rejection> {
    for name in names {
        let text = fields.required(name)?;
        log.metadata.insert((*name).to_owned(), text.into());
    }
    Ok(())
}

pub(super) fn user_message(fields: &mut Fields) -> Read {
    let title = fields.required("title")?;
    let mut log = common(fields, EventKind::UserMessage)?;
    if log.session == SessionChoice::Newest {
        return Err(Rejection::Invalid("sessionId is required".into()));
    }
    kept(fields, &mut log, &["messageId", "source"])?;
    let mode: CaptureMode = kept_word(fields, &mut log, "captureMode")?;
    copy(
        fields,
        &mut log.metadata,
        &["sourceEventId", "contractVersion"],
    )?;
    if mode == CaptureMode::Derived && !log.metadata.contains_key("sourceEventId") {
        return Err(Rejection::Invalid(
            "sourceEventId is required when captureMode is derived".into(),
        ));
    }
    log.metadata
        .entry("contractVersion")
        .or_insert_with(|| "1".into());
    if let Some(phase) = fields.word::<MessagePhase>("phase")? {
        log.metadata.insert("phase".into(), phase.as_str().into());
    }
    log.file_paths = if log.metadata.contains_key("filePaths") {
        Vec::new()
    } else {
        mentioned_paths(log.body.as_deref().unwrap_or_default())
    };
    log.lane = Some(Lane::User);
    Ok(command(log, &title))
}

/// A kind with a title of its own, relations, and what model it came from.
fn modelled(fields: &mut Fields, kind: EventKind, lane: Lane) -> Result<LogEvent, Rejection> {
    let title = fields.required("title")?;
    let mut log = common(fields, kind)?;
    relations(fields, &mut log.metadata)?;
    copy(fields, &mut log.metadata, &["modelName", "modelProvider"])?;
    if let Some(sequence) = fields.number("sequence")? {
        log.metadata.insert("sequence".into(), sequence.into());
    }
    log.title = title;
    log.lane = Some(lane);
    Ok(log)
}

pub(super) fn question(fields: &mut Fields) -> Read {
    let mut log = modelled(fields, EventKind::QuestionLogged, Lane::Questions)?;
    kept(fields, &mut log, &["questionId"])?;
    kept_word::<QuestionPhase>(fields, &mut log, "questionPhase")?;
    Ok(command(log, ""))
}

pub(super) fn todo(fields: &mut Fields) -> Read {
    let mut log = modelled(fields, EventKind::TodoLogged, Lane::Todos)?;
    kept(fields, &mut log, &["todoId"])?;
    kept_word::<TodoState>(fields, &mut log, "todoState")?;
    Ok(command(log, ""))
}

pub(super) fn thought(fields: &mut Fields) -> Read {
    let log = modelled(fields, EventKind::ThoughtLogged, Lane::Planning)?;
    Ok(command(log, ""))
}

pub(super) fn assistant_response(fields: &mut Fields) -> Read {
    let title = fields.required("title")?;
    let mut log = common(fields, EventKind::AssistantResponse)?;
    if log.session == SessionChoice::Newest {
        log.session = SessionChoice::Absent;
    }
    kept(fields, &mut log, &["messageId", "source"])?;
    log.lane = Some(Lane::User);
    Ok(command(log, &title))
}
