use std::fs;

use insta::assert_snapshot;

use super::{CLAUDE_CODE, CODEX, GEMINI_CLI, Home};

#[test]
fn what_would_change_is_shown_and_not_done() {
    let home = Home::of_all_agents();
    let before = home.everything();
    let arguments = ["hooks", "install", "--dry-run"];
    let said = home.done(
        &[
            &arguments[..],
            &["claude-code", "codex", "gemini-cli", "copilot-cli"],
        ]
        .concat(),
    );
    assert_snapshot!(said);
    assert_eq!(home.everything(), before);
    let said = home.done(&["hooks", "install", "--dry-run", "--yes", "opencode"]);
    assert!(
        said.contains("+const PROGRAM = \"/usr/bin/agent-tracer\";\n"),
        "{said}"
    );
    assert_eq!(home.everything(), before);
}

#[test]
fn the_hooks_of_every_agent_found_are_written_once() {
    let home = Home::of_all_agents();
    assert_snapshot!(told(&home.done(&["hooks", "install", "--yes"])));
    let once = home.everything();
    assert_snapshot!(home.done(&["hooks", "install", "--yes"]));
    assert_eq!(home.everything(), once);
    for (file, before) in [
        (".claude/settings.json", CLAUDE_CODE),
        (".codex/hooks.json", CODEX),
        (".gemini/settings.json", GEMINI_CLI),
    ] {
        assert_eq!(home.read(&format!("{file}.agent-tracer-backup")), before);
    }
    assert_snapshot!(home.done(&["hooks", "status"]));
}

/// What is said beside the changes.
fn told(said: &str) -> String {
    let is_word = |line: &str| line.trim_start().starts_with(char::is_alphabetic);
    let lines = said
        .lines()
        .filter(|line| is_word(line) && !line.starts_with("   "));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn only_agents_that_are_found_are_chosen() {
    let home = Home::new();
    home.done(&["hooks", "install", "--yes"]);
    assert!(
        home.path(".claude/settings.json").exists(),
        "its program is on the path"
    );
    for folder in [".codex", ".gemini", ".copilot", ".config"] {
        assert!(!home.path(folder).exists(), "{folder}");
    }
    home.done(&["hooks", "install", "--yes", "codex"]);
    assert!(home.path(".codex/hooks.json").exists(), "it was named");
}

#[test]
fn an_old_claude_code_is_not_given_events_that_it_does_not_know() {
    let home = Home::new();
    home.write("bin/claude", "#!/bin/sh\necho '2.1.100 (Claude Code)'\n");
    home.done(&["hooks", "install", "--yes"]);
    assert!(!home.read(".claude/settings.json").contains("StopFailure"));
    home.write("bin/claude", "#!/bin/sh\necho '2.1.101 (Claude Code)'\n");
    assert_eq!(
        home.done(&["hooks", "status"])
            .matches("hooks differ")
            .count(),
        1
    );
    home.done(&["hooks", "install", "--yes"]);
    assert!(home.read(".claude/settings.json").contains("StopFailure"));
    fs::remove_file(home.path("bin/claude")).unwrap();
    let said = home.done(&["hooks", "install", "--yes"]);
    assert!(
        said.contains("nothing to do"),
        "what was known is not forgotten: {said}"
    );
}

#[test]
fn the_hooks_of_another_copy_of_the_program_are_taken_over() {
    let home = Home::of_all_agents();
    home.done(&["hooks", "install", "--yes"]);
    let files = [
        ".claude/settings.json",
        ".copilot/hooks/agent-tracer.json",
        ".config/opencode/plugins/agent-tracer.js",
    ];
    let present = files.map(|file| home.read(file));
    for (file, text) in files.iter().zip(&present) {
        home.write(
            file,
            &text.replace(
                env!("CARGO_BIN_EXE_agent-tracer"),
                "/opt/old tracer/agent-tracer",
            ),
        );
    }
    // Quoted, as the program writes a path with a space.
    let quote = |file: &str| {
        let text = home.read(file);
        home.write(
            file,
            &text.replace(
                "\"/opt/old tracer/agent-tracer hook",
                "\"'/opt/old tracer/agent-tracer' hook",
            ),
        );
    };
    for file in files {
        quote(file);
    }
    assert_eq!(
        home.done(&["hooks", "status"])
            .matches("hooks run /opt/old tracer/agent-tracer, which is gone")
            .count(),
        3
    );
    home.done(&["hooks", "install", "--yes"]);
    assert_eq!(files.map(|file| home.read(file)), present);
}

#[test]
fn hooks_that_were_copied_by_hand_become_the_present_ones() {
    let home = Home::new();
    let by_hand = r#"{"hooks": {"Stop": [{"matcher": "", "hooks": [{"type": "command", "command": "agent-tracer hook claude-code", "timeout": 5}]}]}}"#;
    home.write(".claude/settings.json", by_hand);
    home.done(&["hooks", "install", "--yes"]);
    let text = home.read(".claude/settings.json");
    assert!(!text.contains("\"agent-tracer hook"), "{text}");
    assert_eq!(text.matches("hook claude-code").count(), 18);
}

#[test]
fn a_projects_own_settings_are_written_where_that_is_asked_for() {
    let home = Home::of_all_agents();
    let mut before = home.everything();
    home.done(&["hooks", "install", "--project", "--yes"]);
    let after = home.everything();
    let project = home.path("project");
    before.retain(|path, _| !path.starts_with(&project));
    assert!(
        after
            .iter()
            .filter(|(path, _)| !path.starts_with(&project))
            .eq(&before)
    );
    for file in [
        ".claude/settings.local.json",
        ".codex/hooks.json",
        ".gemini/settings.json",
        ".opencode/plugins/agent-tracer.js",
        ".github/hooks/agent-tracer.json",
    ] {
        assert!(after.contains_key(&project.join(file)), "{file}");
    }
    assert!(
        home.done(&["hooks", "status"])
            .contains("settings.local.json: hooks installed")
    );
}

#[test]
fn the_variables_of_an_agent_say_where_its_settings_are() {
    let home = Home::new();
    let elsewhere = home.path("elsewhere");
    let said = home.run_with(
        &["hooks", "install", "--yes", "claude-code", "codex"],
        &[
            ("CLAUDE_CONFIG_DIR", &elsewhere),
            ("CODEX_HOME", &elsewhere),
        ],
    );
    assert!(said.status.success(), "{}", home.said(&said));
    assert!(elsewhere.join("settings.json").exists());
    assert!(elsewhere.join("hooks.json").exists());
    assert!(!home.path(".claude").exists());
}

#[test]
fn a_link_and_permissions_stay() {
    let home = Home::new();
    home.write("dotfiles/claude.json", CLAUDE_CODE);
    home.set_mode("dotfiles/claude.json", 0o640);
    fs::create_dir(home.path(".claude")).unwrap();
    std::os::unix::fs::symlink(
        home.path("dotfiles/claude.json"),
        home.path(".claude/settings.json"),
    )
    .unwrap();
    let before = home.everything();
    home.done(&["hooks", "install", "--yes"]);
    let after = home.everything();
    assert_eq!(
        after[&home.path(".claude/settings.json")],
        before[&home.path(".claude/settings.json")]
    );
    let file = &after[&home.path("dotfiles/claude.json")];
    assert_eq!(file.0 & 0o777, 0o640);
    assert_ne!(file.1, CLAUDE_CODE.as_bytes());
    assert_eq!(
        after[&home.path("dotfiles/claude.json.agent-tracer-backup")].0 & 0o777,
        0o640
    );
    home.done(&["hooks", "uninstall", "--yes"]);
    assert_eq!(home.everything(), before);
}
