//! A world to try the rules in: rows in memory, readable ids and a clock that the test moves.

pub(crate) mod agent;
pub(crate) mod build;
mod line;

use agent_tracer_core::command::{Command, Rejection, Reply};
use agent_tracer_core::decide::{Refusal, decide};
use agent_tracer_core::entity::Task;
use agent_tracer_core::ids::{CountingIds, TaskId};
use agent_tracer_core::memory::Memory;
use agent_tracer_core::rows::Rows;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::wire::Message;

pub(crate) use line::{event_line, line};

/// The beginning of a whole minute, where every test's clock begins.
pub(crate) const BEGINNING: i64 = 1_795_000_020_000;

/// See the module.
pub(crate) struct World {
    pub(crate) rows: Memory,
    pub(crate) now: Timestamp,
    ids: CountingIds,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            rows: Memory::default(),
            now: Timestamp::from_millis(BEGINNING),
            ids: CountingIds::new("n"),
        }
    }

    /// A world in which these commands were carried out.
    pub(crate) fn after(commands: impl IntoIterator<Item = Command>) -> Self {
        let mut world = Self::new();
        for command in commands {
            world.run(command);
        }
        world
    }

    /// Moves the clock.
    pub(crate) fn pass(&mut self, millis: i64) {
        self.now = Timestamp::from_millis(self.now.as_millis() + millis);
    }

    pub(crate) fn run(&mut self, command: Command) -> (Reply, Vec<Message>) {
        self.try_run(command).expect("carried out")
    }

    pub(crate) fn try_run(&mut self, command: Command) -> Result<(Reply, Vec<Message>), Rejection> {
        match decide(&self.rows, command, self.now, &mut self.ids) {
            Ok(decision) => {
                self.rows.apply(decision.writes);
                Ok((decision.reply, decision.messages))
            }
            Err(Refusal::Rejected(rejection)) => Err(rejection),
            Err(Refusal::Unavailable(error)) => panic!("memory is always there: {error}"),
        }
    }

    /// Carries out a command and compares what is announced of it.
    #[track_caller]
    pub(crate) fn check(&mut self, command: Command, expected: &[&str]) -> Reply {
        let (reply, messages) = self.run(command);
        let lines: Vec<String> = messages.iter().map(line).collect();
        assert_eq!(lines, expected);
        reply
    }

    /// Checks that a command is refused, and why.
    #[track_caller]
    pub(crate) fn check_refused(&mut self, command: Command, code: &str) {
        let before = self.rows.clone();
        let rejection = self.try_run(command).expect_err("refused");
        assert_eq!(rejection.code(), code, "{rejection}");
        assert!(self.rows == before, "a refused command wrote something");
    }

    #[track_caller]
    pub(crate) fn task(&self, id: &str) -> &Task {
        &self.rows.tasks[&TaskId::new(id)].task
    }

    /// The status of a task, as a word.
    #[track_caller]
    pub(crate) fn status(&self, id: &str) -> &'static str {
        self.task(id).status.as_str()
    }

    /// How many sessions of a task run.
    pub(crate) fn running_sessions(&self, id: &str) -> usize {
        let running = self.rows.running_sessions(&TaskId::new(id));
        running.expect("memory is always there").len()
    }

    /// The events of a task, oldest first, one line each.
    pub(crate) fn timeline(&self, task: &str) -> Vec<String> {
        let rows = self.rows.timeline(&TaskId::new(task));
        rows.into_iter().map(|row| event_line(&row.event)).collect()
    }
}
