//! What was accepted comes back the same, to the last character.

use agent_tracer_core::entity::{Event, Metadata};
use agent_tracer_store::Committed;
use serde_json::{Value, json};

use super::commands::{id, log_with, logged, start};
use super::store::Store;

super::for_every_store!(
    any_text_comes_back,
    a_megabyte_comes_back,
    every_digit_of_a_number_comes_back,
    deep_metadata_comes_back,
    an_unknown_event_is_none,
);

const ODD: &str =
    "\0 \u{1} \u{2028} \u{2029} \u{feff} \u{200d} 👩‍👩‍👧 🏳️‍🌈 e\u{301} '\"\\ -- ; \r\n\t \u{10ffff} ß";

/// Logs an event and looks at it in every way there is.
fn round_trip(store: &mut Store, title: &str, body: Option<&str>, metadata: &Metadata) {
    store.done(start("a"));
    let committed: Committed = store.done(log_with("a", title, |log| {
        log.body = body.map(str::to_owned);
        log.metadata.clone_from(metadata);
    }));
    let event = logged(&committed).remove(0);
    assert_eq!((event.title.as_str(), event.body.as_deref()), (title, body));
    for (key, value) in metadata {
        assert_eq!(event.metadata.get(key), Some(value));
    }
    assert_eq!(
        store.read(|store| store.event(&event.id)),
        Some(event.clone())
    );
    let page = store.read(|store| store.timeline(&id("a"), 1, None));
    let page = page.unwrap().2;
    assert_eq!(page.events, std::slice::from_ref(&event));
    let mut last: Option<Event> = None;
    store.read(|store| {
        store.visit_timeline(&id("a"), &mut |event| {
            last = Some(event);
            true
        })
    });
    assert_eq!(last, Some(event));
}

fn metadata(key: &str, value: Value) -> Metadata {
    [(key.to_owned(), value)].into_iter().collect()
}

fn any_text_comes_back(store: &mut Store) {
    round_trip(
        store,
        ODD,
        Some(ODD),
        &metadata(ODD, json!([ODD, null, ""])),
    );
}

fn a_megabyte_comes_back(store: &mut Store) {
    let body = format!("{ODD}é").repeat((1 << 20) / ODD.len());
    round_trip(store, "long", Some(&body), &metadata("output", json!(body)));
}

fn every_digit_of_a_number_comes_back(store: &mut Store) {
    let numbers = json!([
        u64::MAX,
        i64::MIN,
        0,
        -0.0,
        0.1,
        1e308,
        5e-324,
        5.0e-7,
        122.416_294_033_786_58,
        1.000_000_000_000_000_2e-308,
        9_007_199_254_740_993_i64,
        71_290_148_623_591_456.0,
    ]);
    round_trip(store, "numbers", None, &metadata("numbers", numbers));
}

/// As deep as a request can be, inside what is laid around it.
fn deep_metadata_comes_back(store: &mut Store) {
    let deep = (0..200).fold(json!("ground"), |inner, _| json!([inner]));
    round_trip(store, "deep", None, &metadata("raw", deep));
}

fn an_unknown_event_is_none(store: &mut Store) {
    let unknown = agent_tracer_core::ids::EventId::new("nowhere");
    assert_eq!(store.read(|store| store.event(&unknown)), None);
}
