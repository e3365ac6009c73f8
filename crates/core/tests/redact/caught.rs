//! Secrets in the formats they really have. Their texts are made up.

use agent_tracer_core::redact::Redactor;

use serde_json::json;

use crate::support::{read, redacted, secret};

/// A sample of `fixtures/redaction/caught.txt`: the secret stands in `⟦⟧`, and `¦` keeps it from
/// looking like one in the file.
struct Sample {
    text: String,
    expected: String,
    kind: String,
}

fn samples() -> Vec<Sample> {
    let content = read("fixtures/redaction/caught.txt").replace('¦', "");
    content.lines().map(sample).collect()
}

fn sample(line: &str) -> Sample {
    let (kind, marked) = line.split_once(" | ").unwrap();
    let (before, rest) = marked.split_once('⟦').unwrap();
    let (secret, after) = rest.split_once('⟧').unwrap();
    Sample {
        text: format!("{before}{secret}{after}"),
        expected: format!("{before}[removed: {kind}]{after}"),
        kind: kind.to_owned(),
    }
}

#[test]
fn every_sample_is_caught_to_the_letter() {
    let samples = samples();
    assert!(samples.len() > 80);
    let missed = samples.iter().filter_map(|sample| {
        let found = redacted(&sample.text);
        (found != sample.expected).then(|| format!("{found}\n  instead of {}", sample.expected))
    });
    let missed: Vec<String> = missed.collect();
    assert!(
        missed.is_empty(),
        "{} missed:\n{}",
        missed.len(),
        missed.join("\n")
    );
}

#[test]
fn what_was_removed_is_counted_by_its_kind() {
    for sample in samples() {
        let removed = Redactor::default().redact_text(&sample.text).1;
        let counted: Vec<_> = removed.iter().collect();
        assert_eq!(counted, [(sample.kind.as_str(), 1)], "{}", sample.text);
    }
}

#[test]
fn a_sample_is_caught_wherever_it_stands() {
    for sample in samples() {
        for (before, after) in [
            ("first line\n", "\nlast line"),
            ("{\\\"text\\\": \\\"a\\n", "\\n\\\"}"),
            ("\u{2028}\u{1f600} ", "\n\u{301}"),
            ("+", ""),
        ] {
            let found = redacted(&format!("{before}{}{after}", sample.text));
            assert_eq!(found, format!("{before}{}{after}", sample.expected));
        }
    }
}

#[test]
fn keys_are_caught_behind_escapes_and_between_colours() {
    let key = secret(&["gh", "p_16C7e42F292c6912E7710c838347Ae178B4a"]);
    let removed = "[removed: GitHub token]";
    let check = |text: &str, expected: &str| {
        assert_eq!(
            redacted(&text.replace("KEY", &key)),
            expected.replace("MARK", removed)
        );
    };
    check(
        r#"{\"content\":\"A\nKEY\n\"}"#,
        r#"{\"content\":\"A\nMARK\n\"}"#,
    );
    check("https://h/?a%3DKEY%26b", "https://h/?a%3DMARK%26b");
    check(r"a\u003dKEY\u0026", r"a\u003dMARK\u0026");
    check("\x1b[32mKEY\x1b[0m ok", "\x1b[32mMARK\x1b[0m ok");
    let coloured = key.replace("F292", "\x1b[1mF292\x1b[0m");
    assert_eq!(
        redacted(&format!("a {coloured} b")),
        format!("a {removed} b")
    );
}

#[test]
fn private_keys_go_whole_even_when_their_end_was_cut_off() {
    let body = "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF0YI3Yb1Qv8u0v0mGh2X7oQkq1a7".to_owned();
    for name in [
        "RSA PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "PRIVATE KEY",
        "PGP PRIVATE KEY BLOCK",
    ] {
        let begin = format!("-----BEGIN {name}-----");
        let end = format!("-----END {name}-----");
        for newline in ["\n", "\\n", "\r\n", "\n    12\u{2192}", "\n+"] {
            let whole =
                format!("a {begin}{newline}{body}{newline}{body}{newline}ab12=={newline}{end} b");
            assert_eq!(redacted(&whole), "a [removed: private key] b");
        }
        assert_eq!(
            redacted(&format!("a {begin}\n{body}\nabc")),
            "a [removed: private key]"
        );
        let speaks_of_one =
            format!("if key.startswith('{begin}'): return parse(key) # until {end}");
        assert_eq!(redacted(&speaks_of_one), speaks_of_one);
    }
}

#[test]
fn a_private_key_goes_from_a_list_of_lines_too() {
    let body = "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF0YI3Yb1Qv8u0v0mGh2X7oQkq1a7";
    let key = |sign: &str| {
        [
            format!("{sign}-----BEGIN RSA PRIVATE KEY-----"),
            format!("{sign}{body}"),
            format!("{sign}-----END RSA PRIVATE KEY-----"),
        ]
    };
    for sign in ["", "+", " "] {
        let mut lines = vec!["-x".to_owned()];
        lines.extend(key(sign));
        lines.push("+y".to_owned());
        lines.extend(key(sign));
        let mut body = json!({ "structuredPatch": [{ "lines": lines }] });
        let redactor = Redactor::default();
        let removed = redactor.redact(&mut body);
        let marker = format!("{sign}[removed: private key]");
        let left = json!(["-x", marker, "", "", "+y", marker, "", ""]);
        assert_eq!(body["structuredPatch"][0]["lines"], left);
        assert_eq!(removed.iter().collect::<Vec<_>>(), [("private key", 2)]);
        assert!(redactor.redact(&mut body).is_empty(), "once is enough");
    }
}
