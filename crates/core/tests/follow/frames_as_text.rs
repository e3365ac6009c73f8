//! Frames and commands are the text that `spec/wire/` has: read, and written again as they were.

use std::collections::BTreeSet;
use std::path::PathBuf;

use agent_tracer_core::wire::follow::{FollowCommand, FollowFrame};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn check<T: DeserializeOwned + Serialize>(folder: &str, types: &[&str]) {
    let wire = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../spec/wire");
    let files = std::fs::read_dir(wire.join(folder)).expect(folder);
    let mut seen = BTreeSet::new();
    for file in files {
        let path = file.expect(folder).path();
        let place = path.display().to_string();
        let text = std::fs::read_to_string(&path).expect(&place);
        let text: Value = serde_json::from_str(&text).expect(&place);
        let read: T = serde_json::from_value(text.clone()).expect(&place);
        assert_eq!(json!(read), text, "{place}");
        seen.insert(text["type"].as_str().expect(&place).to_owned());
    }
    assert_eq!(seen, types.iter().map(|&word| word.to_owned()).collect());
}

#[test]
fn frames() {
    let types = [
        "changes",
        "catchup",
        "subscribed",
        "resync",
        "removed",
        "progress",
        "figures",
        "pong",
        "error",
    ];
    check::<FollowFrame>("frames", &types);
}

#[test]
fn commands() {
    check::<FollowCommand>("commands", &["subscribe", "unsubscribe", "ping"]);
}
