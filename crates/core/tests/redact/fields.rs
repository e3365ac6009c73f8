//! What the names of fields say: secrets by name, `.env` files, and ids.

use agent_tracer_core::redact::{Pattern, Policy, Redactor};
use serde_json::{Value, json};

use crate::support::{redacted_body, secret, with};

fn check(body: Value, expected: &Value) {
    assert_eq!(&redacted_body(body), expected);
}

#[test]
fn a_field_that_is_named_like_a_secret_holds_one() {
    check(
        json!({
            "headers": { "Authorization": "Bearer abcd1234efgh", "Set-Cookie": ["sid=123456789; Path=/"] },
            "env": { "DB_PASSWORD": "swordfish", "API_KEY": "abcdefgh", "PORT": "3000" },
            "client_secret": "plain words without digits".replace(' ', "_"),
        }),
        &json!({
            "headers": {
                "Authorization": "Bearer [removed: authorization header]",
                "Set-Cookie": ["[removed: cookie]"],
            },
            "env": { "DB_PASSWORD": "[removed: password]", "API_KEY": "[removed: key]", "PORT": "3000" },
            "client_secret": "[removed: secret]",
        }),
    );
}

#[test]
fn a_field_of_that_name_may_hold_something_else() {
    let body = json!({
        "password": { "type": "string", "description": "The password" },
        "secret": true,
        "token": "ls",
        "max_tokens": 4096,
        "api_key": "${API_KEY}",
        "Authorization": "Bearer <token>",
        "cookie": "",
    });
    check(body.clone(), &body);
}

#[test]
fn an_attribute_is_named_by_a_value() {
    check(
        json!({ "attributes": [{ "key": "db.password", "value": { "stringValue": "swordfish" } }] }),
        &json!({ "attributes": [{ "key": "db.password", "value": { "stringValue": "[removed: password]" } }] }),
    );
}

#[test]
fn what_is_read_from_an_env_file_loses_its_values() {
    check(
        json!({
            "session_id": "s1",
            "tool_input": { "file_path": "/app/.env" },
            "tool_response": { "type": "text", "file": {
                "filePath": "/app/.env",
                "content": "# The port\nPORT=3000\nexport NAME = \"two\nlines\"\nlower=x\n",
                "numLines": 4,
            } },
        }),
        &json!({
            "session_id": "s1",
            "tool_input": { "file_path": "/app/.env" },
            "tool_response": { "type": "text", "file": {
                "filePath": "/app/.env",
                "content": "# The port\nPORT=[removed: .env value]\nexport NAME = [removed: .env value]\n\
                    lower=[removed: .env value]\n",
                "numLines": 4,
            } },
        }),
    );
}

#[test]
fn half_a_value_written_to_an_env_file_is_a_value() {
    check(
        json!({ "tool_input": {
            "file_path": ".env.local",
            "old_string": "swordfish",
            "new_string": "A=1\nswordfish",
        } }),
        &json!({ "tool_input": {
            "file_path": ".env.local",
            "old_string": "[removed: .env value]",
            "new_string": "A=[removed: .env value]\n[removed: .env value]",
        } }),
    );
}

#[test]
fn commands_and_patches_that_name_an_env_file_lose_the_values() {
    for (text, expected) in [
        ("cat .env", "cat .env"),
        (
            "echo API_URL=plain >> .env",
            "echo API_URL=[removed: .env value] >> .env",
        ),
        (
            "printf 'A_B=c\\nD_E=f\\n' > .env",
            "printf 'A_B=[removed: .env value]\\nD_E=[removed: .env value]\\n' > .env",
        ),
        (
            "*** Begin Patch\n*** Add File: .env\n+PORT=3000\n+lower=x\n*** End Patch",
            "*** Begin Patch\n*** Add File: .env\n+PORT=[removed: .env value]\n+lower=[removed: .env value]\n*** End Patch",
        ),
    ] {
        check(
            json!({ "tool_input": { "command": text } }),
            &json!({ "tool_input": { "command": expected } }),
        );
    }
}

#[test]
fn output_is_judged_with_its_input_and_an_input_by_itself() {
    let output = "DEBUG=true\n00002| PORT=3000\nx = compute()\n.env:3:NAME=ann";
    check(
        json!({ "tool_input": { "command": "X_Y=1 cat .env" }, "tool_response": output }),
        &json!({
            "tool_input": { "command": "X_Y=[removed: .env value] cat .env" },
            "tool_response": "DEBUG=[removed: .env value]\n00002| PORT=[removed: .env value]\nx = compute()\n\
                .env:3:NAME=[removed: .env value]",
        }),
    );
    let before = json!({ "tool_input": { "command": "X_Y=1 grep -r NAME" } });
    let after = json!({ "tool_input": before["tool_input"], "tool_response": output });
    assert_eq!(
        redacted_body(after)["tool_input"],
        redacted_body(before)["tool_input"]
    );
}

#[test]
fn a_payload_that_names_no_env_file_keeps_its_assignments() {
    let body = json!({
        "tool_input": { "file_path": "/app/.env.example", "content": "PORT=3000" },
        "tool_response": "process.env.PORT\nPORT=3000",
    });
    check(body.clone(), &body);
}

#[test]
fn patterns_of_the_owner_are_removed_but_never_an_id() {
    let patterns = vec![
        Pattern::new("customer", r"CUST-\d+").unwrap(),
        Pattern::new("host", r"host=(\S+)").unwrap(),
        Pattern::new("id", r"[0-9a-f]{8}").unwrap(),
    ];
    let policy = Policy {
        patterns,
        ..Policy::default()
    };
    let body = json!({ "session_id": "0123abcd", "prompt": "CUST-12 on host=db1 is 0123abcd" });
    assert_eq!(
        with(policy, body),
        json!({
            "session_id": "0123abcd",
            "prompt": "[removed: customer] on host=[removed: host] is [removed: id]",
        })
    );
}

#[test]
fn a_pattern_that_cannot_be_used_says_why() {
    let error = |name, pattern| Pattern::new(name, pattern).unwrap_err().to_string();
    assert!(error("x", "(").starts_with("the pattern of \"x\" is no regular expression: "));
    assert!(error("x", "a*").contains("matches the empty text"));
    assert!(error("a]b", "a").contains("brackets"));
    assert!(error("", "a").contains("1 to 60"));
}

#[test]
fn keys_numbers_and_lists_keep_their_shape() {
    let key = secret(&["gh", "o_16C7e42F292c6912E7710c838347Ae178B4a"]);
    let body = json!({ "a": [1, key, null, { "b": [key, true] }], "n": 1e300, "key": "x" });
    let removed = "[removed: GitHub token]";
    check(
        body,
        &json!({ "a": [1, removed, null, { "b": [removed, true] }], "n": 1e300, "key": "x" }),
    );
}

#[test]
fn markers_tell_afterwards_what_was_removed() {
    let key = secret(&["gh", "o_16C7e42F292c6912E7710c838347Ae178B4a"]);
    let mut body = json!({ "a": [format!("{key} {key}")], "password": "swordfish" });
    let redactor = Redactor::default();
    let removed = redactor.redact(&mut body);
    let counted: Vec<_> = removed.iter().collect();
    assert_eq!(counted, [("GitHub token", 2), ("password", 1)]);
    assert_eq!(redactor.removed_from(&body), removed);
    assert!(
        redactor
            .removed_from(&json!("[removed: nothing of ours]"))
            .is_empty()
    );
}
