//! Runs `spec/vectors/follow.json`, as the page's tests do.
// spec: F3, F4, F5, F6, F7, F8, F10, F11, F13

use std::collections::BTreeMap;

use agent_tracer_core::follow::{Follower, TopicRead, Wish};
use agent_tracer_core::wire::follow::{FollowCommand, FollowFrame, Topic};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::bodies;

const EXAMPLES: &str = include_str!("../../../../spec/vectors/follow.json");
const PROTOCOL: &str = include_str!("../../../../spec/PROTOCOL.md");

#[derive(Deserialize)]
struct Examples {
    examples: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    number: usize,
    name: String,
    rules: Vec<String>,
    topic: Topic,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    connect: Option<bool>,
    disconnect: Option<bool>,
    follow: Option<Topic>,
    unfollow: Option<Topic>,
    frame: Option<Value>,
    read: Option<Value>,
    #[serde(rename = "notFound")]
    not_found: Option<Topic>,
    #[serde(default)]
    sends: Vec<FollowCommand>,
    #[serde(default)]
    reads: Vec<Topic>,
    phase: Option<String>,
    cursor: Option<Value>,
    rows: Option<BTreeMap<String, u64>>,
    figures: Option<u64>,
}

impl Step {
    fn run(&self, follower: &mut Follower) -> Vec<Wish> {
        if self.connect == Some(true) {
            return follower.connected();
        }
        if let Some(topic) = self.follow.clone() {
            return follower.follow(topic);
        }
        if let Some(topic) = &self.unfollow {
            return follower.unfollow(topic);
        }
        if let Some(topic) = &self.not_found {
            return follower.not_found(topic);
        }
        if let Some(frame) = self.frame.clone() {
            return follower.frame(whole_frame(frame));
        }
        if let Some(read) = &self.read {
            return follower.read(whole_read(read));
        }
        assert_eq!(self.disconnect, Some(true), "a step without an input");
        follower.disconnected();
        Vec::new()
    }

    fn check(&self, follower: &Follower, topic: &Topic, wishes: Vec<Wish>, place: &str) {
        let (mut sends, mut reads) = (Vec::new(), Vec::new());
        for wish in wishes {
            match wish {
                Wish::Send(command) => sends.push(command),
                Wish::Read { topic, .. } => reads.push(topic),
            }
        }
        assert_eq!(sends, self.sends, "{place}: sends");
        assert_eq!(reads, self.reads, "{place}: reads");
        if let Some(phase) = &self.phase {
            let found = follower.phase(topic).map(|phase| format!("{phase:?}"));
            assert_eq!(found.unwrap_or_default(), upper(phase), "{place}: phase");
        }
        if let Some(cursor) = &self.cursor {
            let found = follower.state(topic).map(|state| &state.cursor);
            let found = found.map(|found| json!({ "epoch": found.epoch, "seq": found.seq }));
            assert_eq!(&json!(found), cursor, "{place}: cursor");
        }
        if let Some(rows) = &self.rows {
            let found = follower
                .state(topic)
                .into_iter()
                .flat_map(|state| &state.rows);
            let found = found.map(|(key, row)| (key.to_string(), row.seq()));
            assert_eq!(&found.collect::<BTreeMap<_, _>>(), rows, "{place}: rows");
        }
        if let Some(figures) = self.figures {
            let found = follower.figures(topic).map(|(seq, _)| seq);
            assert_eq!(found, Some(figures), "{place}: figures");
        }
    }
}

/// `catchingUp` to `CatchingUp`.
fn upper(phase: &str) -> String {
    phase[..1].to_uppercase() + &phase[1..]
}

fn whole_frame(mut frame: Value) -> FollowFrame {
    if let Some(short) = frame.pointer_mut("/payload/rows") {
        let names: Vec<String> = serde_json::from_value(short.take()).expect("rows");
        *short = json!(bodies::rows(&names));
    }
    if frame["type"] == "figures" {
        let topic: Topic = serde_json::from_value(frame["topic"].clone()).expect("a topic");
        frame["payload"] = bodies::figures(&topic);
    }
    let text = frame.to_string();
    serde_json::from_value(frame).expect(&text)
}

fn whole_read(read: &Value) -> TopicRead {
    let names: Vec<String> = serde_json::from_value(read["rows"].clone()).expect("rows");
    TopicRead {
        topic: serde_json::from_value(read["topic"].clone()).expect("a topic"),
        epoch: read["epoch"].as_str().expect("an epoch").to_owned(),
        seq: read["seq"].as_u64().expect("a seq"),
        rows: bodies::rows(&names),
    }
}

#[test]
fn every_example_holds() {
    let examples: Examples = serde_json::from_str(EXAMPLES).expect("examples");
    for (at, example) in examples.examples.iter().enumerate() {
        assert_eq!(example.number, at + 1, "{}: its number", example.name);
        for rule in &example.rules {
            let known = PROTOCOL.contains(&format!("- **{rule}** "));
            assert!(known, "{}: there is no rule {rule}", example.name);
        }
        let mut follower = Follower::new();
        for (step, number) in example.steps.iter().zip(1..) {
            let wishes = step.run(&mut follower);
            let place = format!("{} {}, step {number}", example.number, example.name);
            step.check(&follower, &example.topic, wishes, &place);
        }
    }
}
