use regex::{Regex, RegexBuilder};

/// The longest name of a pattern, in characters: it stands in every marker.
const NAME_CHARACTERS_MAX: usize = 60;
/// How much memory one compiled pattern may take.
const PATTERN_BYTES_MAX: usize = 1 << 20;

/// What its owner wants removed, beside the secrets that are always removed.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Texts of the owner's own that are secret.
    pub patterns: Vec<Pattern>,
    /// Whether prompts are kept.
    pub prompts: bool,
    /// Whether what tools read, write and say is kept.
    pub tool_output: bool,
}

impl Default for Policy {
    /// Keeps everything but secrets.
    fn default() -> Self {
        Self {
            patterns: Vec::new(),
            prompts: true,
            tool_output: true,
        }
    }
}

/// A text that is secret to its owner.
#[derive(Clone, Debug)]
pub struct Pattern {
    name: String,
    expression: Regex,
}

/// Why a pattern cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PatternError {
    /// The name could not stand in a marker.
    #[error("the name {0:?} must have 1 to 60 characters, without brackets and control characters")]
    Name(String),
    /// It is no regular expression.
    #[error("the pattern of {name:?} is no regular expression: {}", reason(error))]
    Expression {
        /// The pattern's name.
        name: String,
        /// What is wrong with it.
        error: Box<regex::Error>,
    },
    /// It would put a marker between any two characters.
    #[error("the pattern of {0:?} matches the empty text: let it match one character at least")]
    Empty(String),
}

impl Pattern {
    /// A pattern and the name that markers give it. If the expression has a group, what the first
    /// one matches is the secret; otherwise everything it matches is.
    ///
    /// # Errors
    /// [`PatternError`].
    pub fn new(name: &str, expression: &str) -> Result<Self, PatternError> {
        if !is_name(name) {
            return Err(PatternError::Name(name.to_owned()));
        }
        let expression = RegexBuilder::new(expression)
            .size_limit(PATTERN_BYTES_MAX)
            .build()
            .map_err(|error| PatternError::Expression {
                name: name.to_owned(),
                error: Box::new(error),
            })?;
        if expression.is_match("") {
            return Err(PatternError::Empty(name.to_owned()));
        }
        let name = name.to_owned();
        Ok(Self { name, expression })
    }

    /// What its markers say.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn expression(&self) -> &Regex {
        &self.expression
    }
}

/// What is wrong with an expression, without the picture of it.
fn reason(error: &regex::Error) -> String {
    let told = error.to_string();
    let last = told.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").to_owned()
}

fn is_name(name: &str) -> bool {
    let fits = |character: char| !character.is_control() && !matches!(character, '[' | ']');
    (1..=NAME_CHARACTERS_MAX).contains(&name.chars().count()) && name.chars().all(fits)
}
