//! The settings file: `agent-tracer/config.toml` in the XDG config folder.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use agent_tracer_core::redact::{Pattern, Policy};
use anyhow::{Context as _, anyhow};
use serde::Deserialize;
use toml::Spanned;

/// Everything the file may say. What it does not know it refuses: a switch that was misspelt would
/// go on keeping what its owner does not want kept.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Settings {
    redaction: Redaction,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Redaction {
    patterns: Vec<Spanned<Entry>>,
    prompts: bool,
    tool_output: bool,
}

impl Default for Redaction {
    fn default() -> Self {
        Self {
            patterns: Vec::new(),
            prompts: true,
            tool_output: true,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    pattern: String,
}

/// Whether there is no such file: nothing of that name, or no folder that could hold it.
fn is_absent(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// What is not kept, as the file at `path` says; if none is given, as the one in its usual place
/// says, if it is there.
pub(crate) fn redaction(path: Option<&Path>) -> anyhow::Result<Policy> {
    let usual = || default_path(|name| std::env::var(name).ok());
    let Some(file) = path.map(Path::to_owned).or_else(usual) else {
        return Ok(Policy::default());
    };
    match std::fs::read_to_string(&file) {
        Ok(text) => parse(&text).with_context(|| format!("in the settings {}", file.display())),
        Err(error) if is_absent(&error) && path.is_none() => Ok(Policy::default()),
        Err(error) => {
            Err(error).with_context(|| format!("the settings {} cannot be read", file.display()))
        }
    }
}

fn parse(text: &str) -> anyhow::Result<Policy> {
    let Settings { redaction } = toml::from_str(text).map_err(|error| {
        let place = error.span().map_or(0, |span| span.start);
        anyhow!("line {}: {}", line(text, place), error.message())
    })?;
    let patterns = redaction.patterns.iter();
    Ok(Policy {
        patterns: patterns
            .map(|entry| pattern(text, entry))
            .collect::<Result<_, _>>()?,
        prompts: redaction.prompts,
        tool_output: redaction.tool_output,
    })
}

fn pattern(text: &str, entry: &Spanned<Entry>) -> anyhow::Result<Pattern> {
    let Entry { name, pattern } = entry.get_ref();
    Pattern::new(name, pattern).with_context(|| format!("line {}", line(text, entry.span().start)))
}

/// The number of the line that a place in the text is on.
fn line(text: &str, place: usize) -> usize {
    text.get(..place).unwrap_or_default().matches('\n').count() + 1
}

fn default_path(variable: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let absolute = |name| {
        let path = PathBuf::from(variable(name)?);
        path.is_absolute().then_some(path)
    };
    let folder = absolute("XDG_CONFIG_HOME").or_else(|| Some(absolute("HOME")?.join(".config")))?;
    Some(folder.join("agent-tracer").join("config.toml"))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn an_empty_file_keeps_everything_but_secrets() {
        let policy = parse("").unwrap();
        assert!(policy.prompts && policy.tool_output && policy.patterns.is_empty());
        assert!(parse("[redaction]").unwrap().prompts);
    }

    #[test]
    fn patterns_and_switches_are_taken() {
        let policy = parse(
            "[redaction]\nprompts = false\npatterns = [{ name = 'badge', pattern = 'B-\\d+' }]\n",
        )
        .unwrap();
        assert!(!policy.prompts && policy.tool_output);
        assert_eq!(policy.patterns[0].name(), "badge");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, line, said) in [
            ("[redaction]\nprompt = false\n", 2, "unknown field `prompt`"),
            ("\n\n[redacted]\n", 3, "unknown field `redacted`"),
            ("[redaction]\nprompts = 'no'\n", 2, "expected a boolean"),
            (
                "[redaction]\npatterns = [\n  { name = 'a', pattern = 'a' },\n  { name = 'b', pattern = '(' },\n]\n",
                4,
                "the pattern of \"b\" is no regular expression",
            ),
            (
                "[[redaction.patterns]]\nname = 'a'\npattern = 'a*'\n",
                1,
                "matches the empty text",
            ),
            ("[redaction", 1, "unclosed"),
        ] {
            let error = format!("{:#}", parse(text).unwrap_err());
            assert!(
                error.starts_with(&format!("line {line}: ")),
                "{line}: {error}"
            );
            assert!(!error.contains('\n'), "one sentence: {error}");
            assert!(error.contains(said), "{said}: {error}");
        }
    }
}
