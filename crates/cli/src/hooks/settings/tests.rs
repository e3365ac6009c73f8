use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::{Entry, Refusal, Settings};

const SETTINGS: Settings = Settings {
    comments: true,
    is_ours: |command| command.ends_with("agent-tracer hook claude-code"),
};
const STRICT: Settings = Settings {
    comments: false,
    ..SETTINGS
};

fn entries(program: &str) -> Vec<Entry> {
    let group = format!(r#"{{ "hooks": [ {{ "type": "command", "command": "{program}" }} ] }}"#);
    ["SessionStart", "PreToolUse", "Stop"]
        .map(|event| Entry {
            event,
            group: group.clone(),
        })
        .into()
}

fn ours() -> Vec<Entry> {
    entries("/bin/agent-tracer hook claude-code")
}

/// Files as people have them, none of them empty.
const FILES: &[&str] = &[
    // As the agent itself writes it.
    "{\n  \"model\": \"opus\",\n  \"permissions\": {\n    \"allow\": [\n      \"Bash(ls:*)\"\n    ]\n  }\n}\n",
    // No newline at the end, four spaces, an escape, a number that no float holds.
    "{\n    \"a\": 12345678901234567890.10,\n    \"b\": \"\\u00e9\"\n}",
    // Tabs, foreign hooks, one of them of an event that we take too.
    "{\n\t\"hooks\": {\n\t\t\"PreToolUse\": [\n\t\t\t{\n\t\t\t\t\"matcher\": \"Bash\",\n\t\t\t\t\"hooks\": [\n\t\t\t\t\t{\"type\": \"command\", \"command\": \"~/guard.sh\"}\n\t\t\t\t]\n\t\t\t}\n\t\t],\n\t\t\"Other\": [ ]\n\t},\n\t\"z\": 1\n}\n",
    // Windows.
    "{\r\n  \"model\": \"opus\",\r\n  \"hooks\": {}\r\n}\r\n",
    // All on one line, and empty in every place.
    "{\"hooks\":{\"Stop\":[],\"PreToolUse\":[ ]},\"model\":\"opus\"}",
    "{\"hooks\": {\n}}\n",
    "{ \"model\": \"opus\" }",
    // Comments in every place, trailing commas.
    "// mine\n{\n  // first\n  \"model\": \"opus\", // the good one\n  /* last */\n}\n// end\n",
    "{\n  \"model\": \"opus\" // the good one\n}\n",
    "{\n  \"hooks\": {\n    // nothing yet\n  }\n}\n",
    "{\n  \"hooks\": {\n    \"Stop\": [\n      {\"hooks\": [{\"type\": \"command\", \"command\": \"say done\"}]}, // aloud\n    ],\n  },\n}\n",
    "{\n  \"hooks\": {\n    \"Stop\": [ // quiet\n      // {\"hooks\": []}\n    ]\n    // and so on\n  }\n}\n",
    "{\n  \"hooks\": {\n    \"Stop\": [\n      {\"hooks\": []} /* a, b */ ,\n      {\"hooks\": []} // c\n      , // d\n    ]\n  }\n}\n",
    "{\n  \"a\": 1 // one } line",
    // A group that is none, handlers that are none.
    "{\"hooks\": {\"Stop\": [null, 3, {}, {\"hooks\": {}}, {\"hooks\": [null, {\"command\": 3}]}]}}",
    "\u{feff}{\n  \"model\": \"opus\"\n}\n",
];

fn readable() -> impl Iterator<Item = &'static str> {
    let files = FILES.iter().copied();
    files.filter(|file| SETTINGS.registered(file).is_ok())
}

#[test]
fn what_is_put_in_comes_out_to_the_byte() {
    assert_eq!(readable().count(), FILES.len() - 1, "one has no end");
    for file in readable() {
        let installed = SETTINGS.install(file, &ours()).unwrap();
        assert_ne!(installed, file);
        assert_eq!(SETTINGS.uninstall(&installed).unwrap(), file, "{installed}");
        assert_eq!(SETTINGS.uninstall(file).unwrap(), file, "nothing of ours");
    }
}

#[test]
fn nothing_is_changed_but_what_is_put_in() {
    for file in readable() {
        let installed = SETTINGS.install(file, &ours()).unwrap();
        let mut rest = installed.chars();
        for character in file.chars() {
            assert!(rest.any(|other| other == character), "{file}\n{installed}");
        }
    }
}

#[test]
fn twice_is_once() {
    for file in readable() {
        let once = SETTINGS.install(file, &ours()).unwrap();
        assert_eq!(SETTINGS.install(&once, &ours()).unwrap(), once);
        assert_eq!(SETTINGS.registered(&once).unwrap().len(), 3);
    }
}

#[test]
fn an_older_set_becomes_the_present_one() {
    for file in readable() {
        let mut older = entries("/old/agent-tracer hook claude-code");
        older[0].event = "WorktreeCreate";
        let installed = SETTINGS.install(file, &older).unwrap();
        let updated = SETTINGS.install(&installed, &ours()).unwrap();
        let mut there = SETTINGS.registered(&updated).unwrap();
        there.sort_by_key(|one| one.event.clone());
        let events: Vec<_> = there.iter().map(|one| one.event.as_str()).collect();
        assert_eq!(events, ["PreToolUse", "SessionStart", "Stop"]);
        assert!(there.iter().all(|one| one.command.starts_with("/bin/")));
        assert_eq!(SETTINGS.uninstall(&updated).unwrap(), file);
    }
}

#[test]
fn what_others_write_between_stays() {
    let installed = SETTINGS.install(FILES[0], &ours()).unwrap();
    let theirs = r#"{"hooks": [{"type": "command", "command": "theirs"}]}"#;
    let more = installed
        .replacen("\"Stop\": [ {", &format!("\"Stop\": [ {theirs}, {{"), 1)
        .replacen(
            "\"SessionStart\": [ { \"hooks\": [",
            "\"SessionStart\": [ { \"hooks\": [ {\"type\": \"command\", \"command\": \"x\"},",
            1,
        );
    assert_eq!(SETTINGS.registered(&more).unwrap().len(), 3);
    let left = SETTINGS.uninstall(&more).unwrap();
    assert!(
        left.contains(
            "\"Stop\": [ {\"hooks\": [{\"type\": \"command\", \"command\": \"theirs\"}]} ]"
        ),
        "{left}"
    );
    assert!(
        left.contains(
            "\"SessionStart\": [ { \"hooks\": [ {\"type\": \"command\", \"command\": \"x\"} ] } ]"
        ),
        "{left}"
    );
    assert!(!left.contains("PreToolUse"), "{left}");
}

#[test]
fn what_the_agent_wrote_anew_comes_out_too() {
    let installed = SETTINGS.install(FILES[0], &ours()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&installed).unwrap();
    let anew = serde_json::to_string_pretty(&value).unwrap();
    let left = SETTINGS.uninstall(&anew).unwrap();
    let before: serde_json::Value = serde_json::from_str(FILES[0]).unwrap();
    assert_eq!(left, serde_json::to_string_pretty(&before).unwrap());
}

#[test]
fn a_file_with_nothing_in_it_is_begun() {
    for file in ["", "\n", " \r\n"] {
        let installed = SETTINGS.install(file, &ours()).unwrap();
        assert!(
            installed.starts_with("{\n  \"hooks\": {\n    \"SessionStart\": [ { "),
            "{installed}"
        );
        assert!(installed.ends_with("] } ]\n  }\n}\n"), "{installed}");
        assert_eq!(SETTINGS.uninstall(&installed).unwrap(), "{}\n");
        assert_eq!(SETTINGS.uninstall(file).unwrap(), file);
    }
    assert_eq!(
        SETTINGS.install("{}\n", &ours()),
        SETTINGS.install("", &ours())
    );
}

#[test]
fn what_cannot_be_understood_is_refused() {
    let refused = |settings: Settings, text| settings.install(text, &ours()).unwrap_err();
    for broken in [
        "{",
        "{\"a\": 1} x",
        "{a: 1}",
        "{'a': 1}",
        "{\"a\" 1}",
        "nonsense",
    ] {
        assert!(
            matches!(refused(SETTINGS, broken), Refusal::Unparsable(_)),
            "{broken}"
        );
    }
    assert_eq!(
        refused(SETTINGS, "[]"),
        Refusal::WrongType("it", "an object")
    );
    let hooks = Refusal::WrongType("`hooks`", "an object");
    assert_eq!(refused(SETTINGS, r#"{"hooks": []}"#), hooks);
    let stop = Refusal::NotAnArray("Stop".to_owned());
    assert_eq!(refused(SETTINGS, r#"{"hooks": {"Stop": {}}}"#), stop);
    let twice = refused(SETTINGS, r#"{"hooks": {}, "hooks": {}}"#);
    assert_eq!(twice, Refusal::Twice("hooks".to_owned()));
    for loose in ["{} // x", "{\"a\": 1,}"] {
        assert!(SETTINGS.install(loose, &ours()).is_ok());
        assert!(matches!(refused(STRICT, loose), Refusal::Unparsable(_)));
    }
}

/// What may stand between any two words of a file.
fn gap() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "",
        " ",
        "\n",
        "\n  ",
        "\r\n\t",
        "/* a, ] */",
        "// b, }\n",
    ]);
    prop::collection::vec(piece, 0..3).prop_map(|pieces| pieces.concat())
}

/// Items between brackets, with gaps everywhere, and a comma too many now and then.
fn brackets(
    open: &'static str,
    close: &'static str,
    items: impl Strategy<Value = Vec<String>>,
) -> impl Strategy<Value = String> {
    let gaps = prop::collection::vec(gap(), 24);
    (items, gaps, any::<bool>()).prop_map(move |(items, gaps, more)| {
        let mut gaps = gaps.into_iter();
        let mut gap = || gaps.next().unwrap_or_default();
        let last = items.len();
        let mut text = open.to_owned() + &gap();
        for (number, item) in items.into_iter().enumerate() {
            text += &item;
            text += &gap();
            if number + 1 < last || more {
                text += ",";
                text += &gap();
            }
        }
        text + close
    })
}

fn groups() -> impl Strategy<Value = String> {
    let group = select(vec![
        "null",
        "{}",
        "{\"hooks\": []}",
        "{\"matcher\": \"x\", \"hooks\": [{\"command\": \"theirs\"}]}",
    ]);
    let group = group.prop_map(str::to_owned);
    brackets("[", "]", prop::collection::vec(group, 0..3))
}

fn named(
    names: Vec<&'static str>,
    value: impl Strategy<Value = String>,
) -> impl Strategy<Value = Vec<String>> {
    let count = names.len();
    let names = subsequence(names, 0..=count).prop_shuffle();
    let values = prop::collection::vec((gap(), value), count);
    (names, values).prop_map(|(names, values)| {
        let pairs = names.into_iter().zip(values);
        pairs
            .map(|(name, (gap, value))| format!("\"{name}\":{gap}{value}"))
            .collect()
    })
}

fn file() -> impl Strategy<Value = String> {
    let events = named(
        vec!["SessionStart", "Stop", "PreToolUse", "Other"],
        groups(),
    );
    let hooks = brackets("{", "}", events).prop_map(|hooks| vec![format!("\"hooks\": {hooks}")]);
    let others = named(vec!["a", "b"], Just("1".to_owned()));
    let all = (others, prop_oneof![Just(Vec::new()), hooks]);
    let all = all
        .prop_map(|(others, hooks)| [others, hooks].concat())
        .prop_shuffle();
    (gap(), brackets("{", "}", all), gap())
        .prop_map(|(before, file, after)| before + &file + &after)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_file_comes_back_to_the_byte(file in file()) {
        // One without anything in it has no way to say how empty it was.
        prop_assume!(file.contains('"'));
        // A comma too many in an empty pair of brackets is no file.
        prop_assume!(SETTINGS.registered(&file).is_ok());
        let installed = SETTINGS.install(&file, &ours());
        let installed = installed.unwrap_or_else(|error| panic!("{error}: {file}"));
        prop_assert_eq!(&SETTINGS.install(&installed, &ours()).unwrap(), &installed);
        prop_assert_eq!(SETTINGS.registered(&installed).unwrap().len(), 3);
        prop_assert_eq!(SETTINGS.uninstall(&installed).unwrap(), file, "{}", installed);
    }
}
