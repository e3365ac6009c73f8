//! Tags from an event's kind and from its metadata, whoever wrote it: a client makes a tag by
//! sending its key.

use serde_json::Value;

use super::{Classifiable, Tags};
use crate::vocabulary::EventKind;

/// Where a tag comes from.
enum Source {
    /// `action:<word>`: the first word of the action's name.
    ActionWord,
    /// A fixed tag for a kind.
    Kind(EventKind, &'static str),
    /// A fixed tag where a key holds a text (key, tag).
    Text(&'static str, &'static str),
    /// A fixed tag where a key holds `true` (key, tag).
    True(&'static str, &'static str),
    /// `<prefix>:<text>` of a key (key, prefix).
    Value(&'static str, &'static str),
    /// The same, for one kind only.
    ValueOfKind(EventKind, &'static str, &'static str),
    /// `<prefix>:<text>` of a key, or of each text in its list (key, prefix).
    Values(&'static str, &'static str),
}

/// Every contextual tag, in the order of the contract.
///
/// The contract leaves open when the tags without a value appear. Here `coordination` comes with
/// the kind or with an activity type, `async-task` with the id of one, `question` and `todo` (and
/// their phases, since other kinds name to-dos too) with the kind. Each `compact:` tag needs only
/// its own key, and `compactSignals` may be one text or a list.
const SOURCES: &[Source] = &[
    Source::ActionWord,
    Source::Kind(EventKind::VerificationLogged, "verification"),
    Source::Kind(EventKind::RuleLogged, "rule-event"),
    Source::Value("ruleId", "rule"),
    Source::Value("ruleStatus", "status"),
    Source::Value("verificationStatus", "status"),
    Source::Value("severity", "severity"),
    Source::Text("asyncTaskId", "async-task"),
    Source::Value("asyncStatus", "async"),
    Source::Value("asyncStatus", "status"),
    Source::Value("asyncAgent", "agent"),
    Source::Value("asyncCategory", "category"),
    Source::Kind(EventKind::AgentActivityLogged, "coordination"),
    Source::Text("activityType", "coordination"),
    Source::Value("activityType", "activity"),
    Source::Value("subtypeKey", "subtype"),
    Source::Value("subtypeGroup", "subtype-group"),
    Source::Value("entityType", "entity"),
    Source::Value("toolFamily", "tool-family"),
    Source::Value("operation", "operation"),
    Source::Value("sourceTool", "source-tool"),
    Source::Value("importance", "importance"),
    Source::Value("agentName", "agent"),
    Source::Value("skillName", "skill"),
    Source::Value("ruleSource", "source"),
    Source::Kind(EventKind::QuestionLogged, "question"),
    Source::ValueOfKind(EventKind::QuestionLogged, "questionPhase", "question"),
    Source::Kind(EventKind::TodoLogged, "todo"),
    Source::ValueOfKind(EventKind::TodoLogged, "todoState", "todo"),
    Source::Value("modelName", "model"),
    Source::Value("modelProvider", "provider"),
    Source::Value("mcpServer", "mcp"),
    Source::Value("mcpTool", "mcp-tool"),
    Source::Value("relationType", "relation"),
    Source::True("compactEvent", "compact"),
    Source::Value("compactPhase", "compact"),
    Source::Value("compactEventType", "compact"),
    Source::Values("compactSignals", "compact"),
];

/// Adds the contextual tags of an event; `action_word` is the first word of its action's name.
pub(super) fn add(tags: &mut Tags, event: &Classifiable<'_>, action_word: Option<&str>) {
    for source in SOURCES {
        match *source {
            Source::ActionWord => add_value(tags, "action", action_word),
            Source::Kind(kind, tag) => add_if(tags, tag, event.kind == kind),
            Source::Text(key, tag) => add_if(tags, tag, text(event, key).is_some()),
            Source::True(key, tag) => add_if(tags, tag, is_true(event, key)),
            Source::Value(key, prefix) => add_value(tags, prefix, text(event, key)),
            Source::ValueOfKind(kind, key, prefix) => {
                let value = text(event, key).filter(|_| event.kind == kind);
                add_value(tags, prefix, value);
            }
            Source::Values(key, prefix) => add_values(tags, prefix, event.metadata.get(key)),
        }
    }
}

fn add_if(tags: &mut Tags, tag: &str, condition: bool) {
    if condition {
        tags.add(tag);
    }
}

fn add_value(tags: &mut Tags, prefix: &str, value: Option<&str>) {
    if let Some(value) = value {
        tags.add_value(prefix, value);
    }
}

fn add_values(tags: &mut Tags, prefix: &str, value: Option<&Value>) {
    add_value(tags, prefix, value.and_then(Value::as_str));
    let list = value.and_then(Value::as_array);
    for value in list.into_iter().flatten().filter_map(Value::as_str) {
        tags.add_value(prefix, value);
        if tags.is_full() {
            break;
        }
    }
}

/// The text of a key; a blank one is none.
fn text<'a>(event: &Classifiable<'a>, key: &str) -> Option<&'a str> {
    let text = event.metadata.get(key)?.as_str()?.trim();
    (!text.is_empty()).then_some(text)
}

fn is_true(event: &Classifiable<'_>, key: &str) -> bool {
    event.metadata.get(key).and_then(Value::as_bool) == Some(true)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::classify::{Classifiable, classify};
    use crate::vocabulary::EventKind;

    #[track_caller]
    fn check(kind: EventKind, metadata: &Value, expected: &[&str]) {
        let metadata = metadata.as_object().expect("an object");
        let event = Classifiable {
            kind,
            explicit_lane: None,
            action: None,
            metadata,
        };
        assert_eq!(classify(&event).tags, expected);
    }

    #[test]
    fn values_are_lower_case_words() {
        check(
            EventKind::ToolUsed,
            &json!({"sourceTool": "  Web_Fetch! "}),
            &["source-tool:web-fetch"],
        );
        check(
            EventKind::ToolUsed,
            &json!({"agentName": "코드 Ä"}),
            &["agent:코드-ä"],
        );
        check(
            EventKind::ToolUsed,
            &json!({"agentName": "--", "skillName": " "}),
            &[],
        );
        check(
            EventKind::ToolUsed,
            &json!({"severity": 3, "ruleId": null, "mcpTool": ["a"]}),
            &[],
        );
    }

    #[test]
    fn tags_of_a_rule_and_an_async_task() {
        let rule = json!({"ruleId": "R 1", "ruleStatus": "pass", "severity": "High", "ruleSource": "rule-guard"});
        let expected = [
            "rule-event",
            "rule:r-1",
            "status:pass",
            "severity:high",
            "source:rule-guard",
        ];
        check(EventKind::RuleLogged, &rule, &expected);
        let task = json!({"asyncTaskId": "7", "asyncStatus": "error", "asyncAgent": "Explore", "asyncCategory": "deep"});
        let expected = [
            "async-task",
            "async:error",
            "status:error",
            "agent:explore",
            "category:deep",
        ];
        check(EventKind::ActionLogged, &task, &expected);
        let verification = json!({"verificationStatus": "warn"});
        check(
            EventKind::VerificationLogged,
            &verification,
            &["verification", "status:warn"],
        );
    }

    #[test]
    fn tags_of_the_semantic_keys() {
        let keys = json!({
            "importance": "major", "sourceTool": "Bash", "operation": "execute", "entityType": "command",
            "toolFamily": "terminal", "subtypeGroup": "execution", "subtypeKey": "run_test",
        });
        let expected = [
            "subtype:run-test",
            "subtype-group:execution",
            "entity:command",
            "tool-family:terminal",
            "operation:execute",
            "source-tool:bash",
            "importance:major",
        ];
        check(EventKind::TerminalCommand, &keys, &expected);
    }

    #[test]
    fn tags_of_an_agent_activity() {
        let activity = json!({
            "activityType": "mcp_call", "agentName": "a", "skillName": "s", "modelName": "M-1.5",
            "modelProvider": "p", "mcpServer": "srv", "mcpTool": "t", "relationType": "caused_by",
        });
        let expected = [
            "coordination",
            "activity:mcp-call",
            "agent:a",
            "skill:s",
            "model:m-1-5",
            "provider:p",
            "mcp:srv",
            "mcp-tool:t",
            "relation:caused-by",
        ];
        check(EventKind::AgentActivityLogged, &activity, &expected);
        check(
            EventKind::AgentActivityLogged,
            &json!({}),
            &["coordination"],
        );
        check(
            EventKind::ToolUsed,
            &json!({"activityType": "search"}),
            &["coordination", "activity:search"],
        );
    }

    #[test]
    fn tags_of_questions_and_todos() {
        let both = json!({"questionPhase": "asked", "todoState": "in_progress"});
        check(
            EventKind::QuestionLogged,
            &both,
            &["question", "question:asked"],
        );
        check(EventKind::TodoLogged, &both, &["todo", "todo:in-progress"]);
        check(EventKind::ToolUsed, &both, &[]);
    }

    #[test]
    fn tags_of_a_compaction() {
        let compact = json!({"compactEvent": true, "compactPhase": "before", "compactEventType": "auto", "compactSignals": ["A b", 1, "before"]});
        let expected = ["compact", "compact:before", "compact:auto", "compact:a-b"];
        check(EventKind::ContextSaved, &compact, &expected);
        check(
            EventKind::ContextSaved,
            &json!({"compactEvent": "true", "compactSignals": "x"}),
            &["compact:x"],
        );
    }
}
