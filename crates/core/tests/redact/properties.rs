//! What holds for every text.

use agent_tracer_core::redact::{Pattern, Policy, Redactor};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::secret;

/// Pieces that secrets, their surroundings and markers are made of.
fn piece() -> impl Strategy<Value = String> {
    let pieces: Vec<String> = [
        "password",
        "token",
        "=",
        ": ",
        " ",
        "\"",
        "'",
        "\\\"",
        "\\n",
        "\n",
        "https://",
        "user:",
        "@host",
        "Authorization",
        "Bearer ",
        "Basic ",
        "Cookie: ",
        "a=",
        ";",
        "-----BEGIN RSA PRIVATE KEY-----",
        "-----END RSA PRIVATE KEY-----",
        "[removed: ",
        "[removed: token]",
        "[removed: GitHub token]",
        "]",
        "\x1b[1m",
        "\x1b[0m",
        "\x1b",
        "<password>",
        "--",
        "{",
        "$",
        "curl -u ",
        ".env",
        "A_B=",
        "é",
        "\u{2028}",
        "CUST-1",
        "hunter2!",
        "aB3dE6gH9jK2mN5pQ8rS1tU4",
        "x",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain([
        secret(&["gh", "p_16C7e42F292c6912E7710c838347Ae178B4a"]),
        secret(&["AK", "IAQ3EGT7MBRZ2X5WVA"]),
        secret(&[
            "ey",
            "JhbGciOiJIUzI1NiJ9.",
            "eyJzdWIiOiIxMjM0NTY3ODkwIn0.",
            "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
        ]),
        "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF0YI3Yb1Qv8u0v0mGh2X7oQkq1a7".to_owned(),
    ])
    .collect();
    prop_oneof![9 => proptest::sample::select(pieces), 1 => "\\PC{0,6}"]
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

fn redactor(prompts: bool, tool_output: bool) -> Redactor {
    let patterns = vec![
        Pattern::new("customer", r"CUST-\d").unwrap(),
        Pattern::new("word", r"\w+@|removed").unwrap(),
    ];
    Redactor::new(Policy {
        patterns,
        prompts,
        tool_output,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn redacting_twice_is_redacting_once(text in text()) {
        let redactor = redactor(true, true);
        let (once, _) = redactor.redact_text(&text);
        let (twice, removed) = redactor.redact_text(&once);
        prop_assert_eq!(&twice, &once);
        prop_assert!(removed.is_empty());
    }

    #[test]
    fn a_body_redacted_twice_is_the_body_redacted_once(
        texts in proptest::collection::vec(text(), 6),
        prompts in any::<bool>(),
        tool_output in any::<bool>(),
    ) {
        let [a, b, c, d, e, f] = &texts[..] else { unreachable!() };
        let body = json!({
            "session_id": a, "prompt": b, "tool_input": { "file_path": "/x/.env", "content": c, "token": d },
            "tool_response": [e, { "stdout": f, "n": 1 }],
        });
        let redactor = redactor(prompts, tool_output);
        let mut once = body.clone();
        redactor.redact(&mut once);
        let mut twice = once.clone();
        redactor.redact(&mut twice);
        prop_assert_eq!(&twice, &once);
        prop_assert!(same_shape(&body, &once));
    }

    #[test]
    fn a_key_is_never_kept(before in text(), after in text()) {
        let key = secret(&["gl", "pat-Ab3dE6gH9jK2mN5pQ8rS"]);
        let text = format!("{before} {key} {after}");
        let (redacted, _) = redactor(true, true).redact_text(&text);
        prop_assert!(!redacted.contains(&key));
    }
}

fn same_shape(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::String(_), Value::String(_)) => true,
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| same_shape(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(key, left)| right.get(key).is_some_and(|right| same_shape(left, right)))
        }
        _ => left == right,
    }
}
