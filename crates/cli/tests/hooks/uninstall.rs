use super::{CLAUDE_CODE, Home};

#[test]
fn what_was_installed_leaves_no_trace() {
    for scope in [&[][..], &["--project"]] {
        let home = Home::of_all_agents();
        let before = home.everything();
        let arguments = [
            scope,
            &[
                "--yes",
                "claude-code",
                "codex",
                "gemini-cli",
                "opencode",
                "copilot-cli",
            ],
        ]
        .concat();
        home.done(&[&["hooks", "install"], &arguments[..]].concat());
        assert!(home.everything().len() > before.len());
        home.done(&[&["hooks", "uninstall"], &arguments[..]].concat());
        assert_eq!(home.everything(), before, "{scope:?}");
        let said = home.done(&[&["hooks", "uninstall"], &arguments[..]].concat());
        assert_eq!(said.matches("nothing to do").count(), 5, "{said}");
    }
}

#[test]
fn a_file_with_next_to_nothing_in_it_comes_back_as_it_was() {
    for empty in [
        "",
        "\n",
        "{}",
        "{}\n",
        "{ }",
        "{\n}\n",
        "{\r\n}",
        "\u{feff}{}",
        "{\n  \"hooks\": {}\n}\n",
        "{\"hooks\":{\"Stop\":[\n]}}",
    ] {
        let home = Home::new();
        home.write(".claude/settings.json", empty);
        let before = home.everything();
        home.done(&["hooks", "install", "--yes"]);
        home.done(&["hooks", "uninstall", "--yes"]);
        assert_eq!(home.everything(), before, "{empty:?}");
    }
}

#[test]
fn a_file_that_was_renewed_in_between_is_removed_all_the_same() {
    let home = Home::new();
    let before = home.everything();
    home.done(&["hooks", "install", "--yes"]);
    let text = home.read(".claude/settings.json");
    home.write(
        ".claude/settings.json",
        &text.replace("\"timeout\": 5", "\"timeout\": 60"),
    );
    home.done(&["hooks", "install", "--yes"]);
    assert_eq!(home.read(".claude/settings.json"), text);
    home.done(&["hooks", "uninstall", "--yes"]);
    assert_eq!(home.everything(), before);
}

#[test]
fn what_was_written_since_is_kept_and_so_is_the_file_from_before() {
    let home = Home::of_all_agents();
    home.done(&["hooks", "install", "--yes", "claude-code"]);
    let changed = home
        .read(".claude/settings.json")
        .replace("\"opus\"", "\"sonnet\"");
    home.write(".claude/settings.json", &changed);
    home.done(&["hooks", "uninstall", "--yes"]);
    let expected = CLAUDE_CODE.replace("\"opus\"", "\"sonnet\"");
    assert_eq!(home.read(".claude/settings.json"), expected);
    assert_eq!(
        home.read(".claude/settings.json.agent-tracer-backup"),
        changed
    );
}

#[test]
fn it_says_so_when_there_is_nothing() {
    let home = Home::new();
    let said = home.done(&["hooks", "uninstall", "--yes"]);
    assert_eq!(said, "There are no hooks to take out.\n");
}

#[test]
fn nothing_is_taken_out_by_a_dry_run() {
    let home = Home::of_all_agents();
    home.done(&["hooks", "install", "--yes"]);
    let before = home.everything();
    let said = home.done(&["hooks", "uninstall", "--dry-run", "copilot-cli"]);
    assert!(said.contains("+++ /dev/null\n"), "{said}");
    assert_eq!(home.everything(), before);
}
