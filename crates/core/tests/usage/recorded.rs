//! Recorded sessions: whichever signals tell of them, in whichever order, once or twice, they come
//! to the same sum, which is the one that the agents themselves came to.

use agent_tracer_core::entity::Usage;
use agent_tracer_core::usage::UsageRecord;
use agent_tracer_core::usage::telemetry::Export;

use crate::support::{World, otlp, transcripts};

/// A recorded session, and what its agent says at its end that it used: requests, input that no
/// cache held, read from a cache, written to one, output.
struct Recorded {
    agent: &'static str,
    name: &'static str,
    sums: [i64; 5],
    /// What the agent says it cost.
    cost: i64,
}

const fn recorded(agent: &'static str, name: &'static str, sums: [i64; 5], cost: i64) -> Recorded {
    Recorded {
        agent,
        name,
        sums,
        cost,
    }
}

/// From the `cost-state` lines of Claude Code, the last running totals of Codex, the shutdown of
/// Copilot CLI, and for Gemini CLI its counters.
const SESSIONS: &[Recorded] = &[
    recorded(
        "claude-code",
        "continue",
        [4, 5_688, 60_000, 1_680, 240],
        44_964,
    ),
    recorded(
        "claude-code",
        "explore-subagent",
        [6, 8_120, 90_000, 2_520, 360],
        66_210,
    ),
    recorded(
        "claude-code",
        "first-edit",
        [6, 8_547, 90_000, 2_520, 360],
        67_491,
    ),
    recorded(
        "claude-code",
        "tool-failures",
        [7, 9_969, 105_000, 2_940, 420],
        78_732,
    ),
    recorded("codex", "first-edit", [4, 5_195, 60_000, 0, 240], 0),
    recorded("codex", "tool-failures", [5, 6_489, 75_000, 0, 300], 0),
    recorded("gemini-cli", "first-edit", [6, 7_949, 90_000, 0, 360], 0),
    recorded("gemini-cli", "tool-failures", [5, 6_620, 75_000, 0, 300], 0),
    recorded("copilot-cli", "first-edit", [4, 5_300, 60_000, 0, 240], 0),
    recorded(
        "copilot-cli",
        "tool-failures",
        [5, 6_629, 75_000, 0, 300],
        0,
    ),
];

/// One way in which a session may be told: deliveries in their order.
type Telling = Vec<Vec<UsageRecord>>;

fn tellings(agent: &str, name: &str) -> Vec<(&'static str, Telling)> {
    let transcripts = transcripts(agent, name);
    let logs = otlp(agent, name, Export::Logs);
    let spans = otlp(agent, name, Export::Traces);
    let metrics = otlp(agent, name, Export::Metrics);
    let all: Telling = [&metrics, &spans, &logs, &transcripts]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let reversed = all
        .iter()
        .rev()
        .map(|records| records.iter().rev().cloned().collect());
    let twice = all.iter().chain(&all).cloned().collect();
    let halves = |records: &Vec<UsageRecord>| records.iter().map(|it| vec![it.clone()]).collect();
    let singly: Vec<Telling> = all.iter().map(halves).collect();
    vec![
        ("transcripts", transcripts),
        ("logs", logs),
        ("spans", spans),
        ("metrics", metrics),
        ("reversed", reversed.collect()),
        ("twice", twice),
        ("one by one", singly.concat()),
        ("all", all),
    ]
}

fn counts(usage: Usage) -> [i64; 5] {
    [
        usage.requests,
        usage.input_tokens,
        usage.cache_read_tokens,
        usage.cache_creation_tokens,
        usage.output_tokens,
    ]
}

fn told(agent: &str, telling: Telling, attach_first: bool) -> Usage {
    let mut world = World::new();
    let session = telling
        .iter()
        .flatten()
        .map(|record| record.runtime_session_id.clone())
        .next();
    let session = session.unwrap_or_default();
    if attach_first {
        world.attach(agent, &session);
    }
    for records in telling {
        world.tell(records);
    }
    world.attach(agent, &session);
    world.total()
}

#[test]
fn every_way_of_telling_comes_to_the_same_sum() {
    for Recorded {
        agent, name, sums, ..
    } in SESSIONS
    {
        let mut ways = 0;
        for (way, telling) in tellings(agent, name) {
            if telling.iter().all(Vec::is_empty) {
                continue;
            }
            ways += 1;
            for attach_first in [true, false] {
                let usage = told(agent, telling.clone(), attach_first);
                let mut expected = *sums;
                if way == "metrics" {
                    // Counters do not say of how many answers they are.
                    expected[0] = 0;
                }
                assert_eq!(counts(usage), expected, "{agent}/{name} by {way}");
            }
        }
        assert!(ways >= 6, "{agent}/{name} is told in {ways} ways");
    }
}

#[test]
fn the_list_price_is_what_the_agent_says_it_cost() {
    for Recorded {
        agent, name, cost, ..
    } in SESSIONS.iter().filter(|it| it.cost > 0)
    {
        let transcript = told(agent, transcripts(agent, name), true);
        assert_eq!(transcript.cost_micros, *cost, "{name}: estimated");
        assert_eq!(transcript.reported_cost_micros, 0);
        let both = told(agent, tellings(agent, name).pop().unwrap().1, true);
        assert_eq!(both.cost_micros, *cost, "{name}: reported");
        assert_eq!(both.reported_cost_micros, *cost);
        assert_eq!(both.list_cost_micros, *cost);
    }
}

#[test]
fn a_model_without_a_price_is_unpriced() {
    let usage = told("codex", transcripts("codex", "first-edit"), true);
    assert_eq!(usage.cost_micros, 0);
    assert_eq!(usage.unpriced_tokens, 65_195 + 240);
}
