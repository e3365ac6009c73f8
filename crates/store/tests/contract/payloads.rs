//! What hooks sent is found by the events that came of it, and goes with their tasks.

use agent_tracer_core::command::Command;
use agent_tracer_core::entity::Metadata;
use agent_tracer_core::ids::{EventId, TaskId};
use agent_tracer_core::report::{CallEnd, Delivery, SubagentRef, ToolCall, What};
use agent_tracer_core::rows::PayloadRow;
use agent_tracer_core::vocabulary::ToolStatus;
use agent_tracer_store::Committed;

use super::commands::{id, log, logged, start};
use super::reports::{call, end, report};
use super::store::Store;
use super::trash::empty_trash;

super::for_every_store!(
    an_event_has_the_payloads_that_made_and_changed_it,
    a_payload_that_tells_nothing_is_not_kept,
    an_event_without_payloads_has_none_and_no_event_has_no_list,
    payloads_go_with_their_task_alone,
);

fn told(what: What, raw: &[u8]) -> Command {
    told_of(None, what, raw)
}

fn told_of(subagent: Option<&str>, what: What, raw: &[u8]) -> Command {
    let mut report = report(0, 0, 0);
    report.what = what;
    report.subagent = subagent.map(|id| SubagentRef {
        id: id.to_owned(),
        agent_type: Some("Explore".to_owned()),
        has_session: false,
    });
    Command::Report(Box::new(Delivery {
        raw: Some(raw.to_owned()),
        ..report.into()
    }))
}

fn prompted(text: &str, raw: &[u8]) -> Command {
    let what = What::Prompted {
        text: text.to_owned(),
        by_person: true,
        title: text.to_owned(),
        metadata: Metadata::new(),
    };
    told(what, raw)
}

fn payloads(store: &mut Store, event: &EventId) -> Option<Vec<Vec<u8>>> {
    let found = store.read(|store| store.payloads(event))?;
    let compressed = |payload: PayloadRow| {
        assert_eq!(payload.hook_event, "Hook");
        payload.compressed
    };
    Some(found.into_iter().map(compressed).collect())
}

fn last(committed: &Committed) -> (EventId, TaskId) {
    let event = logged(committed).pop().unwrap();
    (event.id, event.task_id)
}

fn an_event_has_the_payloads_that_made_and_changed_it(store: &mut Store) {
    let before = store.now();
    let (prompt, _) = last(&store.done(prompted("go", b"prompt")));
    store.wait(1_000);
    let call = call(1);
    let begun = store.done(told(What::CallStarted(call.clone()), b"begin"));
    let (event, _) = last(&begun);
    let end = CallEnd {
        status: ToolStatus::Completed,
        ..end(1)
    };
    store.done(told(What::CallEnded { call, end }, b"end"));
    assert_eq!(payloads(store, &prompt), Some(vec![b"prompt".to_vec()]));
    let both = vec![b"begin".to_vec(), b"end".to_vec()];
    assert_eq!(payloads(store, &event), Some(both));
    let received = store.read(|store| store.payloads(&prompt)).unwrap();
    assert_eq!(received[0].received_at, before);
}

fn a_payload_that_tells_nothing_is_not_kept(store: &mut Store) {
    let call: ToolCall = call(1);
    let (event, _) = last(&store.done(told(What::CallStarted(call.clone()), b"one")));
    store.done(told(What::CallStarted(call), b"again"));
    assert_eq!(payloads(store, &event), Some(vec![b"one".to_vec()]));
}

fn an_event_without_payloads_has_none_and_no_event_has_no_list(store: &mut Store) {
    store.done(start("a"));
    let (event, _) = last(&store.done(log("a", "by hand")));
    assert_eq!(payloads(store, &event), Some(Vec::new()));
    assert_eq!(payloads(store, &EventId::new("nowhere")), None);
}

fn payloads_go_with_their_task_alone(store: &mut Store) {
    store.done(start("other"));
    let (_, task) = last(&store.done(prompted("go", b"prompt")));
    let begun = What::SubagentStarted {
        metadata: Metadata::new(),
    };
    let child = store.done(told_of(Some("sub"), begun, b"subagent"));
    let (inside, subtask) = last(&child);
    assert_ne!(task, subtask);
    assert_eq!(payloads(store, &inside), Some(vec![b"subagent".to_vec()]));
    store.done(Command::DeleteTask(task));
    assert_eq!(payloads(store, &inside), None);
    empty_trash(store);
    assert_eq!(payloads(store, &inside), None);
    let (event, _) = last(&store.done(prompted("again", b"second life")));
    assert_eq!(payloads(store, &event), Some(vec![b"second life".to_vec()]));
    assert!(store.read(|store| store.task(&id("other"))).is_some());
}
