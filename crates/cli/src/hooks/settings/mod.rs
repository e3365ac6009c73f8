//! Puts hooks into a settings file that others write too, and takes them out again.
//!
//! The shape is the one that Claude Code, Codex CLI and Gemini CLI share:
//! `hooks.EVENT[] = {matcher, hooks: [{type, command, timeout}]}`. New groups come last, so that the
//! numbers of those before them stay (Codex knows trusted hooks by their number).

mod container;
mod document;
mod guard;
mod refusal;
#[cfg(test)]
mod tests;

use serde_json::Value;

use self::container::replaced;
use self::document::{Document, HOOKS, Handler, indentation};
pub(crate) use self::refusal::Refusal;

const BOM: &str = "\u{feff}";

/// A settings file's rules, and which commands in it are the product's.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    /// Whether the agent reads comments and trailing commas.
    pub comments: bool,
    pub is_ours: fn(&str) -> bool,
}

/// What stands in the array of an event: a group as one line of JSON.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub event: &'static str,
    pub group: String,
}

/// One of the product's commands in a settings file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Registered {
    pub event: String,
    pub command: String,
    pub group: String,
}

impl Settings {
    /// The text with exactly these entries as the product's own.
    pub(crate) fn install(self, text: &str, entries: &[Entry]) -> Result<String, Refusal> {
        let (bom, body) = split(text);
        let begun = if body.trim().is_empty() { "{}\n" } else { body };
        let mut done = self.without(begun, |handler| {
            let wanted = entries.iter().any(|entry| entry.event == handler.event);
            !wanted || !handler.place.alone
        })?;
        for entry in entries {
            done = self.put(&done, entry)?;
        }
        guard::check(self, begun, &done, Some(entries))?;
        Ok([bom, &done].concat())
    }

    /// The text without any of the product's entries.
    pub(crate) fn uninstall(self, text: &str) -> Result<String, Refusal> {
        let (bom, body) = split(text);
        if body.trim().is_empty() {
            return Ok(text.to_owned());
        }
        let done = self.without(body, |_| true)?;
        guard::check(self, body, &done, None)?;
        Ok([bom, &done].concat())
    }

    /// The product's entries, in the order of the text.
    pub(crate) fn registered(self, text: &str) -> Result<Vec<Registered>, Refusal> {
        let (_, body) = split(text);
        if body.trim().is_empty() {
            return Ok(Vec::new());
        }
        let document = Document::parse(body, self.comments)?;
        let ours = self.ours(&document).into_iter();
        Ok(ours
            .map(|handler| Registered {
                event: handler.event,
                command: handler.command,
                group: handler.group_text,
            })
            .collect())
    }

    fn ours(self, document: &Document<'_>) -> Vec<Handler> {
        let mut handlers = document.handlers();
        handlers.retain(|handler| (self.is_ours)(&handler.command));
        handlers
    }

    /// Takes out the product's handlers that are unwanted, the last first: each is then cut as it
    /// was put in.
    fn without(self, text: &str, unwanted: impl Fn(&Handler) -> bool) -> Result<String, Refusal> {
        let mut text = text.to_owned();
        loop {
            let document = Document::parse(&text, self.comments)?;
            let mut ours = self.ours(&document);
            ours.retain(&unwanted);
            let Some(last) = ours.pop() else {
                return Ok(text);
            };
            text = cut(&document, &last).ok_or(Refusal::Unsafe)?;
        }
    }

    /// Puts an entry into its event: in the place of the one that is there, else at the end.
    fn put(self, text: &str, entry: &Entry) -> Result<String, Refusal> {
        let document = Document::parse(text, self.comments)?;
        let mut there = self.ours(&document);
        there.retain(|handler| handler.event == entry.event);
        match there.as_slice() {
            [one] if same(&one.group_text, &entry.group) => Ok(text.to_owned()),
            [one] => swap(&document, one, &entry.group).ok_or(Refusal::Unsafe),
            [] => add(&document, entry),
            _ => {
                let without = self.without(text, |handler| handler.event == entry.event)?;
                add(&Document::parse(&without, self.comments)?, entry)
            }
        }
    }
}

fn split(text: &str) -> (&str, &str) {
    match text.strip_prefix(BOM) {
        Some(body) => (BOM, body),
        None => ("", text),
    }
}

/// Whether two groups say the same, however they are written.
pub(crate) fn same(left: &str, right: &str) -> bool {
    let read = |text| serde_json::from_str::<Value>(text).ok();
    read(left).is_some_and(|left| Some(left) == read(right))
}

/// The text without a handler, and without the brackets that were made for it alone.
fn cut(document: &Document<'_>, handler: &Handler) -> Option<String> {
    let text = document.text;
    let [handlers, groups, hooks, root] = document.around(handler.place)?;
    if !handler.place.alone {
        return Some(handlers.0.without(text, handlers.1));
    }
    for (container, index) in [groups, hooks] {
        if !container.is_ours(text) {
            return Some(container.without(text, index));
        }
    }
    if root.0.is_ours(text) {
        return Some(replaced(text, root.0.inside(), ""));
    }
    Some(root.0.without(text, root.1))
}

fn swap(document: &Document<'_>, handler: &Handler, group: &str) -> Option<String> {
    let [_, (groups, index), ..] = document.around(handler.place)?;
    let place = groups.items.get(index)?.clone();
    Some(replaced(document.text, place, group))
}

/// The text with an entry at the end of its event, which is made where it is missing.
fn add(document: &Document<'_>, entry: &Entry) -> Result<String, Refusal> {
    let (text, unit) = (document.text, document.indent());
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let line = |depth: usize| format!("{newline}{}", unit.repeat(depth));
    if let Some(groups) = document.event(entry.event)? {
        let own = groups
            .items
            .last()
            .and_then(|last| indentation(text, last.start));
        let lead = own.map_or_else(|| line(3), |indent| format!("{newline}{indent}"));
        return Ok(groups.push(text, &entry.group, &lead));
    }
    let event = format!("{:?}: [ {} ]", entry.event, entry.group);
    if let Some(hooks) = document.hooks() {
        let own = hooks
            .items
            .last()
            .and_then(|last| indentation(text, last.start));
        let lead = own.map_or_else(|| line(2), |indent| format!("{newline}{indent}"));
        return Ok(hooks.push(text, &event, &lead));
    }
    let hooks = format!("{HOOKS:?}: {{{}{event}{}}}", line(2), line(1));
    let root = document.root();
    if !root.items.is_empty() {
        return Ok(root.push(text, &hooks, &line(1)));
    }
    // The root is never taken away, so that its first item need not follow the bracket closely.
    let inside = &text[root.inside()];
    let end = if inside.contains('\n') { "" } else { newline };
    Ok(root.push(text, &format!("{}{hooks}{end}", line(1)), ""))
}
