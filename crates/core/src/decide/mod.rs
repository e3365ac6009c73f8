//! Every rule of the domain: what a command does to the rows, and what is announced of it.

mod activity;
mod bookmark;
mod delete;
mod evaluation;
mod event;
mod finish;
mod report;
mod restore;
mod runtime_session;
mod session_end;
mod start;
mod update;
mod usage;
mod watch;

use crate::command::{Command, Reply};
use crate::draft::Draft;
pub use watch::{SILENT_MILLIS, is_silence_due};

pub use crate::draft::Refusal;
use crate::ids::IdSource;
use crate::rows::{Rows, Writes};
use crate::time::Timestamp;
use crate::wire::Message;

/// What a command came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The answer.
    pub reply: Reply,
    /// What is to be written.
    pub writes: Writes,
    /// What is to be announced, in order, once it is written.
    pub messages: Vec<Message>,
}

/// Decides one command.
///
/// Reads only through `rows`, and only the few rows the command touches. The same rows, time and
/// ids give the same decision.
///
/// # Errors
/// [`Refusal::Rejected`] when the command cannot be carried out (nothing is to be written then),
/// [`Refusal::Unavailable`] when `rows` failed.
pub fn decide(
    rows: &dyn Rows,
    command: Command,
    now: Timestamp,
    ids: &mut dyn IdSource,
) -> Result<Decision, Refusal> {
    let mut draft = Draft::new(rows, now, ids);
    if tells_of_runs(&command) {
        draft.look_into_trash();
    }
    let reply = match command {
        Command::StartTask(start) => start::start_task(&mut draft, start),
        Command::LinkTask(link) => update::link_task(&mut draft, &link),
        Command::CompleteTask(finish) => finish::complete_task(&mut draft, finish),
        Command::FailTask(finish, message) => finish::fail_task(&mut draft, finish, message),
        Command::UpdateTask(update) => update::update_task(&mut draft, &update),
        Command::DeleteTask(id) => delete::delete_task(&mut draft, &id),
        Command::DeleteFinishedTasks(before) => delete::delete_finished(&mut draft, before),
        Command::RestoreTasks(ids) => restore::restore(&mut draft, ids),
        Command::EmptyTrash => restore::empty_trash(&mut draft),
        Command::EndSession(end) => session_end::end_session(&mut draft, end),
        Command::EnsureRuntimeSession(ensure) => runtime_session::ensure(&mut draft, ensure),
        Command::EndRuntimeSession(end) => runtime_session::end(&mut draft, end),
        Command::LogEvent(log) => event::log_event(&mut draft, *log),
        Command::RenameEvent(id, title) => event::rename_event(&mut draft, &id, title),
        Command::SaveBookmark(save) => bookmark::save(&mut draft, save),
        Command::DeleteBookmark(id) => bookmark::delete(&mut draft, &id),
        Command::SaveEvaluation(save) => evaluation::save(&mut draft, *save),
        Command::TakeTelemetry(telemetry) => usage::take_telemetry(&mut draft, *telemetry),
        Command::Report(report) => report::take(&mut draft, *report),
        Command::NoteSilence(task) => watch::silence(&mut draft, &task),
        Command::NoteProcessGone(run) => watch::process_gone(
            &mut draft,
            &run.source,
            &run.runtime_session_id,
            &run.process,
        ),
    }?;
    activity::refresh_moved(&mut draft)?;
    let (writes, messages) = draft.finish()?;
    Ok(Decision {
        reply,
        writes,
        messages,
    })
}

/// Whether a command says what an agent does, which goes on when its task is deleted: it is kept
/// with the task for as long as that can be restored. For all else a deleted task is not there.
fn tells_of_runs(command: &Command) -> bool {
    matches!(
        command,
        Command::Report(_) | Command::TakeTelemetry(_) | Command::NoteProcessGone(_)
    )
}
