//! What is read is one moment, also while others write.

use agent_tracer_core::command::{Command, UpdateTask};
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::wire::follow::Topic;
use agent_tracer_store::{ChangedSince, Read as _, Seq};

use super::place::{Opened, Place, log, start};

fn rename(task: &str, title: &str) -> Command {
    Command::UpdateTask(UpdateTask {
        task_id: TaskId::new(task),
        title: Some(title.to_owned()),
        status: None,
    })
}

fn write_more(opened: &mut Opened, round: usize) {
    opened.done(vec![
        log("a", 10),
        rename("a", &format!("title {round}")),
        start(&format!("child-{round}")),
    ]);
}

// spec: L4
// spec: H1
#[test]
fn a_timeline_is_read_as_of_the_commit_it_names() {
    let place = Place::new();
    let mut opened = place.open();
    opened.done(vec![start("a"), log("a", 1), log("a", 2)]);
    let readers = opened.database.readers(1);
    let mut seen = 0;
    let visited = readers.with(|reader| {
        reader.visit_timeline(&TaskId::new("a"), &mut |_| {
            seen += 1;
            write_more(&mut opened, seen);
            true
        })
    });
    let (seq, detail) = visited.unwrap().unwrap();
    assert_eq!((seq, seen), (Seq(3), 3));
    assert_eq!(detail.task.title, "Work on a");
}

/// Reads over and over while another thread writes: the task, its events and the number must
/// always be of the same commit.
// spec: L4
// spec: H1
#[test]
fn whatever_is_being_written_a_page_is_one_moment() {
    const ROUNDS: usize = 300;
    let place = Place::new();
    let mut opened = place.open();
    opened.done(vec![start("a")]);
    let readers = opened.database.readers(1);
    let writing = std::thread::spawn(move || {
        for _ in 0..ROUNDS {
            opened.done(vec![log("a", 1)]);
        }
        opened
    });
    let task = TaskId::new("a");
    loop {
        let finished = writing.is_finished();
        let page = readers.with(|reader| reader.timeline(&task, 9_999, None));
        let (seq, _, page) = page.unwrap().unwrap();
        // Each commit is one event.
        assert_eq!(page.events.len() as u64, seq.0);
        let changes = readers
            .with(|reader| reader.changed_since(&Topic::Task(task.clone()), Seq(0), usize::MAX));
        let ChangedSince::Rows { rows, through, now } = changes.unwrap() else {
            panic!("no rows");
        };
        // And the session beside them.
        assert_eq!((rows.len() as u64, through), (now.0 + 1, now));
        if finished {
            break;
        }
    }
    drop(writing.join().unwrap());
}
