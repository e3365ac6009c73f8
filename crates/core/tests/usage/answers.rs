//! A task's answers one by one, and how full the context was with the last of them.

use agent_tracer_core::ids::TaskId;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::usage::{ANSWERS_MAX, ContextUse, Tokens, UsageOrigin, UsageRecord};

use crate::support::{World, derived, named, record};

/// An answer to so many tokens, that many minutes after the first.
fn answer(id: &str, origin: UsageOrigin, minutes: i64, sent: i64) -> UsageRecord {
    let first = World::new().now.as_millis() - 24 * 3_600_000;
    let at = first + minutes * 60_000;
    UsageRecord {
        at: Some(Timestamp::from_millis(at)),
        tokens: Tokens {
            input: 10,
            cache_read: sent - 30,
            cache_creation: 20,
            output: 5,
            ..Tokens::default()
        },
        ..record("s", named(id), origin)
    }
}

fn told(usage: Vec<UsageRecord>) -> (World, TaskId) {
    let mut world = World::new();
    let task = world.attach("agent", "s");
    world.tell(usage);
    (world, task)
}

fn context(usage: Vec<UsageRecord>) -> Option<ContextUse> {
    let (world, task) = told(usage);
    world.read_usage(&task).context
}

#[test]
fn the_newest_answers_are_told_the_oldest_of_them_first() {
    use UsageOrigin::{Metric, Otlp, Transcript};
    let counter = UsageRecord {
        key: derived("counter"),
        ..answer("", Metric, 3, 100)
    };
    let priced = UsageRecord {
        reported_cost_micros: Some(7),
        ..answer("a", Otlp, 1, 100)
    };
    let unpriced = UsageRecord {
        model: "nobody's".to_owned(),
        ..answer("b", Otlp, 0, 200)
    };
    let again = answer("a", Transcript, 1, 150);
    let (world, task) = told(vec![priced, counter, unpriced, again]);
    let series = world.read_usage(&task).series;
    let shown: Vec<_> = series
        .iter()
        .map(|answer| (answer.cache_read_tokens, answer.cost_micros))
        .collect();
    assert_eq!(shown, [(170, None), (120, Some(7))]);
}

#[test]
fn only_so_many_answers_are_told() {
    let many = i64::try_from(ANSWERS_MAX).unwrap() + 2;
    let answers = (0..many).map(|n| answer(&n.to_string(), UsageOrigin::Otlp, n, 100 + n));
    let (world, task) = told(answers.collect());
    let series = world.read_usage(&task).series;
    assert_eq!(series.len(), ANSWERS_MAX);
    assert_eq!(
        series[0].cache_read_tokens, 72,
        "the two oldest are left out"
    );
}

#[test]
fn the_context_is_what_was_sent_for_the_last_answer() {
    let answers = vec![
        answer("later", UsageOrigin::Otlp, 2, 50_000),
        answer("sooner", UsageOrigin::Otlp, 1, 90_000),
    ];
    let context = context(answers).unwrap();
    assert_eq!((context.tokens, context.window), (50_000, Some(200_000)));
    assert_eq!(context.model, "claude-sonnet-4-5");
}

#[test]
fn a_request_beside_the_conversation_is_not_its_context() {
    let title = answer("title", UsageOrigin::Otlp, 9, 300);
    let spoken = answer("spoken", UsageOrigin::Transcript, 1, 50_000);
    let context = context(vec![spoken, title]).unwrap();
    assert_eq!(context.tokens, 50_000);
}

#[test]
fn a_window_that_was_exceeded_is_another_one() {
    let long = answer("long", UsageOrigin::Transcript, 1, 300_000);
    let compacted = answer("compacted", UsageOrigin::Transcript, 2, 20_000);
    let context = context(vec![long, compacted]).unwrap();
    assert_eq!((context.tokens, context.window), (20_000, None));
}

#[test]
fn an_answer_that_says_nothing_of_what_was_sent_tells_of_no_context() {
    let silent = UsageRecord {
        tokens: Tokens {
            output: 9,
            ..Tokens::default()
        },
        ..answer("silent", UsageOrigin::Hook, 1, 100)
    };
    assert_eq!(context(vec![silent]), None);
}
