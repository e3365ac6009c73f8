use std::fs;

use insta::assert_snapshot;

use super::Home;

#[test]
fn without_a_terminal_nobody_can_agree() {
    let home = Home::of_all_agents();
    let before = home.everything();
    assert_snapshot!(home.refused(&["hooks", "install"]), @"agent-tracer: nothing was written: there is no terminal to ask on, so say --yes to agree");
    assert_eq!(home.everything(), before);
}

#[test]
fn an_agent_that_cannot_be_helped_does_not_keep_the_others_from_it() {
    let home = Home::of_all_agents();
    for (file, text) in [
        (".claude/settings.json", "{\n  \"hooks\": {\n}\n"),
        (".codex/hooks.json", "{} // Codex takes no comments"),
        (".config/opencode/plugins/agent-tracer.js", "// mine\n"),
        (
            ".copilot/hooks/agent-tracer.json",
            "{\"hooks\": {\"x\": [{\"bash\": \"true\"}]}}",
        ),
    ] {
        home.write(file, text);
    }
    let mut before = home.everything();
    assert_snapshot!(home.refused(&["hooks", "install", "--yes"]));
    let mut after = home.everything();
    let gemini = home.path(".gemini");
    for all in [&mut before, &mut after] {
        all.retain(|path, _| !path.starts_with(&gemini));
    }
    assert_eq!(after, before);
    assert!(home.read(".gemini/settings.json").contains("agent-tracer"));
}

#[test]
fn hooks_of_the_wrong_type_are_refused() {
    for (text, says) in [
        (r#"{"hooks": []}"#, "`hooks` must be an object"),
        (
            r#"{"hooks": {"Stop": {}}}"#,
            "`hooks.Stop` must be an array",
        ),
        ("[]", "it must be an object"),
        // Claude Code would not load such a file, nor the hooks in it.
        ("{} // c", "Comments are not allowed"),
        (r#"{"a": 1,}"#, "cannot be read as JSON"),
        (
            r#"{"hooks": {}, "hooks": {}}"#,
            "the key \"hooks\" is in it twice",
        ),
    ] {
        let home = Home::new();
        home.write(".claude/settings.json", text);
        let before = home.everything();
        let said = home.refused(&["hooks", "install", "--yes"]);
        assert!(said.contains(says), "{said}");
        assert!(
            said.contains("~/.claude/settings.json was left alone"),
            "{said}"
        );
        assert_eq!(home.everything(), before);
    }
}

#[test]
fn a_file_that_is_protected_stays_as_it_is() {
    let home = Home::of_all_agents();
    home.set_mode(".claude/settings.json", 0o444);
    let before = home.everything();
    let said = home.refused(&["hooks", "install", "--yes", "claude-code"]);
    assert!(
        said.contains("~/.claude/settings.json is write-protected"),
        "{said}"
    );
    assert_eq!(home.everything(), before);
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let home = Home::new();
    home.write(".codex", "a file where a folder should be");
    let said = home.refused(&["hooks", "install", "--yes", "codex"]);
    assert!(said.contains("~/.codex"), "{said}");
    fs::create_dir(home.path(".gemini")).unwrap();
    std::os::unix::fs::symlink("nowhere", home.path(".gemini/settings.json")).unwrap();
    let said = home.refused(&["hooks", "install", "--yes", "gemini-cli"]);
    assert!(
        said.contains("~/.gemini/settings.json is a link to nothing"),
        "{said}"
    );
    fs::create_dir_all(home.path(".claude/settings.json")).unwrap();
    let said = home.refused(&["hooks", "install", "--yes", "claude-code"]);
    assert!(
        said.contains("~/.claude/settings.json cannot be read"),
        "{said}"
    );
    fs::remove_dir(home.path(".claude/settings.json")).unwrap();
    fs::write(home.path(".claude/settings.json"), b"{\"a\": \"\xff\"}").unwrap();
    let said = home.refused(&["hooks", "install", "--yes", "claude-code"]);
    assert!(
        said.contains("~/.claude/settings.json is not UTF-8 text"),
        "{said}"
    );
}
