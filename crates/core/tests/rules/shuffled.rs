//! Overlapping reports may arrive in any order, and twice: in the end the same was told.

use agent_tracer_core::command::Command;
use agent_tracer_core::entity::Event;
use agent_tracer_core::memory::Memory;
use agent_tracer_core::report::What;
use agent_tracer_core::rows::Binding;
use agent_tracer_core::vocabulary::{TodoState, ToolStatus};
use proptest::prelude::*;

use crate::support::agent::{agent, edit, todo_call};
use crate::support::{World, event_line};

/// A report of the run, the reports that surely come before it, and whether it may come twice.
struct Item {
    report: Command,
    after: &'static [&'static str],
    twice: Twice,
}

#[derive(Clone, Copy, PartialEq)]
enum Twice {
    /// The second one may come a little later.
    Later,
    /// The second one comes next: nothing in it tells it from a new one later on.
    Next,
}

#[expect(clippy::too_many_lines, reason = "a list")]
/// A plausible run: parallel calls, two of which ask, a subagent in the background, a to-do item.
fn run() -> Vec<(&'static str, Item)> {
    use Twice::{Later, Next};
    let (main, sub) = (agent("s"), agent("s").subagent("a"));
    let item = |report, after, twice| Item {
        report,
        after,
        twice,
    };
    let edits = main.report(What::CallStarted(edit("c3")));
    let edited = main.finishes(edit("c3"), ToolStatus::Completed);
    let adds = main.report(What::CallStarted(todo_call("e", "Write tests")));
    let moved = main.todo("1", TodoState::Added, "Write tests");
    let added = main.finishes(todo_call("e", "Write tests"), ToolStatus::Completed);
    let delegates = main.report(What::CallStarted(crate::support::agent::delegation("d")));
    let batch = main.batch(&[
        ("c1", ToolStatus::Completed),
        ("c2", ToolStatus::Failed),
        ("refused", ToolStatus::Refused),
    ]);
    let failed = main.finishes(crate::support::agent::command("c2"), ToolStatus::Failed);
    vec![
        ("starts", item(main.starts(), &[], Later)),
        ("note", item(main.notes("instructions"), &[], Later)),
        (
            "prompt",
            item(main.prompted("go"), &["starts", "note"], Later),
        ),
        ("c1 begins", item(main.begins("c1"), &["prompt"], Later)),
        ("c1 asks", item(main.asks("c1"), &["c1 begins"], Next)),
        ("c1 ends", item(main.completes("c1"), &["c1 asks"], Later)),
        ("c2 begins", item(main.begins("c2"), &["prompt"], Later)),
        ("c2 ends", item(failed, &["c2 begins"], Later)),
        ("c3 begins", item(edits, &["prompt"], Later)),
        ("c3 ends", item(edited, &["c3 begins"], Later)),
        ("e begins", item(adds, &["prompt"], Later)),
        ("e moved", item(moved, &["e begins"], Later)),
        ("e ends", item(added, &["e moved"], Later)),
        ("d begins", item(delegates, &["prompt"], Later)),
        (
            "d ends",
            item(main.launched("d", "a", "find bugs"), &["d begins"], Later),
        ),
        (
            "batch",
            item(batch, &["c1 begins", "c2 begins", "c3 begins"], Later),
        ),
        (
            "sub starts",
            item(sub.subagent_starts(), &["d begins"], Later),
        ),
        ("k1 begins", item(sub.begins("k1"), &["sub starts"], Later)),
        ("k1 asks", item(sub.asks("k1"), &["k1 begins"], Next)),
        ("k1 ends", item(sub.completes("k1"), &["k1 asks"], Later)),
        ("k2 begins", item(sub.begins("k2"), &["k1 ends"], Later)),
        (
            "sub ends",
            item(sub.subagent_ends("found"), &["k1 ends", "d ends"], Later),
        ),
        (
            "answer",
            item(
                main.answers("done"),
                &["c1 asks", "batch", "c3 begins", "e ends", "d ends"],
                Later,
            ),
        ),
        (
            "ends",
            item(
                main.ends(),
                &[
                    "c1 ends",
                    "c2 ends",
                    "c3 ends",
                    "e ends",
                    "sub ends",
                    "k2 begins",
                    "batch",
                    "d ends",
                ],
                Later,
            ),
        ),
    ]
}

/// The reports in an order they may arrive in, chosen by `picks`, some of them twice.
pub(crate) fn shuffled(picks: &[(usize, usize)]) -> Vec<(&'static str, Command)> {
    let (mut left, mut order) = (run(), Vec::<(&str, Command)>::new());
    let mut again: Vec<(usize, &str, Command)> = Vec::new();
    for (pick, twice) in picks.iter().cycle() {
        let is_left = |name: &&str| left.iter().any(|(other, _)| other == name);
        let ready: Vec<usize> = (0..left.len())
            .filter(|&place| !left[place].1.after.iter().any(&is_left))
            .collect();
        let Some(&place) = ready.get(pick % ready.len().max(1)) else {
            break;
        };
        let (name, item) = left.remove(place);
        order.push((name, item.report.clone()));
        match item.twice {
            Twice::Next if twice % 2 == 0 => order.push((name, item.report)),
            Twice::Later if twice % 2 == 0 => {
                again.push((order.len() + twice % 3, name, item.report));
            }
            _ => {}
        }
        let length = order.len();
        let due = again.extract_if(.., |(when, _, _)| *when <= length);
        order.extend(due.map(|(_, name, report)| (name, report)));
    }
    order.extend(again.into_iter().map(|(_, name, report)| (name, report)));
    order
}

/// What is told in the end, without ids and times: each task with its events, sorted.
fn told(rows: &Memory) -> Vec<String> {
    let name = |task| {
        rows.bindings
            .values()
            .find(|binding| binding.task_id == task)
    };
    let name =
        |task| name(task).map_or("", |binding: &Binding| binding.runtime_session_id.as_str());
    let tasks = rows.tasks.values().map(|row| {
        let task = &row.task;
        let parent = task.parent_task_id.clone().map_or("", name);
        let (status, kind) = (task.status.as_str(), task.task_kind.as_str());
        let sessions = (row.figures.sessions, row.figures.open_sessions);
        let name = name(task.id.clone());
        format!(
            "task {name} {kind} {status} \"{}\" under {parent:?} {sessions:?}",
            task.title
        )
    });
    let events = rows.events.values().map(|row| {
        let Event { lane, task_id, .. } = &row.event;
        let line = event_line(&row.event);
        format!(
            "event of {}: {} {line}",
            name(task_id.clone()),
            lane.as_str()
        )
    });
    let mut told: Vec<String> = tasks.chain(events).collect();
    told.sort();
    told
}

fn deliver(reports: impl IntoIterator<Item = Command>) -> World {
    let mut world = World::new();
    for report in reports {
        world.pass(10);
        world.run(report);
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_same_is_told_in_any_order_and_twice(
        picks in prop::collection::vec((0..100_usize, 0..100_usize), 24),
    ) {
        let straight = deliver(run().into_iter().map(|(_, item)| item.report));
        let order = shuffled(&picks);
        let names: Vec<&str> = order.iter().map(|(name, _)| *name).collect();
        let world = deliver(order.into_iter().map(|(_, report)| report));
        prop_assert_eq!(told(&world.rows), told(&straight.rows), "{:?}", names);
    }
}
