//! Sorting an event: its lane, its tags, and which rules said so.
//!
//! The rules are data (`action_registry` for an action's name, `contextual_tags` for the kind and
//! the metadata). They see nothing but the event, so the same event is always sorted the same way.

mod action_registry;
mod contextual_tags;

use crate::entity::{Classification, ClassificationMatch, Metadata};
use crate::vocabulary::{EventKind, Lane};

/// How many tags an event has at most. Later ones are dropped: the order puts what the registry
/// said first and what a client can send in any number (`compactSignals`) last.
pub const TAGS_MAX: usize = 64;

/// How many characters a tag has at most, its prefix included. Longer ones are cut.
pub const TAG_CHARS_MAX: usize = 128;

/// What the rules look at.
#[derive(Clone, Copy, Debug)]
pub struct Classifiable<'a> {
    /// What happened.
    pub kind: EventKind,
    /// The lane the client asked for, which wins.
    pub explicit_lane: Option<Lane>,
    /// The name of an action, where the report has one: plan, action, verify, rule, async task.
    pub action: Option<&'a str>,
    /// What the client said beyond the fields of the contract.
    pub metadata: &'a Metadata,
}

/// Sorts an event: chooses its lane, gives it tags, and says which rules matched.
///
/// Tags are distinct, at most [`TAGS_MAX`], each at most [`TAG_CHARS_MAX`] characters, those of the
/// registry first. An explicit lane changes the lane alone: tags and matches stay as they were,
/// so that a match always says what the rules thought. Allocates nothing for an event without an
/// action and without metadata the rules know.
pub fn classify(event: &Classifiable<'_>) -> Classification {
    let words = event.action.map(action_registry::words).unwrap_or_default();
    let matched = action_registry::match_words(&words);
    let mut tags = Tags::default();
    for tag in matched.iter().flat_map(|matched| &matched.tags) {
        tags.add(tag);
    }
    contextual_tags::add(&mut tags, event, words.first().copied());
    Classification {
        lane: choose_lane(event, matched.as_ref()),
        tags: tags.0,
        matches: matched.into_iter().collect(),
    }
}

/// The lane of an event of which nothing but the kind is known.
pub fn default_lane(kind: EventKind) -> Lane {
    match kind {
        EventKind::TaskStart
        | EventKind::TaskComplete
        | EventKind::TaskError
        | EventKind::UserMessage
        | EventKind::AssistantResponse => Lane::User,
        EventKind::PlanLogged | EventKind::ContextSaved | EventKind::ThoughtLogged => {
            Lane::Planning
        }
        EventKind::ActionLogged
        | EventKind::VerificationLogged
        | EventKind::RuleLogged
        | EventKind::ToolUsed
        | EventKind::TerminalCommand
        | EventKind::FileChanged => Lane::Implementation,
        EventKind::AgentActivityLogged => Lane::Coordination,
        EventKind::QuestionLogged => Lane::Questions,
        EventKind::TodoLogged => Lane::Todos,
    }
}

fn choose_lane(event: &Classifiable<'_>, matched: Option<&ClassificationMatch>) -> Lane {
    let registry = matched.map(|matched| matched.lane);
    event
        .explicit_lane
        .or_else(|| fixed_lane(event.kind))
        .or(registry)
        .unwrap_or_else(|| default_lane(event.kind))
}

/// The lane of the kinds whose action, if they come with one, does not count.
fn fixed_lane(kind: EventKind) -> Option<Lane> {
    let fixed = matches!(
        kind,
        EventKind::UserMessage
            | EventKind::TaskStart
            | EventKind::TaskComplete
            | EventKind::TaskError
    );
    fixed.then_some(Lane::User)
}

/// Tags in the order they came, distinct and bounded.
#[derive(Default)]
struct Tags(Vec<String>);

impl Tags {
    fn add(&mut self, tag: &str) {
        if !self.is_full() && !self.0.iter().any(|known| known == tag) {
            self.0.push(tag.to_owned());
        }
    }

    /// Adds `<prefix>:<value>`: the value lower-cased, its runs of letters and digits joined by
    /// `-`. Letters and digits are Unicode's, or a name that is not English would leave no tag.
    /// Nothing is added for a value without any.
    fn add_value(&mut self, prefix: &str, value: &str) {
        if self.is_full() {
            return;
        }
        let mut tag = format!("{prefix}:");
        let bare = tag.len();
        for word in value
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            if tag.len() > bare {
                tag.push('-');
            }
            tag.extend(
                word.chars()
                    .take(TAG_CHARS_MAX)
                    .flat_map(char::to_lowercase),
            );
            // A character has at most four bytes: past this, the rest would be cut anyway.
            if tag.len() > 4 * TAG_CHARS_MAX {
                break;
            }
        }
        if tag.len() > bare {
            self.add(cut(&tag));
        }
    }

    fn is_full(&self) -> bool {
        self.0.len() >= TAGS_MAX
    }
}

fn cut(tag: &str) -> &str {
    match tag.char_indices().nth(TAG_CHARS_MAX) {
        Some((end, _)) => tag[..end].trim_end_matches('-'),
        None => tag,
    }
}

#[cfg(test)]
mod tests {
    use super::{Classifiable, TAG_CHARS_MAX, TAGS_MAX, classify};
    use crate::entity::Metadata;
    use crate::vocabulary::{EventKind, Lane};

    fn event<'a>(
        kind: EventKind,
        explicit_lane: Option<Lane>,
        action: Option<&'a str>,
        metadata: &'a Metadata,
    ) -> Classifiable<'a> {
        Classifiable {
            kind,
            explicit_lane,
            action,
            metadata,
        }
    }

    #[test]
    fn the_lane_is_explicit_then_fixed_then_of_the_registry_then_of_the_kind() {
        #[track_caller]
        fn check(kind: EventKind, explicit: Option<Lane>, action: Option<&str>, expected: Lane) {
            let metadata = Metadata::new();
            assert_eq!(
                classify(&event(kind, explicit, action, &metadata)).lane,
                expected
            );
        }
        let action = EventKind::ActionLogged;
        check(action, Some(Lane::Todos), Some("readFile"), Lane::Todos);
        check(EventKind::UserMessage, Some(Lane::Todos), None, Lane::Todos);
        check(EventKind::UserMessage, None, Some("readFile"), Lane::User);
        check(EventKind::TaskError, None, Some("readFile"), Lane::User);
        check(action, None, Some("readFile"), Lane::Exploration);
        check(
            EventKind::PlanLogged,
            None,
            Some("frobnicate"),
            Lane::Planning,
        );
        check(action, None, None, Lane::Implementation);
        check(EventKind::QuestionLogged, None, None, Lane::Questions);
        check(EventKind::AssistantResponse, None, None, Lane::User);
    }

    #[test]
    fn tags_of_the_registry_come_first_and_once() {
        let metadata = Metadata::new();
        let sorted = classify(&event(
            EventKind::VerificationLogged,
            None,
            Some("runTests"),
            &metadata,
        ));
        assert_eq!(
            sorted.tags,
            ["action-registry", "verification", "action:tests"]
        );
        assert_eq!(sorted.matches[0].tags, ["action-registry", "verification"]);
    }

    #[test]
    fn an_explicit_lane_leaves_the_match_alone() {
        let metadata = Metadata::new();
        let lane = Some(Lane::Background);
        let sorted = classify(&event(
            EventKind::ActionLogged,
            lane,
            Some("readFile"),
            &metadata,
        ));
        assert_eq!(
            (sorted.lane, sorted.matches[0].lane),
            (Lane::Background, Lane::Exploration)
        );
    }

    #[test]
    fn nothing_known_is_nothing_tagged() {
        let mut metadata = Metadata::new();
        metadata.insert("filePaths".to_owned(), serde_json::json!(["a"]));
        let sorted = classify(&event(EventKind::ToolUsed, None, None, &metadata));
        assert_eq!((sorted.tags.capacity(), sorted.matches.capacity()), (0, 0));
    }

    #[test]
    fn tags_are_bounded() {
        let mut metadata = Metadata::new();
        let signals: Vec<String> = (0..200).map(|number| format!("s{number}")).collect();
        metadata.insert("ruleId".to_owned(), "é ".repeat(10_000).into());
        metadata.insert("compactSignals".to_owned(), signals.into());
        let tags = classify(&event(EventKind::ContextSaved, None, None, &metadata)).tags;
        assert_eq!(tags.len(), TAGS_MAX);
        // The cut falls behind a dash, which goes too.
        assert!((TAG_CHARS_MAX - 1..=TAG_CHARS_MAX).contains(&tags[0].chars().count()));
        assert!(tags[0].ends_with('é'));
    }
}
