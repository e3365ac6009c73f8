//! The last look before a change of someone's settings is believed: read as data, everything of
//! others must be what it was.

use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::{Map, Value};

use super::document::HOOKS;
use super::{Entry, Refusal, Settings, same};

/// Refuses a change that touched more than it should, or did not do what it should.
pub(super) fn check(
    settings: Settings,
    before: &str,
    after: &str,
    entries: Option<&[Entry]>,
) -> Result<(), Refusal> {
    let others = |text| of_others(settings, read(text).ok_or(Refusal::Unsafe)?);
    let there = settings.registered(after)?;
    let entries = entries.unwrap_or_default();
    let told = entries.iter().all(|entry| {
        let mut of_event = there.iter().filter(|one| one.event == entry.event);
        of_event.any(|one| same(&one.group, &entry.group))
    });
    if told && there.len() == entries.len() && others(before)? == others(after)? {
        Ok(())
    } else {
        Err(Refusal::Unsafe)
    }
}

fn read(text: &str) -> Option<Value> {
    let read = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default()).ok()?;
    read.value.map(value)
}

fn value(value: jsonc_parser::ast::Value<'_>) -> Value {
    use jsonc_parser::ast::Value as Read;
    match value {
        Read::StringLit(text) => Value::String(text.value.into_owned()),
        // As it is written: what matters is that it stays so.
        Read::NumberLit(number) => Value::String(format!("number {}", number.value)),
        Read::BooleanLit(truth) => Value::Bool(truth.value),
        Read::NullKeyword(_) => Value::Null,
        Read::Array(array) => array.elements.into_iter().map(self::value).collect(),
        Read::Object(object) => {
            let properties = object.properties.into_iter();
            let named = properties.map(|one| (one.name.into_string(), self::value(one.value)));
            Value::Object(named.collect::<Map<_, _>>())
        }
    }
}

/// The data without the product's handlers and without what is empty then.
fn of_others(settings: Settings, mut root: Value) -> Result<Value, Refusal> {
    let object = root.as_object_mut().ok_or(Refusal::Unsafe)?;
    let Some(Value::Object(hooks)) = object.get_mut(HOOKS) else {
        return Ok(root);
    };
    for groups in hooks.values_mut().filter_map(Value::as_array_mut) {
        groups.retain_mut(|group| !is_only_ours(settings, group));
    }
    hooks.retain(|_, groups| groups.as_array().is_none_or(|groups| !groups.is_empty()));
    if hooks.is_empty() {
        object.remove(HOOKS);
    }
    Ok(root)
}

/// Takes the product's handlers out of a group; whether nothing is left that was there.
fn is_only_ours(settings: Settings, group: &mut Value) -> bool {
    let Some(handlers) = group.get_mut(HOOKS).and_then(Value::as_array_mut) else {
        return false;
    };
    let all = handlers.len();
    handlers.retain(|handler| {
        let command = handler.get("command").and_then(Value::as_str);
        !command.is_some_and(settings.is_ours)
    });
    handlers.is_empty() && all > 0
}
