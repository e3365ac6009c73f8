//! What is no secret, and stays as it is: a false hit costs the person what they wanted to read.

use agent_tracer_core::redact::Redactor;
use serde_json::Value;

use crate::support::{read, redacted, redacted_body, root};

#[test]
fn ordinary_lines_stay() {
    let content = read("fixtures/redaction/ordinary.txt");
    let lines: Vec<&str> = content.lines().collect();
    assert!(lines.len() > 80);
    let hit = lines.iter().filter(|line| redacted(line) != **line);
    let hit: Vec<String> = hit
        .map(|line| format!("{line}\n  became {}", redacted(line)))
        .collect();
    assert!(hit.is_empty(), "{} hit:\n{}", hit.len(), hit.join("\n"));
    assert_eq!(redacted(&content), content);
}

#[test]
fn lock_files_stay() {
    for path in [
        "Cargo.lock",
        "web/package-lock.json",
        "e2e/package-lock.json",
    ] {
        let content = read(path);
        assert!(content.len() > 500, "{path}");
        let (_, removed) = Redactor::default().redact_text(&content);
        assert!(removed.is_empty(), "{path}: {removed:?}");
    }
}

/// Every recorded payload passes unchanged: nobody put a secret into them.
#[test]
fn recorded_payloads_stay() {
    let mut payloads = 0;
    for path in recordings() {
        let content = std::fs::read_to_string(&path).unwrap();
        for line in content.split('\n').filter(|line| !line.is_empty()) {
            let body: Value = serde_json::from_str(line).unwrap();
            assert_eq!(redacted_body(body.clone()), body, "{}", path.display());
            payloads += 1;
        }
    }
    assert!(payloads > 100, "{payloads} payloads");
}

fn recordings() -> Vec<std::path::PathBuf> {
    let folders = std::fs::read_dir(root().join("fixtures")).unwrap();
    let folders = folders
        .map(|folder| folder.unwrap().path())
        .filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let files = files.map(|file| file.unwrap().path());
    files
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "jsonl")
        })
        .collect()
}

#[test]
fn pictures_and_sums_stay() {
    let mut state = 1_u64;
    let mut next = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 58).unwrap()
    };
    let alphabets = [
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    ];
    for alphabet in alphabets {
        let text: String = (0..500_000)
            .map(|_| char::from(alphabet.as_bytes()[next()]))
            .collect();
        let uri = format!("data:image/png;base64,{text}==");
        let (_, removed) = Redactor::default().redact_text(&uri);
        assert!(removed.is_empty(), "{removed:?}");
    }
}
