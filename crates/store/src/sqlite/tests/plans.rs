use agent_tracer_core::command::{
    Command, EndRuntimeSession, FinishTask, SaveBookmark, SaveEvaluation, SessionEnding,
};
use agent_tracer_core::entity::Metadata;
use agent_tracer_core::ids::{EventId, TaskId};
use agent_tracer_core::report::{Delivery, SubagentRef, What};
use agent_tracer_core::vocabulary::Rating;
use agent_tracer_core::wire::Message;
use agent_tracer_core::wire::follow::Topic;
use rusqlite::Connection;

use super::workload::{Workload, answer, call, log, report, start};
use crate::model::{Cursor, Seq};
use crate::traits::{ChangedSince, Read as _};

/// What may be walked through as a whole, because it does not grow with events or tasks, or
/// because all of it is wanted.
const MAY_BE_SCANNED: &[&str] = &[
    // What runs now.
    "SCAN tasks USING INDEX tasks_watched",
    "SCAN bindings USING INDEX bindings_watched",
    // One row per agent.
    "SCAN totals",
    // All finished tasks, to delete them.
    "SCAN tasks USING INDEX tasks_finished",
    // The first of what the trash was emptied of.
    "SCAN trash USING INDEX trash_emptied",
    // Every bookmark and evaluation, to list them.
    "SCAN b",
    "SCAN evaluations",
    // What is kept of removals, once at the start.
    "SCAN removals",
    // What waits for its session is bounded.
    "SCAN usage USING INDEX usage_waiting",
];

/// The plan of a statement, a line per step.
fn plan(connection: &Connection, sql: &str) -> Vec<String> {
    let explained = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"));
    let mut statement = explained.unwrap();
    let mut rows = statement.raw_query();
    let mut lines = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        lines.push(row.get(3).unwrap());
    }
    lines
}

/// The lines of plans that walk through more than they should.
fn suspicious(connection: &Connection, statements: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for sql in statements {
        let explainable = ["SELECT", "INSERT", "UPDATE", "DELETE"];
        if !explainable.iter().any(|word| sql.starts_with(word)) {
            continue;
        }
        for line in plan(connection, sql) {
            if line.contains("SCAN") && !MAY_BE_SCANNED.contains(&line.as_str()) {
                found.push(format!("{line}: {sql}"));
            }
        }
    }
    found
}

/// Does everything that a writer can be asked for.
fn write_everything(store: &mut Workload) {
    let task = TaskId::new("t-0");
    store.commit(vec![start(0), start(1), log(0), log(1)]);
    let first = store.commit(vec![log(2)]).remove(0).unwrap();
    let event = first.messages.iter().find_map(|message| match message {
        Message::EventLogged(event) => Some(event.id.clone()),
        _ => None,
    });
    let event: EventId = event.unwrap();
    let finish = |task: &str| FinishTask {
        task_id: TaskId::new(task),
        session_id: None,
        summary: None,
        metadata: Metadata::new(),
    };
    let bookmark = |event_id| {
        Command::SaveBookmark(SaveBookmark {
            task_id: task.clone(),
            event_id,
            title: None,
            note: None,
            metadata: Metadata::new(),
        })
    };
    let evaluate = Command::SaveEvaluation(Box::new(SaveEvaluation {
        task_id: task.clone(),
        rating: Rating::Good,
        use_case: None,
        workflow_tags: Vec::new(),
        outcome_note: None,
        approach_note: None,
        reuse_when: None,
        watchouts: None,
        workflow_snapshot: None,
        workflow_context: None,
    }));
    // Before anything is heard of the session, and after.
    store.commit(answer(0).into_iter().chain(answer(1)).collect());
    store.commit(vec![subagent_started()]);
    store.commit(answer(2).into_iter().collect());
    store.keep_removals(1);
    store.commit(vec![
        evaluate,
        Command::RenameEvent(event.clone(), Some("renamed".to_owned())),
        bookmark(None),
        bookmark(Some(event)),
        Command::CompleteTask(finish("t-1")),
    ]);
    store.commit(call(0).into_iter().chain(call(1)).collect());
    let delivery = Delivery {
        id: Some("delivery".to_owned()),
        ..Delivery::default()
    };
    store.commit(vec![Command::Report(Box::new(delivery))]);
    let (text, error, metadata) = (None, None, Metadata::new());
    store.commit(vec![
        report(What::TurnEnded {
            text,
            error,
            title: "over".to_owned(),
            metadata,
        }),
        end_run(false),
        end_run(true),
        Command::DeleteFinishedTasks(Some(store.now())),
        Command::DeleteFinishedTasks(None),
        Command::DeleteTask(task.clone()),
        Command::RestoreTasks(vec![task.clone()]),
        Command::DeleteTask(task.clone()),
    ]);
    store.commit(call(2).into_iter().chain(answer(3)).collect());
    store.empty_trash();
    // Made again over what is left, which goes at once; the rest bit by bit.
    store.commit(vec![start(0), bookmark(None), log(0)]);
    while store.sweep(3) {}
    let bookmarks = store.reader.bookmarks(None).unwrap();
    let bookmark = bookmarks.1.bookmarks[0].id.clone();
    store.commit(vec![Command::DeleteBookmark(bookmark)]);
}

fn subagent_started() -> Command {
    let metadata = Metadata::new();
    let mut command = report(What::SubagentStarted { metadata });
    if let Command::Report(delivery) = &mut command {
        delivery.reports[0].subagent = Some(SubagentRef {
            id: "sub".to_owned(),
            has_session: false,
            agent_type: None,
        });
    }
    command
}

fn end_run(complete_task: bool) -> Command {
    Command::EndRuntimeSession(EndRuntimeSession {
        runtime_source: "agent".to_owned(),
        runtime_session_id: "run".to_owned(),
        ending: SessionEnding {
            complete_task,
            ..SessionEnding::default()
        },
    })
}

fn read_everything(store: &Workload) {
    let (reader, task, now) = (&store.reader, TaskId::new("t-0"), store.now());
    let cursor = Cursor {
        at: 1,
        row: "1".to_owned(),
    };
    reader.overview(now).unwrap();
    reader.snapshot(now).unwrap();
    reader.tasks(Some(1), Some(&cursor)).unwrap();
    reader.task(&task).unwrap().unwrap();
    reader.timeline(&task, 1, Some(&cursor)).unwrap();
    reader.visit_timeline(&task, &mut |_| true).unwrap();
    reader.event(&EventId::new("nowhere")).unwrap();
    let event = reader
        .timeline(&task, 1, None)
        .unwrap()
        .unwrap()
        .2
        .events
        .remove(0);
    reader.payloads(&event.id).unwrap().unwrap();
    reader.watched().unwrap();
    reader.observability(&task, now).unwrap();
    reader.bookmarks(Some(&task)).unwrap();
    reader.evaluation(&task).unwrap().unwrap();
    reader.task_usage(&task).unwrap().unwrap();
    reader.usage(0..=1).unwrap();
    reader.finished(None).unwrap();
    reader.finished(Some(now)).unwrap();
    reader.trash(now).unwrap();
    reader.is_trash_due(now).unwrap();
    for topic in [Topic::Overview, Topic::Bookmarks, Topic::Task(task)] {
        reader.version(&topic).unwrap().unwrap();
        let now = reader.overview(now).unwrap().0;
        let changes = reader.changed_since(&topic, Seq(now.0 - 1), 10).unwrap();
        assert!(matches!(changes, ChangedSince::Rows { .. }), "{topic}");
    }
}

#[test]
fn no_statement_walks_through_a_table_that_grows() {
    let mut store = Workload::new();
    write_everything(&mut store);
    read_everything(&store);
    let connection = Connection::open(store.folder.path().join("db.sqlite")).unwrap();
    let (writes, reads) = (store.writes.statements(), store.reads.statements());
    assert!(
        writes.len() > 30 && reads.len() > 8,
        "{writes:#?} {reads:#?}"
    );
    let found = suspicious(&connection, &[writes, reads].concat());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_walk_through_a_table_is_found() {
    let store = Workload::new();
    let connection = Connection::open(store.folder.path().join("db.sqlite")).unwrap();
    let bad = [
        "SELECT * FROM events WHERE title = ?1",
        "SELECT * FROM tasks ORDER BY title",
    ];
    let found = suspicious(&connection, &bad.map(str::to_owned));
    assert!(found.len() >= 2, "{found:#?}");
}
