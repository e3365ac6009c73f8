//! What is planned, checked and said, route by route.

use serde_json::{Value, json};

use crate::ingest_examples::{Example, TASK, answering, event, example};

pub(crate) fn talk() -> Vec<Example> {
    let said = json!({ "messageId": "m", "source": "s" });
    let model = json!({ "modelName": "m", "modelProvider": "p" });
    let with = |base: &Value, more: Value| {
        let mut all = base.clone();
        all.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        all
    };
    vec![
        example(
            "user-message",
            with(
                &said,
                json!({
                    "taskId": TASK, "sessionId": "(session)", "captureMode": "raw", "title": "Hello",
                    "body": "See `src/a.rs`",
                }),
            ),
            json!([event(
                "user.message",
                "user",
                "Hello",
                Some("See `src/a.rs`"),
                with(
                    &said,
                    json!({
                        "captureMode": "raw", "contractVersion": "1", "phase": "initial",
                        "filePaths": ["src/a.rs"],
                    })
                ),
            )]),
        ),
        answering(
            &["events", "task"],
            example(
                "assistant-response",
                with(&said, json!({ "taskId": TASK, "title": "Hi" })),
                json!([event(
                    "assistant.response",
                    "user",
                    "Hi",
                    None,
                    said.clone()
                )]),
            ),
        ),
        example(
            "question",
            with(
                &model,
                json!({
                    "taskId": TASK, "questionId": "q", "questionPhase": "asked", "title": "Which?",
                    "sequence": 1,
                }),
            ),
            json!([event(
                "question.logged",
                "questions",
                "Which?",
                None,
                with(
                    &model,
                    json!({ "questionId": "q", "questionPhase": "asked", "sequence": 1 })
                ),
            )]),
        ),
        example(
            "todo",
            json!({ "taskId": TASK, "todoId": "d", "todoState": "added", "title": "Do", "sequence": 0 }),
            json!([event(
                "todo.logged",
                "todos",
                "Do",
                None,
                json!({ "todoId": "d", "todoState": "added", "sequence": 0 }),
            )]),
        ),
        example(
            "thought",
            with(
                &model,
                json!({ "taskId": TASK, "title": "Hm", "body": "Well" }),
            ),
            json!([event(
                "thought.logged",
                "planning",
                "Hm",
                Some("Well"),
                model.clone()
            )]),
        ),
    ]
}

pub(crate) fn actions() -> Vec<Example> {
    vec![
        example(
            "plan",
            json!({ "taskId": TASK, "action": "outline" }),
            json!([event(
                "plan.logged",
                "planning",
                "outline",
                None,
                json!({ "action": "outline" })
            )]),
        ),
        example(
            "action",
            json!({ "taskId": TASK, "action": "readFile", "title": "Look" }),
            json!([event(
                "action.logged",
                "exploration",
                "Look",
                None,
                json!({ "action": "readFile" })
            )]),
        ),
        example(
            "verify",
            json!({ "taskId": TASK, "action": "run tests", "result": "All passed" }),
            json!([event(
                "verification.logged",
                "implementation",
                "run tests",
                Some("All passed"),
                json!({ "action": "run tests", "result": "All passed", "verificationStatus": "pass" }),
            )]),
        ),
        example(
            "rule",
            json!({
                "taskId": TASK, "action": "check", "ruleId": "no-any", "severity": "high",
                "status": "violated",
            }),
            json!([event(
                "rule.logged",
                "implementation",
                "check",
                Some("no-any · high · violated"),
                json!({
                    "action": "check", "ruleId": "no-any", "severity": "high",
                    "ruleStatus": "violated", "ruleSource": "rule-guard",
                }),
            )]),
        ),
    ]
}
