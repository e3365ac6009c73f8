//! Why a task is in its state, and since when.

use agent_tracer_core::command::{AgentRun, Command, UpdateTask};
use agent_tracer_core::decide::{SILENT_MILLIS, is_silence_due};
use agent_tracer_core::entity::Metadata;
use agent_tracer_core::ids::TaskId;
use agent_tracer_core::report::What;
use agent_tracer_core::vocabulary::{EventKind, TaskStatus, ToolStatus};

use crate::support::agent::{Agent, agent, command, delegation};
use crate::support::{BEGINNING, World};

const MINUTE: i64 = 60_000;

/// A task's status and activity in one line: `status state(?) since the beginning: detail`.
#[track_caller]
fn doing(world: &World, task: &str) -> String {
    let task = world.task(task);
    let activity = task.activity.as_ref().expect("an agent tells of it");
    let since = (activity.since.as_millis() - BEGINNING) / 1_000;
    let guess = if activity.guess { "?" } else { "" };
    let detail = activity.detail.as_ref().map(|detail| format!(": {detail}"));
    format!(
        "{} {}{guess} {since}{}",
        task.status.as_str(),
        activity.state.as_str(),
        detail.unwrap_or_default()
    )
}

/// A world in which an agent was started and asked for something, a second later.
fn prompted() -> World {
    let mut world = World::after([agent("s").starts()]);
    world.pass(1_000);
    world.run(agent("s").prompted("go"));
    world
}

/// Runs a command a second later and gives what the task does then.
#[track_caller]
fn then(world: &mut World, command: Command) -> String {
    world.pass(1_000);
    world.run(command);
    doing(world, "n-1")
}

fn silence(world: &mut World, task: &str) {
    world.run(Command::NoteSilence(TaskId::new(task)));
}

fn question(id: &str) -> agent_tracer_core::report::ToolCall {
    agent_tracer_core::report::ToolCall {
        kind: EventKind::QuestionLogged,
        title: "Which one?".to_owned(),
        ..command(id)
    }
}

#[test]
fn a_started_agent_waits_for_its_first_prompt_and_then_works() {
    let mut world = World::after([agent("s").starts()]);
    assert_eq!(doing(&world, "n-1"), "waiting person 0");
    assert_eq!(
        then(&mut world, agent("s").prompted("go")),
        "running working 1"
    );
    assert_eq!(
        then(&mut world, agent("s").begins("c")),
        "running working 1"
    );
    assert_eq!(
        then(&mut world, agent("s").answers("done")),
        "waiting person 3"
    );
    assert_eq!(then(&mut world, agent("s").ends()), "completed done 4");
}

#[test]
fn a_beginning_that_comes_late_does_not_make_it_wait() {
    let mut world = World::after([agent("s").prompted("go"), agent("s").starts()]);
    assert_eq!(doing(&world, "n-1"), "running working 0");
    assert_eq!(then(&mut world, agent("s").starts()), "running working 0");
}

#[test]
fn a_permission_says_what_for_until_its_call_ends() {
    let mut world = prompted();
    world.run(agent("s").begins("c"));
    let asked = "waiting permission 2: May I c?";
    assert_eq!(then(&mut world, agent("s").asks("c")), asked);
    assert_eq!(then(&mut world, agent("s").notes("n")), asked);
    assert_eq!(
        then(&mut world, agent("s").completes("c")),
        "running working 4"
    );
}

#[test]
fn a_permission_guessed_refused_is_known_when_its_call_ends_after_all() {
    let mut world = prompted();
    world.run(agent("s").begins("c"));
    world.run(agent("s").asks("c"));
    world.run(agent("s").awaits());
    assert_eq!(doing(&world, "n-1"), "waiting person 1");
    let ask = |world: &World| {
        let mut rows = world.rows.events.values();
        let row = rows.find(|row| row.event.kind == EventKind::QuestionLogged);
        let metadata = row.unwrap().event.metadata.clone();
        (metadata["answer"].clone(), metadata.get("guess").cloned())
    };
    assert_eq!(ask(&world), ("not granted".into(), Some(true.into())));
    world.run(agent("s").completes("c"));
    assert_eq!(ask(&world), ("granted".into(), None));
}

#[test]
fn a_question_waits_for_its_person_until_it_is_answered() {
    let mut world = prompted();
    let asks = agent("s").report(What::CallStarted(question("q")));
    assert_eq!(then(&mut world, asks), "waiting person 2: Which one?");
    let other = "waiting person 2: Which one?";
    assert_eq!(then(&mut world, agent("s").begins("c")), other, "beside it");
    let answered = agent("s").finishes(question("q"), ToolStatus::Completed);
    assert_eq!(then(&mut world, answered), "running working 4");
}

#[test]
fn a_turn_that_failed_says_why_until_the_next_one() {
    let mut world = prompted();
    let failed = agent("s").turn_ended(None, Some("rate_limit"));
    assert_eq!(then(&mut world, failed), "waiting failed 2: rate_limit");
    let still = "waiting failed 2: rate_limit";
    assert_eq!(then(&mut world, agent("s").notes("n")), still);
    let next = agent("s").turn(Some("p2"));
    assert_eq!(
        then(&mut world, next.prompted("again")),
        "running working 4"
    );
}

#[test]
fn an_end_that_says_nothing_is_no_news_of_a_turn_that_failed() {
    let mut world = prompted();
    let failed = "waiting failed 2: overloaded";
    let failure = agent("s").turn_ended(None, Some("overloaded"));
    assert_eq!(then(&mut world, failure), failed);
    let nothing = agent("s").turn_ended(None, None);
    assert_eq!(then(&mut world, nothing), failed);
    let next = agent("s").turn(Some("p2"));
    let working = "running working 4";
    assert_eq!(then(&mut world, next.prompted("again")), working);
    let over = then(&mut world, next.turn_ended(None, None));
    assert_eq!(over, "waiting person 5");
}

#[test]
fn a_stop_with_running_subagents_is_background_work_until_they_end() {
    let mut world = prompted();
    let sub = agent("s").subagent("a");
    world.run(agent("s").report(What::CallStarted(delegation("d"))));
    world.run(agent("s").launched("d", "a", "find bugs"));
    world.run(sub.begins("k"));
    let background = "waiting background 2: Explore: find bugs";
    assert_eq!(then(&mut world, agent("s").answers("wait")), background);
    world.pass(1_000);
    world.run(sub.asks("k"));
    assert_eq!(doing(&world, "n-1"), background, "its own affair");
    assert_eq!(then(&mut world, sub.completes("k")), background);
    assert_eq!(
        then(&mut world, sub.subagent_ends("none")),
        "waiting person 5"
    );
}

#[test]
fn a_broken_off_call_is_a_guess_at_a_broken_off_turn() {
    let mut world = prompted();
    world.run(agent("s").begins("c"));
    world.run(agent("s").begins("d"));
    let broken = |call| agent("s").finishes(command(call), ToolStatus::Interrupted);
    assert_eq!(
        then(&mut world, broken("c")),
        "running working 1",
        "d goes on"
    );
    assert_eq!(then(&mut world, broken("d")), "waiting interrupted? 3");
    assert_eq!(
        then(&mut world, agent("s").begins("e")),
        "running working 4"
    );
}

#[test]
fn an_agent_may_say_that_its_turn_was_interrupted_or_that_it_waits() {
    let mut world = prompted();
    world.run(agent("s").begins("c"));
    let interrupted = agent("s").report(What::Interrupted {
        title: "Interrupted".to_owned(),
        metadata: Metadata::new(),
    });
    assert_eq!(then(&mut world, interrupted), "waiting interrupted 2");
    assert!(
        world
            .timeline("n-1")
            .iter()
            .any(|line| line.contains("unfinished"))
    );
    let still = "waiting interrupted 2";
    assert_eq!(
        then(&mut world, agent("s").awaits()),
        still,
        "it says no more"
    );
    let mut world = prompted();
    assert_eq!(then(&mut world, agent("s").awaits()), "waiting person 2");
}

#[test]
fn ten_silent_minutes_are_told_once_and_over_with_the_next_report() {
    let mut world = prompted();
    world.pass(SILENT_MILLIS - 1);
    silence(&mut world, "n-1");
    assert_eq!(doing(&world, "n-1"), "running working 1");
    world.pass(1);
    assert!(is_silence_due(world.task("n-1"), world.now));
    world.check(
        Command::NoteSilence(TaskId::new("n-1")),
        &["task.updated n-1 running"],
    );
    assert_eq!(doing(&world, "n-1"), "running silent 1");
    assert!(!is_silence_due(world.task("n-1"), world.now));
    world.check(Command::NoteSilence(TaskId::new("n-1")), &[]);
    assert_eq!(
        then(&mut world, agent("s").begins("c")),
        "running working 602"
    );
}

#[test]
fn a_call_may_take_half_an_hour_and_a_subagent_speaks_for_its_parent() {
    let mut world = prompted();
    world.run(agent("s").begins("c"));
    world.pass(29 * MINUTE);
    silence(&mut world, "n-1");
    assert_eq!(doing(&world, "n-1"), "running working 1");
    world.run(agent("s").subagent("a").subagent_starts());
    world.pass(29 * MINUTE);
    silence(&mut world, "n-1");
    assert_eq!(doing(&world, "n-1"), "running working 1");
    world.pass(MINUTE);
    silence(&mut world, "n-1");
    assert!(doing(&world, "n-1").starts_with("running silent "));
}

#[test]
fn after_two_silent_hours_nothing_runs_any_more() {
    let mut world = prompted();
    world.run(agent("s").begins("c"));
    world.run(agent("s").subagent("a").subagent_starts());
    let child = world.task("n-6").id.to_string();
    world.pass(120 * MINUTE);
    silence(&mut world, "n-1");
    assert_eq!(doing(&world, "n-1"), "waiting silent? 1");
    assert!(
        world
            .timeline("n-1")
            .iter()
            .any(|line| line.contains("unfinished"))
    );
    silence(&mut world, &child);
    assert_eq!(doing(&world, &child), "completed done? 7201");
    let late = then(&mut world, agent("s").completes("c"));
    assert_eq!(
        late, "waiting silent? 1",
        "its call ended, and no more is known"
    );
    assert_eq!(
        then(&mut world, agent("s").prompted("more")),
        "running working 7203"
    );
}

/// The commands that an agent's hooks become, told by a process.
fn told_by(process: &str, command: Command) -> Command {
    let Command::Report(mut delivery) = command else {
        panic!("no report")
    };
    delivery.process = Some(process.to_owned());
    Command::Report(delivery)
}

fn gone(process: &str) -> Command {
    Command::NoteProcessGone(AgentRun {
        source: "tester".to_owned(),
        runtime_session_id: "s".to_owned(),
        process: process.to_owned(),
    })
}

fn working_in(process: &str) -> World {
    World::after([
        told_by(process, agent("s").starts()),
        told_by(process, agent("s").prompted("go")),
        told_by(process, agent("s").begins("c")),
    ])
}

#[test]
fn a_process_that_is_gone_ends_its_run_in_the_middle_of_a_turn() {
    let mut world = working_in("p1");
    world.check(gone("another"), &[]);
    let expected = [
        "event.updated terminal.command \"run c\" unfinished",
        "session.ended n-2 completed",
        "task.completed n-1 completed",
        "event.logged task.complete \"Session ended\"",
    ];
    world.check(gone("p1"), &expected);
    let detail = "its process ended in the middle of a turn";
    assert_eq!(
        doing(&world, "n-1"),
        format!("completed interrupted? 0: {detail}")
    );
    world.check(gone("p1"), &[]);
}

#[test]
fn a_process_that_is_gone_after_its_turn_just_ended() {
    let mut world = working_in("p1");
    world.run(agent("s").answers("done"));
    world.run(gone("p1"));
    assert_eq!(doing(&world, "n-1"), "completed done? 0");
}

#[test]
fn a_run_that_ended_has_no_process_and_a_resumed_one_has_its_own() {
    let mut world = working_in("p1");
    world.run(told_by("p1", agent("s").ends()));
    world.check(gone("p1"), &[]);
    world.pass(MINUTE);
    world.run(told_by("p2", agent("s").starts()));
    world.check(gone("p1"), &[]);
    assert_eq!(doing(&world, "n-1"), "waiting person 60");
    world.run(gone("p2"));
    assert_eq!(doing(&world, "n-1"), "completed done? 60");
}

#[test]
fn a_status_set_by_hand_is_no_riddle() {
    let mut world = prompted();
    let set = |status| {
        Command::UpdateTask(UpdateTask {
            task_id: TaskId::new("n-1"),
            title: None,
            status: Some(status),
        })
    };
    assert_eq!(
        then(&mut world, set(TaskStatus::Completed)),
        "completed done 2"
    );
    assert_eq!(
        then(&mut world, set(TaskStatus::Errored)),
        "errored failed 3"
    );
    assert_eq!(
        then(&mut world, set(TaskStatus::Running)),
        "running working 4"
    );
}

#[test]
fn tasks_that_no_hook_tells_of_have_no_activity() {
    let mut world = World::after([crate::support::build::start("t")]);
    assert_eq!(world.task("t").activity, None);
    world.pass(300 * MINUTE);
    world.check(Command::NoteSilence(TaskId::new("t")), &[]);
    assert_eq!(world.status("t"), "running");
}

#[test]
fn a_message_tells_what_the_task_does_at_the_end() {
    let mut world = World::new();
    let (_, messages) = world.run(Agent::starts(&agent("s")));
    let told = messages.iter().filter_map(|message| match message {
        agent_tracer_core::wire::Message::TaskStarted(task)
        | agent_tracer_core::wire::Message::TaskUpdated(task) => task.activity.clone(),
        _ => None,
    });
    let told: Vec<_> = told.map(|activity| activity.state.as_str()).collect();
    assert_eq!(told, ["person", "person"]);
}
