//! Every `POST` route: what it answers and what it stores.

use agent_tracer_core::wire::request::PostRoute;
use serde_json::{Value, json};

use crate::ingest_examples::{Example, TASK, lifecycle, tools};
use crate::ingest_examples_talk::{actions, talk};
use crate::support::{Host, keys, text, without};

#[tokio::test]
async fn every_route_answers_and_stores_what_the_contract_says() {
    let mut examples = [lifecycle(), tools(), actions(), talk()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>();
    for route in PostRoute::ALL {
        let place = examples
            .iter()
            .position(|example| example.route == route.path);
        let place = place.unwrap_or_else(|| panic!("no example for /api/{}", route.path));
        check(examples.swap_remove(place)).await;
    }
    assert!(examples.is_empty(), "an example for no route");
}

async fn check(example: Example) {
    let host = Host::start().await;
    let session = host.task(TASK).await;
    let mut request = example.request;
    if request["sessionId"] == "(session)" {
        request["sessionId"] = session.clone().into();
    }
    let answer = host.api(example.route, &request).await;
    assert_eq!(keys(&answer), example.answer, "{}", example.route);
    let events = host.events(TASK).await;
    let varying = ["id", "taskId", "sessionId", "createdAt", "classification"];
    let stored = without(&Value::from(events.clone()), &varying);
    let wanted = without(&example.stored, &["taskId"]);
    assert_eq!(stored, wanted, "{}", example.route);
    for event in &events {
        let mut known = vec![
            "classification",
            "createdAt",
            "id",
            "kind",
            "lane",
            "metadata",
        ];
        known.extend(["taskId", "title"]);
        known.extend(event.get("body").map(|_| "body"));
        known.extend((example.route != "assistant-response").then_some("sessionId"));
        known.sort_unstable();
        assert_eq!(keys(event), known, "{}", example.route);
        assert_eq!(event["classification"]["lane"], event["lane"]);
    }
    if let Some(named) = answer.get("events") {
        let of_event = |event: &Value| json!({ "id": event["id"], "kind": event["kind"] });
        let stored: Vec<Value> = events.iter().map(of_event).collect();
        assert_eq!(*named, Value::from(stored), "{}", example.route);
    }
    if example.answer.contains(&"task") {
        assert_eq!(text(&answer["task"]["id"]), TASK);
    }
    host.stop().await;
}
