//! What holds for the rules about text, whatever the text.

use std::collections::HashSet;

use agent_tracer_core::classify::{Classifiable, TAG_CHARS_MAX, TAGS_MAX, classify, default_lane};
use agent_tracer_core::display_title::{TitleCandidates, clean_title, display_title, is_generic};
use agent_tracer_core::entity::Metadata;
use agent_tracer_core::paths::{
    FILE_PATHS_MAX, MENTIONED_PATHS_MAX, clean_file_paths, last_segment, line_title,
    mentioned_paths, slug, workspace_path,
};
use agent_tracer_core::vocabulary::{EventKind, Lane};
use proptest::prelude::*;
use proptest::sample::select;

/// Any text, and text made of what the rules look for, which chance would not find.
fn text() -> impl Strategy<Value = String> {
    let pieces = select(vec![
        "claude code",
        " — ",
        " - ",
        "–",
        "my-app",
        "(session",
        "(ses_",
        ")",
        " ",
        "\n",
        "\t",
        "/",
        "//",
        "`",
        "```\n",
        "~~~",
        "@",
        ".",
        ":12",
        "https://",
        "readFile",
        "run",
        "TEST",
        "İ",
        "ß",
        "한",
        "\u{301}",
        "…",
        "<task-notification>",
        "\\",
        "a.rs",
    ]);
    let made = prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat());
    prop_oneof![any::<String>(), made, "\\PC{100,300}"]
}

fn kind() -> impl Strategy<Value = EventKind> {
    select(EventKind::ALL)
}

fn lane() -> impl Strategy<Value = Lane> {
    select(Lane::ALL)
}

fn metadata() -> impl Strategy<Value = Metadata> {
    let keys = select(vec![
        "ruleId",
        "ruleStatus",
        "verificationStatus",
        "asyncTaskId",
        "asyncStatus",
        "asyncAgent",
        "agentName",
        "activityType",
        "questionPhase",
        "todoState",
        "compactPhase",
        "displayTitle",
    ]);
    let texts = prop::collection::btree_map(keys, text(), 0..8);
    let signals = prop::collection::vec("[a-z가-힣 ]{0,3}", 0..90);
    (texts, signals, any::<bool>()).prop_map(|(texts, signals, compact)| {
        let mut metadata = Metadata::new();
        metadata.extend(
            texts
                .into_iter()
                .map(|(key, text)| (key.to_owned(), text.into())),
        );
        metadata.insert("compactSignals".to_owned(), signals.into());
        metadata.insert("compactEvent".to_owned(), compact.into());
        metadata
    })
}

fn is_collapsed(text: &str) -> bool {
    text.split(' ')
        .all(|word| !word.is_empty() && !word.contains(char::is_whitespace))
}

proptest! {
    #[test]
    fn a_slug_is_safe_in_an_address(title in text()) {
        let slug = slug(&title);
        prop_assert!(slug.len() <= 64);
        prop_assert!(slug.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-')));
        prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
    }

    #[test]
    fn a_clean_title_is_short_and_stays(title in text()) {
        let clean = clean_title(&title);
        prop_assert!(clean.chars().count() <= 120);
        prop_assert_eq!(clean.is_empty(), title.trim().is_empty());
        prop_assert_eq!(clean_title(&clean), clean);
    }

    #[test]
    fn a_line_title_is_one_short_line(text in text(), max_chars in 0_usize..200) {
        let line = line_title(&text, max_chars);
        prop_assert!(line.chars().count() <= max_chars);
        prop_assert!(line.is_empty() || is_collapsed(line.trim_end_matches(" …")));
    }

    #[test]
    fn a_workspace_path_is_in_its_form_already(raw in text()) {
        if let Some(path) = workspace_path(&raw) {
            prop_assert!(!path.contains("//") && (path == "/" || !path.ends_with('/')));
            prop_assert!(!last_segment(&path).is_empty());
        }
    }

    #[test]
    fn paths_are_distinct_and_bounded(text in text(), paths in prop::collection::vec("[a-z /]{0,3}", 0..300)) {
        let mentioned = mentioned_paths(&text);
        prop_assert!(mentioned.len() <= MENTIONED_PATHS_MAX);
        prop_assert!(mentioned.iter().all(|path| !path.is_empty() && text.contains(path.as_str())));
        prop_assert!(mentioned.iter().all(|path| !path.contains(char::is_whitespace)));
        let clean = clean_file_paths(&paths);
        prop_assert!(clean.len() <= FILE_PATHS_MAX);
        for list in [mentioned, clean.clone()] {
            prop_assert_eq!(list.iter().collect::<HashSet<_>>().len(), list.len());
        }
        prop_assert_eq!(clean_file_paths(&clean), clean);
    }

    #[test]
    fn a_task_always_has_a_title(
        title in text(),
        workspace in prop::option::of(text()),
        events in prop::collection::vec((kind(), lane(), text(), prop::option::of(text()), metadata()), 0..6),
    ) {
        let mut candidates = TitleCandidates::default();
        for (kind, lane, title, body, metadata) in &events {
            let before = candidates.clone();
            let changed = candidates.consider(*kind, *lane, title, body.as_deref(), metadata);
            prop_assert_eq!(changed, candidates != before);
        }
        let slug = slug(&title);
        let shown = display_title(&title, workspace.as_deref(), &slug, &candidates);
        prop_assert_eq!(shown.is_empty(), title.trim().is_empty());
        prop_assert!(shown.chars().count() <= 120);
        prop_assert_eq!(&shown, &display_title(&title, workspace.as_deref(), &slug, &candidates));
        if !is_generic(&title, workspace.as_deref(), &slug) {
            prop_assert_eq!(shown, clean_title(&title));
        }
    }

    #[test]
    fn a_candidate_never_changes(
        events in prop::collection::vec((kind(), lane(), text(), prop::option::of(text())), 0..12),
    ) {
        let mut candidates = TitleCandidates::default();
        for (kind, lane, title, body) in &events {
            let before = serde_json::to_value(&candidates).expect("plain data");
            candidates.consider(*kind, *lane, title, body.as_deref(), &Metadata::new());
            let after = serde_json::to_value(&candidates).expect("plain data");
            for (key, text) in before.as_object().expect("an object") {
                prop_assert_eq!(Some(text), after.get(key));
            }
        }
    }

    #[test]
    fn tags_are_distinct_and_bounded(
        kind in kind(),
        action in prop::option::of(text()),
        explicit_lane in prop::option::of(lane()),
        metadata in metadata(),
    ) {
        let action = action.as_deref();
        let sorted = classify(&Classifiable { kind, explicit_lane, action, metadata: &metadata });
        prop_assert!(sorted.tags.len() <= TAGS_MAX);
        prop_assert!(sorted.tags.iter().all(|tag| tag.chars().count() <= TAG_CHARS_MAX));
        prop_assert_eq!(sorted.tags.iter().collect::<HashSet<_>>().len(), sorted.tags.len());
        prop_assert!(sorted.matches.len() <= 1);
        prop_assert!(sorted.matches.iter().flat_map(|m| &m.tags).all(|tag| sorted.tags.contains(tag)));
        if explicit_lane.is_none() && sorted.matches.is_empty() {
            prop_assert_eq!(sorted.lane, default_lane(kind));
        }
        let explicit_lane = Some(sorted.lane);
        let again = classify(&Classifiable { kind, explicit_lane, action, metadata: &metadata });
        prop_assert_eq!(again, sorted);
    }
}
