//! A hook file of GitHub Copilot CLI: every `*.json` in its folder of hooks counts.

use serde_json::{Value, json};

use crate::hooks::agent::Agent;
use crate::hooks::events::events;
use crate::hooks::program::{Program, program_of};
use crate::hooks::settings::{Refusal, Registered};

pub(super) fn file(program: &Program) -> String {
    let line = |name| {
        let command = json!(program.command(Agent::CopilotCli, name));
        format!(r#"    "{name}": [ {{ "type": "command", "bash": {command}, "timeoutSec": 5 }} ]"#)
    };
    let events = events(Agent::CopilotCli, None).into_iter();
    let lines: Vec<_> = events.map(|event| line(event.name)).collect();
    format!(
        "{{\n  \"version\": 1,\n  \"hooks\": {{\n{}\n  }}\n}}\n",
        lines.join(",\n")
    )
}

/// The hooks of a file that holds nothing else; a file that does is not the product's.
pub(super) fn registered(text: &str) -> Result<Vec<Registered>, Refusal> {
    let file: Value =
        serde_json::from_str(text).map_err(|error| Refusal::Unparsable(error.to_string()))?;
    let events = file["hooks"].as_object().into_iter().flatten();
    let hooks = events.flat_map(|(event, hooks)| {
        let hooks = hooks.as_array().into_iter().flatten();
        hooks.map(move |hook| registered_hook(event, hook))
    });
    Ok(hooks.collect::<Option<_>>().unwrap_or_default())
}

fn registered_hook(event: &str, hook: &Value) -> Option<Registered> {
    let command = hook["bash"].as_str()?;
    program_of(command, Agent::CopilotCli)?;
    Some(Registered {
        event: event.to_owned(),
        command: command.to_owned(),
        group: hook.to_string(),
    })
}
