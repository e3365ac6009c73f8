//! A process that is killed while it empties the trash.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};

use agent_tracer_core::command::Command;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::trash::TRASH_KEPT_MILLIS;
use agent_tracer_store::{Database, Read as _, Write as _};

use super::place::{Opened, Place, log, start};

/// Where the process that is to be killed finds its database.
const DATABASE: &str = "AGENT_TRACER_TEST_EMPTIES";
/// What it says after each step.
const STEP: &str = "some rows went";
const EVENTS: usize = 600;
const ROUNDS: usize = 12;

/// This test runs itself once more, to be killed.
#[test]
fn a_kill_leaves_nothing_by_half() {
    if let Some(database) = std::env::var_os(DATABASE) {
        return empty_until_killed(Path::new(&database));
    }
    let place = Place::new();
    fill(&mut place.open());
    for round in 0..ROUNDS {
        let mut victim = victim(&place);
        let mut steps = BufReader::new(victim.stdout.take().unwrap()).lines();
        let orders = victim.stdin.as_mut().unwrap();
        orders.write_all("\n".repeat(round + 2).as_bytes()).unwrap();
        for _ in 0..=round {
            assert!(steps.any(|line| line.unwrap().contains(STEP)));
        }
        // It is in the middle of the next.
        victim.kill().unwrap();
        victim.wait().unwrap();
        check(&mut place.open());
    }
    let mut opened = place.open();
    while opened.writer.sweep(1_000).unwrap() {}
    drop(opened);
    let file = std::fs::read(place.db()).unwrap();
    let is_left = |text: &[u8]| file.windows(text.len()).any(|bytes| bytes == text);
    assert!(is_left(b"Work on kept") && !is_left(b"Work on gone"));
}

fn delete(task: &str) -> Command {
    Command::DeleteTask(TaskId::new(task))
}

/// A task whose time in the trash is over, one that can be restored, and one that is there.
fn fill(opened: &mut Opened) {
    opened.done(vec![start("gone"), start("back"), start("kept")]);
    let tasks = ["gone", "gone", "gone", "back", "kept"];
    let events = tasks.iter().cycle().take(EVENTS);
    opened.done(events.map(|task| log(task, 100)).collect());
    opened.done(vec![delete("gone")]);
    opened.now += TRASH_KEPT_MILLIS;
    opened.done(vec![delete("back"), Command::EmptyTrash]);
}

/// Takes a step for each line it is sent, and says so.
fn empty_until_killed(database: &Path) {
    let (_database, mut writer) = Database::open(database).unwrap();
    for line in std::io::stdin().lines() {
        assert_eq!(line.unwrap(), "");
        assert!(writer.sweep(3).unwrap(), "there is more");
        println!("{STEP}");
    }
}

fn victim(place: &Place) -> Child {
    let name = "emptying::a_kill_leaves_nothing_by_half";
    Process::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", &format!("sqlite::{name}")])
        .env(DATABASE, place.db())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What is deleted is gone, whatever is left of it; all else is whole.
fn check(opened: &mut Opened) {
    let timeline = |opened: &Opened, task: &str| {
        let read = |reader: &_| events(reader, task);
        opened.readers.with(read).unwrap()
    };
    let part = EVENTS / 5 + 1;
    assert_eq!(timeline(opened, "gone"), None);
    assert_eq!(timeline(opened, "kept"), Some(part));
    opened.done(vec![Command::RestoreTasks(vec![TaskId::new("back")])]);
    assert_eq!(timeline(opened, "back"), Some(part));
    opened.done(vec![delete("back")]);
}

fn events(
    reader: &agent_tracer_store::Reader,
    task: &str,
) -> Result<Option<usize>, agent_tracer_store::StoreError> {
    let page = reader.timeline(&TaskId::new(task), 9_999, None)?;
    Ok(page.map(|(_, _, page)| page.events.len()))
}
