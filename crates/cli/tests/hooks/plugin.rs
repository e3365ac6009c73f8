//! The plugin for OpenCode, run by Node in OpenCode's place.

use std::fs;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::Home;

const PLUGIN: &str = ".config/opencode/plugins/agent-tracer.js";

/// Notes what it is given as a line, and complains when another one is at it.
const NOTING: &str = "#!/bin/sh
[ \"$*\" = 'hook opencode' ] || exit 1
cd \"$(dirname \"$0\")\"
mkdir busy || echo '\"overlap\"' >> told
echo 'what nobody may see'
cat >> told; echo >> told
rmdir busy
";

/// Notes what it is given, whoever else is at it.
const AT_ONCE: &str = "#!/bin/sh
line=$(cat)
printf '%s\\n' \"$line\" >> \"$(dirname \"$0\")/told\"
";

/// Notes how much was dropped before each, when it is let.
const WAITING: &str = "#!/bin/sh
cd \"$(dirname \"$0\")\"
[ -e open ] || { cat gate > /dev/null; touch open; }
dropped=$(grep -o '\"dropped\":[0-9]*' | cut -d: -f2)
echo ${dropped:-0} >> told
";

/// What every script begins with: the plugin's hooks, and a way to wait for what was told.
const DRIVER: &str = "
import { readFileSync, writeFileSync } from 'node:fs';
const { AgentTracer } = await import(process.env.PLUGIN);
const hooks = await AgentTracer({ directory: '/w' });
const event = (type, properties) => hooks.event({ event: { id: 'e', type, properties } });
const part = (part) => event('message.part.updated', { part });
const told = () => {
  try { return readFileSync(process.env.TOLD, 'utf8').split('\\n').length - 1; } catch { return 0; }
};
const until = async (lines) => {
  while (told() < lines) await new Promise((resolve) => setTimeout(resolve, 5));
};
";

/// A home with the plugin, and with a script in the place of agent-tracer.
fn installed(program: &str) -> Home {
    let home = Home::new();
    home.done(&["hooks", "install", "--yes", "opencode"]);
    home.write("fake/agent-tracer", program);
    home.set_mode("fake/agent-tracer", 0o755);
    let fake = home.path("fake/agent-tracer").display().to_string();
    let plugin = home.read(PLUGIN);
    let plugin = plugin.replace(env!("CARGO_BIN_EXE_agent-tracer"), &fake);
    home.write(PLUGIN, &plugin);
    home.write("package.json", "{\"type\": \"module\"}");
    home
}

/// Runs a script; gives what was told.
#[track_caller]
fn run(home: &Home, script: &str) -> Vec<Value> {
    home.write("driver.mjs", &format!("{DRIVER}{script}"));
    let output = Command::new("node")
        .arg(home.path("driver.mjs"))
        .env("PLUGIN", home.path(PLUGIN))
        .env("TOLD", home.path("fake/told"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert_eq!(String::from_utf8_lossy(&said), "", "it says nothing");
    assert!(output.status.success(), "it throws nothing");
    let told = fs::read_to_string(home.path("fake/told")).unwrap_or_default();
    told.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// An event in a few words.
fn name(told: &Value) -> String {
    let event = &told["event"];
    let part = &event["properties"]["part"];
    let words = [
        &told["hook"],
        &event["type"],
        &part["text"],
        &part["state"]["status"],
    ];
    let words: Vec<_> = words.into_iter().filter_map(Value::as_str).collect();
    words.join(" ")
}

#[test]
fn what_is_worth_telling_is_told_in_order_and_one_at_a_time() {
    let home = installed(NOTING);
    let told = run(
        &home,
        "
        await event('session.created', { info: { id: 's' } });
        await event('plugin.added', {});
        await hooks['chat.message']({ sessionID: 's' }, { message: { id: 'm' } });
        await event('message.part.delta', {});
        await part({ id: 'a', type: 'text', text: 'a prompt' });
        await part({ id: 'b', type: 'text', text: 'hal', time: { start: 1 } });
        await part({ id: 'b', type: 'text', text: 'half', time: { start: 1, end: 2 } });
        await part({ id: 'c', type: 'tool', state: { status: 'pending' } });
        await hooks['tool.execute.before']({ callID: 'x' }, { args: {} });
        await part({ id: 'c', type: 'tool', state: { status: 'running' } });
        await part({ id: 'c', type: 'tool', state: { status: 'running', more: 1 } });
        await hooks['tool.execute.after']({ callID: 'x' }, { output: '\u{2028}' });
        await part({ id: 'c', type: 'tool', state: { status: 'completed' } });
        await event('session.idle', { sessionID: 's' });
        await until(10);
        ",
    );
    let names: Vec<_> = told.iter().map(name).collect();
    assert_eq!(
        names,
        [
            "event session.created",
            "chat.message",
            "event message.part.updated a prompt",
            "event message.part.updated half",
            "event message.part.updated pending",
            "tool.execute.before",
            "event message.part.updated running",
            "tool.execute.after",
            "event message.part.updated completed",
            "event session.idle",
        ]
    );
    let before =
        json!({"hook": "tool.execute.before", "input": {"callID": "x"}, "output": {"args": {}}});
    assert_eq!(told[5], before);
    let idle = json!({"id": "e", "type": "session.idle", "properties": {"sessionID": "s"}});
    assert_eq!(told[9], json!({"hook": "event", "event": idle}));
}

#[test]
fn what_is_left_when_opencode_ends_is_told_before() {
    let home = installed(AT_ONCE);
    let told = run(
        &home,
        "
        await event('a', {});
        await until(1);
        await event('b', {});
        await event('session.idle', {});
        process.exit(0);
        ",
    );
    // The one before may still be on its way: nobody waits for a process that was started.
    let names: Vec<_> = told.iter().map(name).collect();
    assert!(
        names.contains(&"event session.idle".to_owned()),
        "{names:?}"
    );
}

#[test]
fn more_than_can_wait_is_dropped_and_counted() {
    let home = installed(WAITING);
    let made = Command::new("mkfifo").arg(home.path("fake/gate")).status();
    assert!(made.unwrap().success());
    let told = run(
        &home,
        "
        const text = 'x'.repeat(4 << 20);
        for (let sent = 0; sent < 12; sent += 1) await event('large', { text });
        writeFileSync(process.env.TOLD.replace(/told$/, 'gate'), '');
        await until(8);
        await event('small', {});
        await event('small', {});
        await until(10);
        ",
    );
    let dropped: Vec<_> = told.iter().filter_map(Value::as_u64).collect();
    // One is with the program, seven of 4 MiB and a little wait, and four find no place.
    assert_eq!(dropped, [0, 0, 0, 0, 0, 0, 0, 0, 4, 0]);
}

#[test]
fn nothing_disturbs_opencode() {
    let home = installed("#!/bin/sh\nexit 3\n");
    let script = "
        await event('a', {});
        const circle = {}; circle.circle = circle;
        await event('circle', circle);
        await hooks.event({});
        await hooks['chat.message']();
        await part(null);
        await part({ type: 'tool' });
    ";
    assert!(run(&home, script).is_empty());
    fs::remove_file(home.path("fake/agent-tracer")).unwrap();
    assert!(
        run(&home, script).is_empty(),
        "nor does a program that is gone"
    );
}
