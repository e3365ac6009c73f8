//! A settings file as a text with places in it.

use jsonc_parser::ast::{Array, Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::container::Container;
use super::refusal::Refusal;

/// The key that holds an agent's hooks.
pub(super) const HOOKS: &str = "hooks";

/// What a settings file says about hooks.
pub(super) struct Document<'t> {
    pub text: &'t str,
    root: Object<'t>,
}

/// A handler in `hooks.EVENT[group].hooks[handler]`.
pub(super) struct Handler {
    pub event: String,
    pub command: String,
    /// The text of its group.
    pub group_text: String,
    pub place: Place,
}

/// Where a handler is, by numbers, and whether it has its group for itself.
#[derive(Clone, Copy)]
pub(super) struct Place {
    event: usize,
    group: usize,
    handler: usize,
    pub alone: bool,
}

impl<'t> Document<'t> {
    /// Reads a text; one that holds nothing is none.
    pub(super) fn parse(text: &'t str, comments: bool) -> Result<Self, Refusal> {
        let read = parse_to_ast(text, &CollectOptions::default(), &syntax(comments))
            .map_err(|error| Refusal::Unparsable(error.to_string()))?;
        let Some(Value::Object(root)) = read.value else {
            return Err(Refusal::WrongType("it", "an object"));
        };
        let document = Self { text, root };
        document.check()?;
        Ok(document)
    }

    /// Refuses hooks that are not what the agent takes: an edit would only hide the fault.
    fn check(&self) -> Result<(), Refusal> {
        once(&self.root, |name| name == HOOKS)?;
        let Some(value) = self.root.get(HOOKS).map(|property| &property.value) else {
            return Ok(());
        };
        let hooks = value.as_object();
        let hooks = hooks.ok_or(Refusal::WrongType("`hooks`", "an object"))?;
        once(hooks, |_| true)
    }

    pub(super) fn root(&self) -> Container {
        Container::from(&self.root)
    }

    pub(super) fn hooks(&self) -> Option<Container> {
        self.root.get_object(HOOKS).map(Container::from)
    }

    /// The array of an event.
    pub(super) fn event(&self, event: &str) -> Result<Option<Container>, Refusal> {
        let hooks = self.root.get_object(HOOKS);
        let Some(property) = hooks.and_then(|hooks| hooks.get(event)) else {
            return Ok(None);
        };
        let array = property.value.as_array();
        let array = array.ok_or_else(|| Refusal::NotAnArray(event.to_owned()))?;
        Ok(Some(Container::from(array)))
    }

    /// Every command handler, in the order of the text.
    pub(super) fn handlers(&self) -> Vec<Handler> {
        let mut handlers = Vec::new();
        for (event, (name, groups)) in self.events().enumerate() {
            let groups = groups.map(|groups| groups.elements.as_slice());
            for (group, value) in groups.unwrap_or_default().iter().enumerate() {
                let Some(inner) = handlers_of(value) else {
                    continue;
                };
                for (handler, value) in inner.elements.iter().enumerate() {
                    let object = value.as_object();
                    let command = object.and_then(|object| object.get_string("command"));
                    let Some(command) = command else { continue };
                    handlers.push(Handler {
                        event: name.to_owned(),
                        command: command.value.to_string(),
                        group_text: groups_text(self.text, groups, group),
                        place: Place {
                            event,
                            group,
                            handler,
                            alone: inner.elements.len() == 1,
                        },
                    });
                }
            }
        }
        handlers
    }

    fn events(&self) -> impl Iterator<Item = (&str, Option<&Array<'t>>)> {
        let hooks = self.root.get_object(HOOKS);
        let properties = hooks.map(|hooks| hooks.properties.as_slice());
        let properties = properties.unwrap_or_default().iter();
        properties.map(|property| (property.name.as_str(), property.value.as_array()))
    }

    /// The brackets around a handler, from the innermost out, each with the handler's place in it.
    pub(super) fn around(&self, place: Place) -> Option<[(Container, usize); 4]> {
        let hooks = self.root.get_object(HOOKS)?;
        let groups = hooks.properties.get(place.event)?.value.as_array()?;
        let handlers = handlers_of(groups.elements.get(place.group)?)?;
        let mut properties = self.root.properties.iter();
        let at = properties.position(|property| property.name.as_str() == HOOKS)?;
        Some([
            (Container::from(handlers), place.handler),
            (Container::from(groups), place.group),
            (Container::from(hooks), place.event),
            (self.root(), at),
        ])
    }

    /// What the first property of the file is indented by.
    pub(super) fn indent(&self) -> &'t str {
        let first = self.root.properties.first();
        first
            .and_then(|property| indentation(self.text, property.start()))
            .filter(|indent| !indent.is_empty())
            .unwrap_or("  ")
    }
}

/// What stands before a place on its line, if that is nothing but blanks.
pub(super) fn indentation(text: &str, at: usize) -> Option<&str> {
    let line = text[..at].rfind('\n')? + 1;
    let before = &text[line..at];
    before.trim().is_empty().then_some(before)
}

fn groups_text(text: &str, groups: Option<&[Value<'_>]>, group: usize) -> String {
    let group = groups.and_then(|groups| groups.get(group));
    group.map_or_else(String::new, |group| group.text(text).to_owned())
}

fn handlers_of<'v, 't>(group: &'v Value<'t>) -> Option<&'v Array<'t>> {
    group.as_object()?.get_array(HOOKS)
}

/// A key that is there twice has two meanings.
fn once(object: &Object<'_>, counts: impl Fn(&str) -> bool) -> Result<(), Refusal> {
    let mut seen = std::collections::BTreeSet::new();
    for property in &object.properties {
        let name = property.name.as_str();
        if counts(name) && !seen.insert(name) {
            return Err(Refusal::Twice(name.to_owned()));
        }
    }
    Ok(())
}

/// JSON, with comments and trailing commas where the agent takes them.
fn syntax(comments: bool) -> ParseOptions {
    ParseOptions {
        allow_comments: comments,
        allow_trailing_commas: comments,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}
