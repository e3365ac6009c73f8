//! A delivery counts once, however often it is sent.

use agent_tracer_core::command::{Command, Reply};
use agent_tracer_core::report::Delivery;
use agent_tracer_core::rows::DELIVERY_KEPT_MILLIS;
use agent_tracer_store::Seq;

use super::commands::logged;
use super::reports::report;
use super::store::Store;

super::for_every_store!(
    a_delivery_counts_once,
    a_delivery_counts_once_in_a_group,
    a_delivery_that_tells_nothing_is_remembered,
    a_delivery_is_forgotten_after_a_week,
    a_rejected_neighbour_does_not_undo_a_delivery,
);

/// A prompt without an id: nothing in it tells it from another one.
fn prompt(delivery: Option<&str>) -> Command {
    Command::Report(Box::new(Delivery {
        id: delivery.map(str::to_owned),
        ..report(0, 1, 41).into()
    }))
}

fn prompts(store: &mut Store) -> usize {
    let now = store.now();
    let events = store.read(|store| store.overview(now)).1.total_events;
    usize::try_from(events).unwrap().saturating_sub(1)
}

fn a_delivery_counts_once(store: &mut Store) {
    store.done(prompt(Some("one")));
    let again = store.done(prompt(Some("one")));
    assert_eq!((again.seq, again.messages), (None, vec![]));
    assert_eq!(again.reply, Reply::Done { ok: true });
    store.done(prompt(Some("two")));
    store.done(prompt(None));
    store.done(prompt(None));
    assert_eq!(prompts(store), 4);
    let late = store.done(prompt(Some("two")));
    assert_eq!(late.seq, None, "also after what came in between");
}

fn a_delivery_counts_once_in_a_group(store: &mut Store) {
    let outcomes = store.commit(vec![
        prompt(Some("one")),
        prompt(Some("one")),
        prompt(Some("two")),
    ]);
    let seqs: Vec<_> = outcomes.iter().map(|it| it.as_ref().unwrap().seq).collect();
    assert_eq!(seqs, [Some(Seq(1)), None, Some(Seq(2))]);
    assert_eq!(prompts(store), 2);
}

/// It could mean something later: an end of a run that does not run yet.
fn a_delivery_that_tells_nothing_is_remembered(store: &mut Store) {
    let end = |id: &str| {
        Command::Report(Box::new(Delivery {
            id: Some(id.to_owned()),
            ..report(0, 10, 0).into()
        }))
    };
    store.commit(vec![prompt(None), end("first")]);
    let nothing = store.done(end("second"));
    assert!(nothing.seq.is_some() && logged(&nothing).is_empty());
    assert_eq!(store.done(end("second")).seq, None);
}

fn a_delivery_is_forgotten_after_a_week(store: &mut Store) {
    store.commit(vec![
        prompt(Some("a")),
        prompt(Some("b")),
        prompt(Some("c")),
    ]);
    store.wait(DELIVERY_KEPT_MILLIS);
    store.done(prompt(Some("later")));
    for known in ["a", "b", "c"] {
        assert_eq!(store.done(prompt(Some(known))).seq, None, "{known}");
    }
    store.wait(1);
    for new in 0..3 {
        store.done(prompt(Some(&format!("new-{new}"))));
    }
    assert_eq!(prompts(store), 7);
    for forgotten in ["a", "b", "c"] {
        store.done(prompt(Some(forgotten)));
    }
    assert_eq!(prompts(store), 10);
    assert_eq!(store.done(prompt(Some("later"))).seq, None);
}

fn a_rejected_neighbour_does_not_undo_a_delivery(store: &mut Store) {
    let rejected = super::commands::log("nowhere", "lost");
    let outcomes = store.commit(vec![prompt(Some("one")), rejected]);
    assert!(outcomes[0].is_ok() && outcomes[1].is_err());
    assert_eq!(store.done(prompt(Some("one"))).seq, None);
}
