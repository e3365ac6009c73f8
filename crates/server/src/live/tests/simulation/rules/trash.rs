//! Deleted tasks that come back.

use agent_tracer_core::command::Command;
use agent_tracer_core::wire::follow::Topic;

use super::stage::{Stage, log, start, subscribe, task, wire};

fn topic() -> Topic {
    Topic::Task(task("a"))
}

fn delete() -> Command {
    Command::DeleteTask(task("a"))
}

fn restore() -> Command {
    Command::RestoreTasks(vec![task("a")])
}

// spec: C1, F1, F15
#[test]
fn it_is_announced_like_a_task_that_begins() {
    let mut stage = Stage::new();
    stage.tell(vec![start("a"), delete()]);
    let plain = stage.connect_plain();
    let following = stage.follow(&[&Topic::Overview, &Topic::Bookmarks]);
    stage.answer_all();
    stage.got(plain);
    stage.got(following);
    stage.tell(vec![restore()]);
    assert_eq!(stage.types(plain), ["task.started"]);
    let told = stage.texts(following);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["type"], "changes");
    assert_eq!((&told[0]["seq"], &told[0]["prev"]), (&3.into(), &2.into()));
    assert_eq!(told[0]["payload"]["rows"][0]["row"]["id"], "a");
}

/// Whoever knows it from before, or knows that it was gone, must read it: what it had is told by
/// no frame. Somebody who waits for an answer keeps its topic in the ring meanwhile.
// spec: F8, F15, L2, L5
#[test]
fn who_knew_it_before_has_to_read_it() {
    let mut stage = Stage::new();
    stage.tell(vec![start("a")]);
    let waiting = stage.follow(&[&topic()]);
    stage.tell(vec![log("a", "1".into()), delete(), restore()]);
    let epoch = stage.process.epoch.clone();
    for after in [3, 2, 1] {
        let wants = vec![subscribe(&topic(), Some((&epoch, after)))];
        let id = stage
            .process
            .connect(Some(wants), wire(usize::MAX), stage.now);
        stage.answer_all();
        let told = stage.texts(id);
        assert_eq!(told[0]["type"], "resync", "after {after}: {told:?}");
        assert_eq!(told[0]["payload"]["reason"], "window");
    }
    assert!(!stage.texts(waiting).is_empty());
    let wants = vec![subscribe(&topic(), Some((&epoch, 4)))];
    let reader = stage
        .process
        .connect(Some(wants), wire(usize::MAX), stage.now);
    stage.answer_all();
    stage.tell(vec![log("a", "2".into())]);
    assert_eq!(stage.types(reader).last().unwrap(), "changes");
}

// spec: F13
#[test]
fn it_is_missing_until_it_comes_back() {
    let mut stage = Stage::new();
    stage.tell(vec![start("a"), log("a", "1".into())]);
    let id = stage.follow(&[&topic()]);
    stage.answer_all();
    stage.got(id);
    stage.tell(vec![delete()]);
    let second = stage.follow(&[&topic()]);
    stage.answer_all();
    assert_eq!(stage.types(second), ["removed"]);
    stage.tell(vec![restore(), log("a", "2".into())]);
    assert_eq!(stage.types(id), ["removed"], "its subscription has ended");
    let third = stage.follow(&[&topic()]);
    stage.answer_all();
    assert_eq!(stage.types(third)[0], "subscribed");
}
