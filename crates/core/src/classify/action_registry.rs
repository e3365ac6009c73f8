//! The action registry: what an action's name says about its lane.
//!
//! A name is read as words: `runUnitTests` is `unit tests`. The first word may be one of the
//! prefix rules' and any word one of the keyword rules'. Words are compared whole, never in part.

use crate::entity::{ClassificationMatch, MatchReason, MatchReasonKind};
use crate::vocabulary::Lane;

/// The id of the one rule there is on the wire, its source, and the first of its tags.
const REGISTRY: &str = "action-registry";

/// How many words of a name are looked at. A name is a few words; what is longer is a text.
const WORDS_MAX: usize = 64;

/// First words, and the lane each points at; the lane's name is also a tag. All are distinct.
const PREFIX_RULES: &[(Lane, &[&str])] = &[
    (
        Lane::Exploration,
        &[
            "read", "search", "scan", "inspect", "list", "open", "find", "fetch", "lookup", "grep",
        ],
    ),
    (
        Lane::Planning,
        &["plan", "analyze", "assess", "review", "design", "decide"],
    ),
    (
        Lane::Implementation,
        &[
            "create",
            "modify",
            "write",
            "edit",
            "update",
            "fix",
            "refactor",
            "implement",
        ],
    ),
    (
        Lane::Implementation,
        &[
            "test", "build", "lint", "verify", "validate", "check", "assert",
        ],
    ),
];

/// Words that count wherever they stand, in the order that settles ties. All are distinct.
const KEYWORD_RULES: &[KeywordRule] = &[
    KeywordRule {
        lane: Lane::Implementation,
        tag: Some("verification"),
        words: &[
            "test",
            "tests",
            "build",
            "lint",
            "verify",
            "validate",
            "validation",
            "check",
            "checks",
            "guard",
            "rule",
            "violation",
            "pass",
            "compliance",
        ],
    },
    KeywordRule {
        lane: Lane::Planning,
        tag: None,
        words: &[
            "plan", "design", "approach", "analysis", "review", "assess", "strategy",
        ],
    },
    KeywordRule {
        lane: Lane::Exploration,
        tag: None,
        words: &["read", "search", "scan", "inspect", "lookup", "explore"],
    },
];

struct KeywordRule {
    lane: Lane,
    tag: Option<&'static str>,
    words: &'static [&'static str],
}

/// A keyword rule with the words of it that occur; never without any.
struct KeywordHits {
    rule: &'static KeywordRule,
    words: Vec<&'static str>,
}

/// The words of an action's name, as written: split at everything that is neither letter nor
/// digit and before an upper-case letter that is not behind another, without a leading `run`.
pub(super) fn words(action: &str) -> Vec<&str> {
    let mut words: Vec<&str> = action
        .split(|c: char| !c.is_alphanumeric())
        .flat_map(CamelCase)
        .take(WORDS_MAX)
        .collect();
    if words
        .first()
        .is_some_and(|first| first.eq_ignore_ascii_case("run"))
    {
        words.remove(0);
    }
    words
}

/// What the registry says about the words of a name; nothing if no rule matches.
pub(super) fn match_words(words: &[&str]) -> Option<ClassificationMatch> {
    let prefix = prefix_hit(words);
    let keywords = keyword_hits(words);
    let lane = strongest(&keywords).or(prefix.map(|(lane, _)| lane))?;
    let reasons = reasons(prefix.map(|(_, word)| word), &keywords);
    Some(ClassificationMatch {
        rule_id: REGISTRY.to_owned(),
        source: REGISTRY.to_owned(),
        score: reasons.iter().map(|reason| score(reason.kind)).sum(),
        lane,
        tags: tags(prefix.map(|(lane, _)| lane), &keywords),
        reasons,
    })
}

fn prefix_hit(words: &[&str]) -> Option<(Lane, &'static str)> {
    let first = words.first()?;
    PREFIX_RULES.iter().find_map(|(lane, known)| {
        let word = known.iter().find(|word| word.eq_ignore_ascii_case(first))?;
        Some((*lane, *word))
    })
}

/// A word that occurs twice is one hit: saying it again adds nothing.
fn keyword_hits(words: &[&str]) -> Vec<KeywordHits> {
    let occurs = |known: &&str| words.iter().any(|word| word.eq_ignore_ascii_case(known));
    KEYWORD_RULES
        .iter()
        .map(|rule| KeywordHits {
            rule,
            words: rule.words.iter().copied().filter(occurs).collect(),
        })
        .filter(|hits| !hits.words.is_empty())
        .collect()
}

/// The lane of the rule with most hits. `max_by_key` keeps the last of equals, hence `rev`.
fn strongest(keywords: &[KeywordHits]) -> Option<Lane> {
    keywords
        .iter()
        .rev()
        .max_by_key(|hits| hits.words.len())
        .map(|hits| hits.rule.lane)
}

fn reasons(prefix: Option<&'static str>, keywords: &[KeywordHits]) -> Vec<MatchReason> {
    let prefix = prefix.map(|word| (MatchReasonKind::ActionPrefix, word));
    let keywords = keywords.iter().flat_map(|hits| &hits.words);
    let keywords = keywords.map(|word| (MatchReasonKind::ActionKeyword, *word));
    let reasons = prefix.into_iter().chain(keywords);
    reasons
        .map(|(kind, word)| MatchReason {
            kind,
            value: word.to_owned(),
        })
        .collect()
}

fn tags(prefix: Option<Lane>, keywords: &[KeywordHits]) -> Vec<String> {
    let prefix = prefix.map(Lane::as_str);
    let keywords = keywords.iter().filter_map(|hits| hits.rule.tag);
    let tags = [REGISTRY].into_iter().chain(prefix).chain(keywords);
    tags.map(str::to_owned).collect()
}

fn score(kind: MatchReasonKind) -> u32 {
    match kind {
        MatchReasonKind::ActionPrefix => 4,
        MatchReasonKind::ActionKeyword => 3,
    }
}

/// The words of a run of letters and digits in camel case. An acronym stays with the word behind
/// it (`HTTPServer` is one word).
struct CamelCase<'a>(&'a str);

impl<'a> Iterator for CamelCase<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let humps = self.0.chars().zip(self.0.char_indices().skip(1));
        let end = humps
            .filter(|(left, (_, right))| !left.is_uppercase() && right.is_uppercase())
            .map(|(_, (start, _))| start)
            .next();
        let (word, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
        self.0 = rest;
        (!word.is_empty()).then_some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::{match_words, words};
    use crate::entity::MatchReasonKind;
    use crate::vocabulary::Lane;

    #[test]
    fn names_are_read_as_words() {
        #[track_caller]
        fn check(action: &str, expected: &[&str]) {
            assert_eq!(words(action), expected);
        }
        check("readFile", &["read", "File"]);
        check("run_unit-tests", &["unit", "tests"]);
        check("RunTests", &["Tests"]);
        check("rerun tests", &["rerun", "tests"]);
        check("step2Check", &["step2", "Check"]);
        check("HTTPServer", &["HTTPServer"]);
        check("  ..", &[]);
        check("run", &[]);
        check("코드 검토Ünd", &["코드", "검토", "Ünd"]);
    }

    #[test]
    fn the_lane_is_of_the_keywords_before_the_prefix() {
        #[track_caller]
        fn check(action: &str, expected: Option<(Lane, u32)>) {
            let matched = match_words(&words(action));
            assert_eq!(
                matched.map(|matched| (matched.lane, matched.score)),
                expected
            );
        }
        check("list files", Some((Lane::Exploration, 4)));
        check("readFile", Some((Lane::Exploration, 7)));
        check("read the plan", Some((Lane::Planning, 10)));
        check("read and search the plan", Some((Lane::Exploration, 13)));
        check("assert design read", Some((Lane::Planning, 10)));
        check("testTest", Some((Lane::Implementation, 7)));
        check("READ_RULE", Some((Lane::Implementation, 10)));
        check("reading", None);
        check("", None);
    }

    #[test]
    fn a_match_says_why() {
        let matched = match_words(&words("writeDesignChecks")).expect("rules match");
        let reasons: Vec<_> = matched
            .reasons
            .iter()
            .map(|r| (r.kind, r.value.as_str()))
            .collect();
        let keyword = MatchReasonKind::ActionKeyword;
        let expected = [
            (MatchReasonKind::ActionPrefix, "write"),
            (keyword, "checks"),
            (keyword, "design"),
        ];
        assert_eq!(reasons, expected);
        assert_eq!(
            matched.tags,
            ["action-registry", "implementation", "verification"]
        );
        assert_eq!(
            (matched.rule_id.as_str(), matched.score),
            ("action-registry", 10)
        );
    }
}
