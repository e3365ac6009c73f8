use super::{
    FILE_PATHS_MAX, MENTIONED_PATHS_MAX, clean_file_paths, last_segment, line_title,
    mentioned_paths, slug, workspace_path,
};

#[test]
fn a_slug_is_of_ascii_words() {
    #[track_caller]
    fn check(title: &str, expected: &str) {
        assert_eq!(slug(title), expected);
    }
    check("  Fix the Bug!  ", "fix-the-bug");
    check("Claude Code — my_app", "claude-code-my-app");
    check("로그인 오류", "");
    check("--a--", "a");
    check(&"x".repeat(70), &"x".repeat(64));
    check(&format!("{} y", "x".repeat(63)), &"x".repeat(63));
}

#[test]
fn a_workspace_path_has_one_form() {
    #[track_caller]
    fn check(raw: &str, expected: Option<&str>) {
        assert_eq!(workspace_path(raw).as_deref(), expected);
    }
    check(" /home//me/app/ ", Some("/home/me/app"));
    check("relative//dir/", Some("relative/dir"));
    check("///", Some("/"));
    check("/", Some("/"));
    check("  ", None);
}

#[test]
fn the_last_segment_is_the_name() {
    #[track_caller]
    fn check(path: &str, expected: &str) {
        assert_eq!(last_segment(path), expected);
    }
    check("/a/b.rs", "b.rs");
    check("/a/b/", "b");
    check("b", "b");
    check("/", "/");
    check("", "");
    check(r"C:\work\app", "app");
    check(r"/a/odd\name", r"odd\name");
}

#[test]
fn file_paths_are_distinct_and_bounded() {
    #[track_caller]
    fn check(paths: &[&str], expected: &[&str]) {
        let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        assert_eq!(clean_file_paths(&paths), expected);
    }
    check(&[" b ", "a", "", "b", " "], &["b", "a"]);
    let many: Vec<String> = (0..=FILE_PATHS_MAX)
        .map(|number| number.to_string())
        .collect();
    assert_eq!(clean_file_paths(&many), many[..FILE_PATHS_MAX]);
}

#[test]
fn paths_are_found_in_a_prompt() {
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(mentioned_paths(text), expected);
    }
    check(
        "Fix src/lib.rs, then (docs/a.md).",
        &["src/lib.rs", "docs/a.md"],
    );
    check(
        "see @README.md and `Cargo.toml` and `.env`",
        &["README.md", "Cargo.toml", ".env"],
    );
    check("ask @someone to run `cargo test` on lib.rs", &[]);
    check("run `cat src/a.rs` twice: src/a.rs!", &["src/a.rs"]);
    check(
        "src/a.rs:12:3 app/[id]/page.tsx app/(group) [x/y]",
        &["src/a.rs", "app/[id]/page.tsx", "app/(group)", "x/y"],
    );
    check(
        "https://a.b/c www.a.b/c //a.b/c file:///x src/**/*.ts </task> 1/2 / ../ `1.5`",
        &[],
    );
    check(
        "~/notes ./x ../y \"/etc/hosts\" 문서/가.md",
        &["~/notes", "./x", "../y", "/etc/hosts", "문서/가.md"],
    );
    check("an `unclosed a/b", &["a/b"]);
    check("", &[]);
}

#[test]
fn a_slash_command_is_no_path() {
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(mentioned_paths(text), expected);
    }
    check("/review src/a.rs", &["src/a.rs"]);
    check("/clear", &[]);
    check("/etc/hosts is odd", &["/etc/hosts"]);
    check("look into /tmp", &["/tmp"]);
}

#[test]
fn fenced_code_is_skipped() {
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(mentioned_paths(text), expected);
    }
    check("a/b\n```rust\nc/d\n```\ne/f", &["a/b", "e/f"]);
    check("~~~\na/b\n```\nc/d\n~~~\ne/f", &["e/f"]);
    check("````\n```\na/b\n````\nc/d", &["c/d"]);
    check("```a/b``` c/d", &["a/b", "c/d"]);
    check("```\na/b", &[]);
}

#[test]
fn mentioned_paths_are_bounded() {
    let text: String = (0..80)
        .map(|number| ["a/", &"b".repeat(number + 1), " "].concat())
        .collect();
    assert_eq!(mentioned_paths(&text).len(), MENTIONED_PATHS_MAX);
    assert!(mentioned_paths(&"a/".repeat(3000)).is_empty());
}

#[test]
fn a_line_title_is_the_first_line() {
    #[track_caller]
    fn check(text: &str, max_chars: usize, expected: &str) {
        assert_eq!(line_title(text, max_chars), expected);
    }
    check("\n  \n  a \t b \nc", 10, "a b");
    check("abcdef", 6, "abcdef");
    check("abcdefg", 6, "abcde…");
    check("가나다라", 3, "가나…");
    check("ab", 1, "…");
    check("ab", 0, "");
    check("", 5, "");
}
