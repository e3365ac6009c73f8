//! The plugin for OpenCode, which has no hooks that run commands.

use serde_json::json;

use crate::hooks::agent::Agent;
use crate::hooks::program::Program;
use crate::hooks::settings::Registered;

const PLUGIN: &str = include_str!("agent-tracer.js");
/// The line of the plugin that says which program to run.
const PROGRAM: &str = "const PROGRAM = ";
/// What the plugin begins with, whatever its version.
const MARK: &str = "// Agent Tracer's plugin for OpenCode.";

/// The plugin, for the program where it is.
pub(super) fn plugin(program: &Program) -> String {
    let line = |line: &str| match line.strip_prefix(PROGRAM) {
        Some(_) => format!("{PROGRAM}{};\n", json!(program.path)),
        None => format!("{line}\n"),
    };
    PLUGIN.lines().map(line).collect()
}

/// What a plugin of the product runs; nothing, for another.
pub(super) fn registered(text: &str) -> Vec<Registered> {
    let mut lines = text.lines().filter(|_| text.starts_with(MARK));
    let program = lines.find_map(|line| line.strip_prefix(PROGRAM)?.strip_suffix(';'));
    let path = program.and_then(|path| serde_json::from_str::<String>(path).ok());
    let quoted = path.and_then(|path| Some(shlex::try_quote(&path).ok()?.into_owned()));
    let command = |program| format!("{program} hook {}", Agent::OpenCode.name());
    let registered = |program| Registered {
        event: "event".to_owned(),
        command: command(program),
        group: text.to_owned(),
    };
    quoted.map(registered).into_iter().collect()
}
