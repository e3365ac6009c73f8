//! Whole rows and figures for the short ones of `spec/vectors/follow.json`.

use std::sync::LazyLock;

use agent_tracer_core::wire::follow::{Figures, RowChange, Topic};
use serde_json::{Value, json};

static BODIES: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("../../../../spec/vectors/bodies.json");
    serde_json::from_str(text).expect("bodies")
});

fn body(name: &str) -> Value {
    BODIES[name].clone()
}

/// `+task/a@5` is a row, `-task/a@5` says that it is gone.
pub(crate) fn row(short: &str) -> RowChange {
    let parts = short.get(1..).and_then(|text| text.split_once('/'));
    let (kind, rest) = parts.expect(short);
    let (id, seq) = rest.rsplit_once('@').expect(short);
    let seq: u64 = seq.parse().expect(short);
    let mut change = json!({ "kind": kind, "id": id, "seq": seq });
    if short.starts_with('+') {
        change["row"] = body(kind);
        let named = if kind == "evaluation" { "taskId" } else { "id" };
        change["row"][named] = json!(id);
    }
    serde_json::from_value(change).expect(short)
}

pub(crate) fn rows(short: &[String]) -> Vec<RowChange> {
    short.iter().map(|short| row(short)).collect()
}

pub(crate) fn figures(topic: &Topic) -> Value {
    match topic {
        Topic::Overview => body("overviewFigures"),
        Topic::Task(_) | Topic::Bookmarks => body("taskFigures"),
    }
}

/// The same as what a frame carries.
pub(crate) fn read_figures(topic: &Topic) -> Figures {
    serde_json::from_value(figures(topic)).expect("figures")
}
