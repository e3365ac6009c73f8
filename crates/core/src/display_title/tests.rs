use serde_json::json;

use super::{TitleCandidates, clean_title, display_title, is_generic};
use crate::entity::Metadata;
use crate::vocabulary::{EventKind, Lane};

const APP: Option<&str> = Some("/home/me/my-app");

#[test]
fn a_clean_title_is_one_short_line() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(clean_title(text), expected);
    }
    check("  a \n\t b ", "a b");
    check(" \n ", "");
    check(&"가".repeat(120), &"가".repeat(120));
    check(&"가".repeat(121), &format!("{}...", "가".repeat(117)));
}

#[test]
fn a_title_of_agent_and_directory_is_generic() {
    #[track_caller]
    fn check(title: &str, workspace_path: Option<&str>, expected: bool) {
        assert_eq!(is_generic(title, workspace_path, "the-slug"), expected);
    }
    check("Claude Code — my-app", APP, true);
    check("  claude   code –  My-App ", APP, true);
    check("Codex - my-app (ses_12ab)", APP, true);
    check("opencode - my-app (session 4)", APP, true);
    check("Gemini — the-slug", None, true);
    check("Codex CLI — my-app", APP, true);
    check("GitHub Copilot CLI — my-app", APP, true);
    check("Claude Code — my-app", Some("/home/me/my-app/"), true);
    check("Claude Code — other", APP, false);
    check("Claude Code — my-app — login", APP, false);
    check("Claude Code — my - app", Some("/home/me/my - app"), false);
    check("Claude Code—my-app", APP, false);
    check("Somebody — my-app", APP, false);
    check("Claude Code — my-app (draft)", APP, false);
    check("my-app", APP, false);
    check("", APP, false);
    let long = "d".repeat(200);
    check(&format!("Claude — {long}"), Some(&format!("/{long}")), true);
}

/// Title shown for "Claude Code — my-app" after these events: kind, lane, title, body.
type Said<'a> = (EventKind, Lane, &'a str, Option<&'a str>);

fn candidates(events: &[Said<'_>]) -> TitleCandidates {
    let mut candidates = TitleCandidates::default();
    for (kind, lane, title, body) in events {
        candidates.consider(*kind, *lane, title, *body, &Metadata::new());
    }
    candidates
}

#[track_caller]
fn check_shown(events: &[Said<'_>], expected: &str) {
    let title = "Claude Code — my-app (session 1)";
    assert_eq!(display_title(title, APP, "", &candidates(events)), expected);
}

const START: Said<'_> = (
    EventKind::TaskStart,
    Lane::User,
    "t",
    Some("Started for\n login"),
);
const CONTEXT: Said<'_> = (
    EventKind::ContextSaved,
    Lane::Planning,
    "Saved",
    Some("Notes"),
);
const PROMPT: Said<'_> = (
    EventKind::UserMessage,
    Lane::User,
    "Prompt",
    Some(" Fix\nlogin "),
);

#[test]
fn the_person_comes_before_the_start_before_anything_else() {
    check_shown(&[CONTEXT, START, PROMPT], "Fix login");
    check_shown(&[CONTEXT, START], "Started for login");
    check_shown(&[CONTEXT], "Notes");
    check_shown(&[], "Claude Code — my-app");
    let second = (
        EventKind::UserMessage,
        Lane::User,
        "Prompt",
        Some("Now logout"),
    );
    check_shown(&[PROMPT, second], "Fix login");
    assert_eq!(
        display_title(" Fix  it ", APP, "", &candidates(&[PROMPT])),
        "Fix it"
    );
}

#[test]
fn only_a_person_speaks_for_the_person() {
    let response = (
        EventKind::AssistantResponse,
        Lane::User,
        "Answer",
        Some("Done"),
    );
    let notice = Some(" <task-notification>\n<task-id>7</task-id>");
    let notification = (EventKind::UserMessage, Lane::User, "Prompt", notice);
    let error = (EventKind::TaskError, Lane::User, "Broken", Some("why"));
    let file = (
        EventKind::FileChanged,
        Lane::Implementation,
        "a.rs",
        Some("/a.rs"),
    );
    check_shown(
        &[response, notification, error, file],
        "Claude Code — my-app",
    );
    check_shown(&[response, notification, error, file, CONTEXT], "Notes");
    check_shown(&[notification, PROMPT], "Fix login");
    let blank = (EventKind::UserMessage, Lane::User, "The title", Some("  "));
    check_shown(&[blank], "The title");
    let note = (
        EventKind::ContextSaved,
        Lane::User,
        "Note",
        Some("from the user lane"),
    );
    check_shown(&[START, note], "from the user lane");
}

#[test]
fn what_only_names_an_agent_is_skipped() {
    let tool = EventKind::ToolUsed;
    let lane = Lane::Exploration;
    check_shown(
        &[(tool, lane, "Look", Some("Claude Code session started"))],
        "Look",
    );
    check_shown(
        &[(tool, lane, "Codex - x", Some("claude — my-app")), CONTEXT],
        "Notes",
    );
    check_shown(
        &[(tool, lane, "Look", Some("The session started"))],
        "The session started",
    );
    check_shown(
        &[(EventKind::UserMessage, Lane::User, "t", Some("claude - hi"))],
        "claude - hi",
    );
}

#[test]
fn a_rename_is_the_title_of_an_event() {
    let mut metadata = Metadata::new();
    metadata.insert("displayTitle".to_owned(), json!("Renamed"));
    let mut candidates = TitleCandidates::default();
    assert!(candidates.consider(EventKind::ToolUsed, Lane::User, "Read", None, &metadata));
    assert!(!candidates.consider(EventKind::ToolUsed, Lane::User, "Other", None, &metadata));
    assert_eq!(
        display_title("Codex — my-app", APP, "", &candidates),
        "Renamed"
    );
}

#[test]
fn candidates_are_stored_short() {
    let stored = serde_json::to_value(candidates(&[START, CONTEXT])).expect("plain data");
    assert_eq!(
        stored,
        json!({"start": "Started for login", "other": "Notes"})
    );
    let read: TitleCandidates = serde_json::from_value(json!({"user": "x"})).expect("a subset");
    assert_eq!(display_title("Codex — my-app", APP, "", &read), "x");
}
