//! Settings that switch all hooks of an agent off, ours with them.

use std::path::PathBuf;

use jsonc_parser::ast::Object;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::hooks::{Agent, Places, Scope};

/// What is switched off, and where.
pub(super) fn off(agent: Agent, places: &Places) -> Option<String> {
    let settings = |scope| places.folder(agent, scope).join("settings.json");
    let in_file = |file: PathBuf, is_off: fn(&Object<'_>) -> bool, setting: &str| {
        let text = std::fs::read_to_string(&file).ok()?;
        let read =
            parse_to_ast(&text, &CollectOptions::default(), &ParseOptions::default()).ok()?;
        let value = read.value?;
        is_off(value.as_object()?).then(|| {
            let file = file.display();
            format!("All hooks are switched off by {setting} in {file}: take it out to be told of sessions.")
        })
    };
    let disabled = |object: &Object<'_>| truth(object, "disableAllHooks") == Some(true);
    match agent {
        Agent::ClaudeCode => {
            let mut scopes = [Scope::User, Scope::Project].into_iter();
            scopes.find_map(|scope| in_file(settings(scope), disabled, "disableAllHooks"))
        }
        Agent::CopilotCli => in_file(settings(Scope::User), disabled, "disableAllHooks"),
        Agent::GeminiCli => {
            let is_off = |object: &Object<'_>| {
                let hooks = object.get_object("hooksConfig");
                hooks.and_then(|hooks| truth(hooks, "enabled")) == Some(false)
            };
            in_file(settings(Scope::User), is_off, "hooksConfig.enabled")
        }
        Agent::Codex | Agent::OpenCode => None,
    }
}

fn truth(object: &Object<'_>, name: &str) -> Option<bool> {
    object.get_boolean(name).map(|truth| truth.value)
}
