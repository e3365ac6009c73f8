//! Calls whose agent gives them no ids.

use agent_tracer_core::command::Command;
use agent_tracer_core::entity::Metadata;
use agent_tracer_core::report::{ToolCall, What};
use agent_tracer_core::vocabulary::ToolStatus;
use serde_json::{Value, json};

use crate::support::World;
use crate::support::agent::{Agent, agent, command, end};

/// A command without an id; equal to any other of the same words.
fn nameless(words: &str) -> ToolCall {
    let mut call = command(words);
    call.id = None;
    call.metadata
        .insert("toolName".to_owned(), call.tool_name.clone().into());
    call.metadata
        .insert("toolInput".to_owned(), call.input.clone());
    call
}

fn begins(agent: &Agent, words: &str) -> Command {
    agent.report(What::CallStarted(nameless(words)))
}

fn ends(agent: &Agent, words: &str, status: ToolStatus) -> Command {
    agent.finishes(nameless(words), status)
}

/// The calls of a world, as the rest of their lines says.
fn calls(world: &World) -> Vec<String> {
    let lines = world.timeline("n-1");
    lines
        .iter()
        .filter_map(|line| line.strip_prefix("terminal.command ").map(str::to_owned))
        .collect()
}

fn after(reports: impl IntoIterator<Item = Command>) -> World {
    World::after(std::iter::once(agent("s").prompted("go")).chain(reports))
}

#[test]
fn a_beginning_and_its_end_are_one_call() {
    let agent = agent("s");
    let world = after([
        begins(&agent, "ls"),
        ends(&agent, "ls", ToolStatus::Completed),
    ]);
    assert_eq!(calls(&world), ["\"run ls\" completed"]);
}

#[test]
fn two_equal_calls_in_a_row_are_two() {
    let agent = agent("s");
    let world = after([
        begins(&agent, "ls"),
        ends(&agent, "ls", ToolStatus::Failed),
        begins(&agent, "ls"),
        ends(&agent, "ls", ToolStatus::Completed),
    ]);
    let told = ["\"run ls\" failed", "\"run ls\" completed"];
    assert_eq!(calls(&world), told);
}

#[test]
fn equal_calls_side_by_side_end_in_order() {
    let agent = agent("s");
    let world = after([
        begins(&agent, "ls"),
        begins(&agent, "ls"),
        ends(&agent, "ls", ToolStatus::Failed),
        ends(&agent, "ls", ToolStatus::Completed),
    ]);
    let told = ["\"run ls\" failed", "\"run ls\" completed"];
    assert_eq!(calls(&world), told);
}

#[test]
fn an_end_that_overtakes_its_beginning_is_the_same_call() {
    let agent = agent("s");
    let world = after([
        ends(&agent, "ls", ToolStatus::Completed),
        begins(&agent, "ls"),
    ]);
    assert_eq!(calls(&world), ["\"run ls\" completed"]);
}

#[test]
fn an_end_of_long_ago_is_not_a_later_calls() {
    let agent = agent("s");
    let mut world = after([ends(&agent, "ls", ToolStatus::Completed)]);
    world.pass(60_000);
    world.run(begins(&agent, "ls"));
    let told = ["\"run ls\" completed", "\"run ls\" running"];
    assert_eq!(calls(&world), told);
}

#[test]
fn a_late_end_corrects_a_guess() {
    let agent = agent("s");
    let world = after([
        begins(&agent, "ls"),
        agent.answers("done"),
        ends(&agent, "ls", ToolStatus::Completed),
    ]);
    assert_eq!(calls(&world), ["\"run ls\" completed"]);
}

#[test]
fn a_call_that_never_ended_does_not_take_the_end_of_the_next() {
    let agent = agent("s");
    let world = after([
        begins(&agent, "ls"),
        agent.turn(None).prompted("again"),
        begins(&agent, "ls"),
        ends(&agent, "ls", ToolStatus::Completed),
    ]);
    let told = ["\"run ls\" unfinished", "\"run ls\" completed"];
    assert_eq!(calls(&world), told);
}

#[test]
fn a_guess_is_not_corrected_once_an_equal_call_came_after_it() {
    let agent = agent("s");
    let world = after([
        begins(&agent, "ls"),
        agent.turn(None).prompted("again"),
        begins(&agent, "ls"),
        ends(&agent, "ls", ToolStatus::Completed),
        ends(&agent, "ls", ToolStatus::Failed),
    ]);
    let told = [
        "\"run ls\" unfinished",
        "\"run ls\" completed",
        "\"run ls\" failed",
    ];
    assert_eq!(calls(&world), told);
}

fn asks(agent: &Agent, tool: &str, input: Value) -> Command {
    agent.report(What::PermissionAsked {
        tool_name: tool.to_owned(),
        input,
        title: "May I?".to_owned(),
        metadata: Metadata::new(),
    })
}

#[test]
fn a_question_belongs_to_the_call_whose_input_it_says_in_part() {
    let agent = agent("s");
    let mut call = nameless("rm x");
    call.input = json!({"command": "rm x", "description": "remove x"});
    call.metadata
        .insert("toolInput".to_owned(), call.input.clone());
    for asked in [
        asks(&agent, "Bash", json!({"command": "rm x"})),
        asks(&agent, "bash", json!({"command": "rm x"})),
        asks(&agent, "Bash", json!({})),
    ] {
        let world = after([
            agent.report(What::CallStarted(call.clone())),
            asked,
            agent.report(What::CallEnded {
                call: call.clone(),
                end: end(ToolStatus::Completed),
            }),
        ]);
        let lines = world.timeline("n-1");
        let question = lines.iter().find(|line| line.contains("May I?")).unwrap();
        assert!(question.ends_with("concluded"), "{question}");
        assert_eq!(world.status("n-1"), "running");
    }
}

#[test]
fn a_question_about_another_input_is_not_the_calls() {
    let agent = agent("s");
    let world = after([
        begins(&agent, "ls"),
        asks(&agent, "Bash", json!({"command": "rm x"})),
        ends(&agent, "ls", ToolStatus::Completed),
    ]);
    assert_eq!(world.status("n-1"), "waiting");
}

#[test]
fn a_call_took_the_time_between_its_reports_unless_its_end_says() {
    let agent = agent("s");
    let took = |world: &World| {
        let rows = world.rows.events.values();
        let call = rows.into_iter().find(|row| row.event.title == "run ls");
        let metadata = &call.unwrap().event.metadata;
        ["durationMs", "durationFrom"].map(|key| metadata.get(key).cloned().unwrap_or_default())
    };
    let mut said = end(ToolStatus::Completed);
    said.metadata.insert("durationMs".to_owned(), json!(7));
    let told = agent.report(What::CallEnded {
        call: nameless("ls"),
        end: said,
    });
    for (end, expected) in [
        (
            ends(&agent, "ls", ToolStatus::Completed),
            [json!(250), json!("reports")],
        ),
        (
            ends(&agent, "ls", ToolStatus::Refused),
            [Value::Null, Value::Null],
        ),
        (told, [json!(7), Value::Null]),
    ] {
        let mut world = after([begins(&agent, "ls")]);
        world.pass(250);
        world.run(end);
        assert_eq!(took(&world), expected);
    }
}

#[test]
fn the_agents_own_clock_says_how_long_a_call_took() {
    let agent = agent("s");
    let at = |time: &str, mut command: Command| {
        if let Command::Report(delivery) = &mut command {
            delivery.reports[0].happened_at = Some(time.parse().unwrap());
        }
        command
    };
    let mut world = after([at("2020-01-01T00:00:00.000Z", begins(&agent, "ls"))]);
    world.pass(250);
    let ended = ends(&agent, "ls", ToolStatus::Completed);
    world.run(at("2020-01-01T00:00:00.030Z", ended));
    let rows = world.rows.events.values();
    let call = rows.into_iter().find(|row| row.event.title == "run ls");
    let metadata = &call.unwrap().event.metadata;
    assert_eq!(metadata["durationMs"], json!(30));
    assert_eq!(metadata["happenedAt"], json!("2020-01-01T00:00:00.000Z"));
}

#[test]
fn what_becomes_known_of_a_run_stands_at_its_beginning() {
    let agent = agent("s");
    let described = || {
        let metadata = [("model".to_owned(), json!("m-1"))];
        agent.report(What::RunDescribed {
            metadata: metadata.into_iter().collect(),
        })
    };
    let models = |world: &World| {
        let rows = world.rows.events.values();
        let models = rows.filter_map(|row| row.event.metadata.get("model").cloned());
        models.collect::<Vec<_>>()
    };
    let mut world = World::after([agent.starts(), described()]);
    assert_eq!(models(&world), [json!("m-1")]);
    world.check(described(), &[]);
    for command in [agent.ends(), agent.starts(), described()] {
        world.pass(10_000);
        world.run(command);
    }
    assert_eq!(models(&world), [json!("m-1"), json!("m-1")]);
}
