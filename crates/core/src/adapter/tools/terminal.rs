//! Commands, and looking after those that run in the background.

use serde_json::Value;

use super::command;
use super::sketch::Sketch;
use super::subtype::SHELL_PROBE;
use crate::adapter::{read, text};
use crate::vocabulary::{EventKind, Lane};

/// A command. Titled by what the agent says it is for, else by its first line.
pub(in crate::adapter) fn bash(input: &Value) -> Sketch {
    let command = read::text(input, "command");
    let said = read::text(input, "description").and_then(text::first_line);
    let title = said.or_else(|| command.and_then(text::first_line));
    let title = title.unwrap_or_else(|| "Bash".to_owned());
    Sketch::new(EventKind::TerminalCommand, Lane::Implementation, &title)
        .subtype(command::subtype(command.unwrap_or_default()))
        .body(command)
        .maybe("command", command)
        .maybe("inBackground", in_background(input).then_some(true))
}

fn in_background(input: &Value) -> bool {
    ["run_in_background", "is_background"]
        .into_iter()
        .any(|key| read::flag(input, key))
}

/// Reading what a background command wrote. No command of its own runs, so it is no
/// `terminal.command`, which would count as one.
pub(in crate::adapter) fn output(input: &Value) -> Sketch {
    let shell = shell(input);
    Sketch::new(
        EventKind::ToolUsed,
        Lane::Implementation,
        &named("Output of", shell.as_deref()),
    )
    .subtype(&SHELL_PROBE)
    .entity("shell", shell.as_deref())
}

/// Stopping a background command.
pub(in crate::adapter) fn stop(input: &Value) -> Sketch {
    let shell = shell(input);
    Sketch::new(
        EventKind::ToolUsed,
        Lane::Implementation,
        &named("Stop", shell.as_deref()),
    )
    .set("toolFamily", "terminal")
    .set("operation", "stop")
    .entity("shell", shell.as_deref())
}

fn named(what: &str, shell: Option<&str>) -> String {
    shell.map_or_else(
        || format!("{what} a shell"),
        |shell| format!("{what} shell {shell}"),
    )
}

/// The tools had several names over time, and so had this.
fn shell(input: &Value) -> Option<String> {
    ["bash_id", "shell_id", "task_id"]
        .into_iter()
        .find_map(|key| read::word(input, key))
}
