//! Every other hook.

use crate::support::{noted, payload, rows, what};
use agent_tracer_core::adapter::claude_code::report;
use agent_tracer_core::report::What;
use agent_tracer_core::vocabulary::{EventKind, Lane};
use serde_json::json;

/// hook | its fields | lane | title
const NOTES: &str = r#"
Notification | {"message": "May I?", "notification_type": "permission_prompt"} | questions | May I?
Notification | {"title": "Hello"} | coordination | Hello
UserPromptExpansion | {"command_name": "review", "command_args": "12"} | planning | Command expanded: /review 12
InstructionsLoaded | {"file_path": "/p/CLAUDE.md"} | planning | Instructions loaded: CLAUDE.md
CwdChanged | {"old_cwd": "/p", "new_cwd": "/q"} | planning | Working folder: /q
ConfigChange | {"source": "user_settings"} | planning | Configuration changed: user_settings
DirectoryAdded | {"directory": "/q"} | planning | Folder added: /q
FileChanged | {"file_path": "/p/a.rs", "event": "change"} | implementation | File changed on disk: a.rs
WorktreeCreate | {"name": "w"} | implementation | Worktree created: w
WorktreeRemove | {"worktree_path": "/p/w"} | implementation | Worktree removed: w
PreModelSwitch | {"from_model": "a", "to_model": "b"} | planning | Switching model: a to b
PostModelSwitch | {"from_model": "a", "to_model": "b"} | planning | Model switched: a to b
Elicitation | {"mcp_server_name": "orders", "message": "Which?"} | questions | Which?
Elicitation | {"mcp_server_name": "orders"} | questions | orders asks something
ElicitationResult | {"mcp_server_name": "orders", "action": "accept"} | questions | orders was answered: accept
TeammateIdle | {"teammate_name": "Ann"} | coordination | Teammate idle: Ann
Setup | {"trigger": "init"} | planning | Setup: init
MessageDisplay | {"delta": "Hel"} | planning | Message shown
"#;

#[test]
fn every_other_hook_is_noted_with_a_title() {
    for [hook, fields, lane, title] in rows(NOTES) {
        let (kind, found, found_title, ..) = noted(hook, serde_json::from_str(fields).unwrap());
        assert_eq!(kind, EventKind::ContextSaved);
        assert_eq!(
            (found.as_str(), found_title.as_str()),
            (lane, title),
            "{hook}"
        );
    }
}

#[test]
fn a_note_keeps_its_fields() {
    let fields = json!({"file_path": "/p/CLAUDE.md", "load_reason": "session_start"});
    assert_eq!(
        noted("InstructionsLoaded", fields).4,
        json!({"filePaths": ["/p/CLAUDE.md"], "loadReason": "session_start"})
    );
    let fields = json!({"action": "accept", "content": {"a": 1}});
    assert_eq!(
        noted("ElicitationResult", fields).4,
        json!({"elicitationAction": "accept", "content": {"a": 1}})
    );
}

#[test]
fn fields_of_a_later_version_never_pass_for_ours() {
    let fields = json!({"displayTitle": "mine", "filePaths": 1, "severity": "high"});
    assert_eq!(
        noted("CwdChanged", fields.clone()).4,
        json!({"extra": fields})
    );
}

#[test]
fn unknown_hooks_are_kept_whole() {
    let sent = payload("Telepathy", json!({"x": 1}));
    let (kind, lane, title, _, metadata) = noted("Telepathy", json!({"x": 1}));
    assert_eq!((kind, lane), (EventKind::ContextSaved, Lane::Planning));
    assert_eq!(
        (title.as_str(), metadata),
        ("Unknown hook: Telepathy", json!({"raw": sent}))
    );

    let nameless = report(None, json!({"session_id": "s", "hook_event_name": 5})).unwrap();
    assert_eq!(nameless.hook_event, "unknown");
    assert!(
        matches!(nameless.what, What::Noted { title, .. } if title == "Unknown hook without a name")
    );
}

#[test]
fn no_documented_hook_is_unknown() {
    assert_eq!(HOOKS.split_whitespace().count(), 33);
    for hook in HOOKS.split_whitespace() {
        let what = what(hook, json!({}));
        let raw = matches!(&what, What::Noted { metadata, .. } if metadata.contains_key("raw"));
        assert!(!raw, "{hook} is unknown");
    }
}

pub(crate) const HOOKS: &str = "
    PreToolUse PostToolUse PostToolUseFailure PostToolBatch Notification UserPromptSubmit
    UserPromptExpansion SessionStart SessionEnd Stop StopFailure SubagentStart SubagentStop
    PreCompact PostCompact PreModelSwitch PostModelSwitch PermissionRequest PermissionDenied
    Setup TeammateIdle TaskCreated TaskCompleted Elicitation ElicitationResult ConfigChange
    WorktreeCreate WorktreeRemove InstructionsLoaded CwdChanged FileChanged DirectoryAdded
    MessageDisplay";

#[test]
fn an_idle_prompt_says_that_the_turn_is_over() {
    let fields = json!({"message": "Claude is waiting", "notification_type": "idle_prompt"});
    let What::PersonAwaited { title, body, .. } = what("Notification", fields) else {
        panic!("no sign that it waits");
    };
    assert_eq!(title, "Claude is waiting");
    assert_eq!(body.as_deref(), Some("Claude is waiting"));
}
