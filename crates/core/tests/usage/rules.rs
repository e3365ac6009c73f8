//! Which of several tellings counts.

use agent_tracer_core::time::Timestamp;
use agent_tracer_core::usage::{Tokens, UsageOrigin, UsageRecord};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::{World, derived, named, record};

fn with_input(mut record: UsageRecord, input: i64) -> UsageRecord {
    record.tokens.input = input;
    record
}

fn at(mut record: UsageRecord, millis: i64) -> UsageRecord {
    record.at = Some(Timestamp::from_millis(1_795_400_000_000 + millis));
    record
}

/// What the records come to, told one by one and all at once.
fn input_of(records: Vec<UsageRecord>) -> i64 {
    let [mut at_once, mut one_by_one] = [World::new(), World::new()];
    for world in [&mut at_once, &mut one_by_one] {
        world.attach("agent", "s");
    }
    for record in &records {
        one_by_one.tell(vec![record.clone()]);
    }
    at_once.tell(records);
    assert_eq!(at_once.total(), one_by_one.total());
    at_once.total().input_tokens
}

#[test]
fn an_answer_counts_once_and_its_best_telling_wins() {
    let told = |origin, input| with_input(record("s", named("a"), origin), input);
    let (hook, otlp) = (told(UsageOrigin::Hook, 1), told(UsageOrigin::Otlp, 2));
    let transcript = told(UsageOrigin::Transcript, 4);
    assert_eq!(input_of(vec![hook.clone(), otlp.clone()]), 2);
    assert_eq!(input_of(vec![transcript.clone(), otlp, hook]), 4);
    let unfinished = told(UsageOrigin::Transcript, 3);
    assert_eq!(input_of(vec![transcript.clone(), unfinished.clone()]), 4);
    assert_eq!(input_of(vec![unfinished, transcript]), 4);
}

#[test]
fn a_session_that_was_forked_is_paid_once() {
    let told = |session| record(session, named("a"), UsageOrigin::Transcript);
    assert_eq!(input_of(vec![told("s"), told("copy")]), 10);
}

#[test]
fn what_names_no_answer_counts_until_a_transcript_comes_so_far() {
    let telemetry = |millis: i64| {
        let key = derived(&millis.to_string());
        at(record("s", key, UsageOrigin::Otlp), millis)
    };
    let transcript = |id, millis| {
        let told = record("s", named(id), UsageOrigin::Transcript);
        with_input(at(told, millis), 100)
    };
    let early = vec![telemetry(0), telemetry(60_000), telemetry(120_000)];
    assert_eq!(input_of(early.clone()), 30);
    let half = [
        early.clone(),
        vec![transcript("a", 5), transcript("b", 60_005)],
    ]
    .concat();
    assert_eq!(
        input_of(half.clone()),
        200 + 10,
        "the last is only telemetry's"
    );
    let whole = [half, vec![transcript("c", 120_005)]].concat();
    assert_eq!(input_of(whole), 300);
}

#[test]
fn counters_count_only_where_nothing_else_is_told() {
    let counter = record("s", derived("c"), UsageOrigin::Metric);
    let later = at(record("s", named("a"), UsageOrigin::Hook), -9_999_999);
    assert_eq!(input_of(vec![counter.clone(), counter.clone()]), 10);
    assert_eq!(input_of(vec![counter, with_input(later, 3)]), 3);
}

#[test]
fn counts_that_cannot_be_are_bounded() {
    let mut odd = record("s", named("a"), UsageOrigin::Otlp);
    odd.tokens = Tokens {
        input: -5,
        output: i64::MAX,
        cache_creation: 3,
        cache_creation_1h: 9,
        ..Tokens::default()
    };
    odd.reported_cost_micros = Some(-1);
    let mut world = World::new();
    world.attach("agent", "s");
    world.tell(vec![odd]);
    let usage = world.total();
    assert_eq!((usage.input_tokens, usage.cache_creation_tokens), (0, 3));
    assert_eq!(usage.reported_cost_micros, 0);
    assert_eq!(usage.output_tokens, 1_000_000_000_000);
}

#[derive(Clone, Debug)]
struct Told(u8, u8, u8, u8);

fn telling(Told(origin, id, input, millis): &Told) -> UsageRecord {
    let origin = UsageOrigin::ALL[usize::from(*origin) % 4];
    let session = ["s", "t"][usize::from(id % 2)];
    let answer = format!("{session}{}", id / 3);
    let key = match origin {
        UsageOrigin::Transcript | UsageOrigin::Hook => named(&answer),
        UsageOrigin::Otlp if input % 2 == 0 => named(&answer),
        UsageOrigin::Otlp | UsageOrigin::Metric => derived(&format!("{origin:?}{answer}")),
    };
    let told = record(session, key, origin);
    at(
        with_input(told, i64::from(*input)),
        i64::from(*millis) * 400,
    )
}

fn some() -> impl Strategy<Value = Told> {
    (any::<u8>(), 0..6_u8, any::<u8>(), any::<u8>()).prop_map(|(a, b, c, d)| Told(a, b, c, d))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_tellings_makes_no_difference(
        (told, shuffled) in vec(some(), 1..20)
            .prop_flat_map(|told| (Just(told.clone()), Just(told).prop_shuffle())),
        place in any::<prop::sample::Index>(),
    ) {
        let told: Vec<_> = told.iter().map(telling).collect();
        let shuffled: Vec<_> = shuffled.iter().map(telling).collect();
        let mut once = World::new();
        once.attach("agent", "s");
        once.attach("agent", "t");
        once.tell(told);
        let mut again = World::new();
        let attach_at = place.index(shuffled.len());
        for (number, record) in shuffled.into_iter().enumerate() {
            if number == attach_at {
                again.attach("agent", "s");
            }
            again.tell(vec![record.clone(), record]);
        }
        again.attach("agent", "t");
        if attach_at == 0 {
            again.attach("agent", "s");
        }
        prop_assert_eq!(once.total(), again.total());
    }
}
