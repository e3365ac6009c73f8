//! What the simulation found, told plainly.

use agent_tracer_core::command::Command;
use agent_tracer_core::wire::follow::Topic;

use super::super::wire::{Got, Parser};
use super::stage::{Stage, start, task, wire};

/// A task that was missing when the store was read is not missing as of a later commit.
// spec: F13, L1
#[test]
fn a_missing_task_is_missing_as_of_the_read() {
    let mut stage = Stage::new();
    stage.tell(vec![start("b")]);
    let id = stage.follow(&[&Topic::Task(task("a"))]);
    stage.read_store();
    stage.tell(vec![start("a")]);
    stage.take_answer();
    let texts = stage.texts(id);
    assert_eq!(texts.len(), 1, "{texts:?}");
    assert_eq!(texts[0]["type"], "removed");
    assert_eq!(texts[0]["seq"], 1);
}

/// Two follow a task that is not there, and the first has no answer yet.
// spec: F13
#[test]
fn a_missing_task_is_missing_for_the_second_too() {
    let mut stage = Stage::new();
    stage.tell(vec![start("b")]);
    let topic = Topic::Task(task("a"));
    let first = stage.follow(&[&topic]);
    let second = stage.follow(&[&topic]);
    assert!(stage.got(second).is_empty());
    stage.answer_all();
    assert_eq!(stage.types(first), ["removed"]);
    assert_eq!(stage.types(second), ["removed"]);
}

/// A task that somebody follows is there for the next at once, and not after it was deleted.
#[test]
fn a_followed_task_is_known_to_be_there_until_it_is_deleted() {
    let mut stage = Stage::new();
    let topic = Topic::Task(task("a"));
    stage.tell(vec![start("a")]);
    let first = stage.follow(&[&topic]);
    stage.answer_all();
    assert_eq!(stage.types(first), ["subscribed"]);
    let second = stage.follow(&[&topic]);
    assert_eq!(stage.types(second), ["subscribed"]);
    stage.tell(vec![Command::DeleteTask(task("a"))]);
    let third = stage.follow(&[&topic]);
    stage.answer_all();
    assert_eq!(stage.types(second).last().unwrap(), "removed");
    assert_eq!(stage.types(third), ["removed"]);
}

/// A goodbye comes after the frame that is partly written, whichever it is.
// spec: B5
#[test]
fn a_goodbye_stands_between_frames() {
    let mut stage = Stage::new();
    let id = stage.follow_over(&[&Topic::Overview], wire(10));
    stage.process.engine.stop(stage.now);
    stage.serve();
    let mut parser = Parser::default();
    for _ in 0..100 {
        parser.feed(stage.process.read(id, usize::MAX));
        stage.serve();
    }
    let got: Vec<Got> = std::iter::from_fn(|| parser.next()).collect();
    assert!(
        matches!(&got[..], [Got::Text(_), Got::Close(1001)]),
        "{got:?}"
    );
}

/// A client that is waited for is not taken for silent.
// spec: B4
#[test]
fn nobody_is_silent_who_is_not_listened_to() {
    let mut stage = Stage::new();
    let id = stage.follow(&[&Topic::Task(task("a"))]);
    for _ in 0..7 {
        stage.wait(10_000);
    }
    assert!(!stage.process.is_over(id));
    stage.answer_all();
    assert_eq!(stage.types(id), ["removed"]);
}
