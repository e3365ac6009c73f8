//! Settings that switch all hooks of an agent off, ours with them. Each was seen to do so in the
//! version that its recordings are of.

use std::path::Path;

use jsonc_parser::ast::Object;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use toml::{Table, Value};

use crate::hooks::{Agent, Places, Scope};

/// What is switched off, and where.
pub(super) fn off(agent: Agent, places: &Places) -> Option<String> {
    let found = |scope: Scope, name: &str, setting: &str, is_off: fn(&str) -> bool| {
        let file = places.folder(agent, scope).join(name);
        is_off(&read(&file)).then(|| {
            let file = file.display();
            format!(
                "All hooks are switched off by {setting} in {file}: take it out to have them run."
            )
        })
    };
    match agent {
        Agent::ClaudeCode => {
            let files = [
                (Scope::User, "settings.json"),
                (Scope::Project, "settings.json"),
                (Scope::Project, "settings.local.json"),
            ];
            let mut files = files.into_iter();
            files.find_map(|(scope, name)| found(scope, name, "disableAllHooks", claude_code))
        }
        Agent::Codex => found(Scope::User, "config.toml", "features.hooks", codex),
        Agent::GeminiCli => found(
            Scope::User,
            "settings.json",
            "hooksConfig.enabled",
            gemini_cli,
        ),
        Agent::OpenCode | Agent::CopilotCli => None,
    }
}

/// What cannot be read switches nothing off.
fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_default()
}

fn claude_code(settings: &str) -> bool {
    json(settings, |root| {
        truth(root, "disableAllHooks") == Some(true)
    })
}

fn gemini_cli(settings: &str) -> bool {
    json(settings, |root| {
        let hooks = root.get_object("hooksConfig");
        hooks.and_then(|hooks| truth(hooks, "enabled")) == Some(false)
    })
}

fn codex(settings: &str) -> bool {
    let settings = settings.parse::<Table>().unwrap_or_default();
    let features = settings.get("features");
    let hooks = features.and_then(|features| features.get("hooks"));
    hooks.and_then(Value::as_bool) == Some(false)
}

fn json(text: &str, holds: impl Fn(&Object<'_>) -> bool) -> bool {
    let read = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
    let value = read.ok().and_then(|read| read.value);
    value
        .as_ref()
        .and_then(|value| value.as_object())
        .is_some_and(holds)
}

fn truth(object: &Object<'_>, name: &str) -> Option<bool> {
    object.get_boolean(name).map(|truth| truth.value)
}
