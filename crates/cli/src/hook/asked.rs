use std::path::PathBuf;

/// What a hook is asked for on its command line.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Asked {
    pub agent: String,
    /// The hook that it is registered for.
    pub event: Option<String>,
    /// Where the server is, if it is said.
    pub port: Option<u16>,
    /// The server's database, if it is not the usual one.
    pub database: Option<PathBuf>,
    /// The settings file, if it is not the usual one.
    pub settings: Option<PathBuf>,
}

/// What is asked for, if this program was started as a hook. As little as possible is wrong then:
/// an agent reads what a usage message would print.
pub(crate) fn asked_for(arguments: impl Iterator<Item = String>) -> Option<Asked> {
    let mut asked = Asked::default();
    let mut words = Vec::new();
    let mut arguments = arguments.skip(1);
    while let Some(argument) = arguments.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (argument.as_str(), None),
        };
        let mut value = || {
            value
                .clone()
                .or_else(|| arguments.next())
                .unwrap_or_default()
        };
        match name {
            "--port" => asked.port = value().parse().ok(),
            "--db" => asked.database = Some(value().into()),
            "--config" => asked.settings = Some(value().into()),
            "--host" | "--token-file" => drop(value()),
            "--help" | "-h" if words.len() < 2 => return None,
            _ if name.starts_with('-') => {}
            _ => words.push(argument),
        }
    }
    let mut words = words.into_iter();
    words.next().filter(|word| word == "hook")?;
    asked.agent = words.next().unwrap_or_default();
    asked.event = words.next().filter(|event| is_name(event));
    Some(asked)
}

/// Whether a text names an agent or an event, and so can stand in a path.
pub(super) fn is_name(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=64).contains(&text.len()) && text.bytes().all(is_part) && !text.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::{Asked, asked_for};

    fn asked(line: &str) -> Option<Asked> {
        asked_for(line.split(' ').map(str::to_owned))
    }

    fn hook(agent: &str) -> Asked {
        Asked {
            agent: agent.to_owned(),
            ..Asked::default()
        }
    }

    #[test]
    fn whatever_follows_hook_is_a_hook() {
        let line = |line: &str| asked(line).unwrap();
        assert_eq!(line("agent-tracer hook claude-code"), hook("claude-code"));
        assert_eq!(line("agent-tracer hook"), hook(""), "must not print usage");
        assert_eq!(line("agent-tracer hook x --what"), hook("x"));
        assert_eq!(asked("agent-tracer hook --help"), None);
        assert_eq!(asked("agent-tracer --help"), None);
        assert_eq!(asked("agent-tracer serve"), None);
        assert_eq!(asked("agent-tracer --port 1 serve hook"), None);
        assert_eq!(asked("agent-tracer"), None);
    }

    #[test]
    fn options_may_stand_before_and_after() {
        let expected = Asked {
            event: Some("Stop".to_owned()),
            port: Some(4000),
            database: Some("/d/t.sqlite".into()),
            ..hook("codex")
        };
        for line in [
            "agent-tracer --port 4000 --db /d/t.sqlite hook codex Stop",
            "agent-tracer --port=4000 hook --host x codex --db=/d/t.sqlite Stop",
            "agent-tracer hook codex Stop --db /d/t.sqlite --port 4000",
        ] {
            assert_eq!(asked(line).as_ref(), Some(&expected), "{line}");
        }
        for wrong in [
            "--port x hook codex",
            "hook codex --port",
            "--what hook codex",
        ] {
            let wrong = asked(&format!("agent-tracer {wrong}")).unwrap();
            assert_eq!(wrong, hook("codex"));
        }
        assert_eq!(asked("agent-tracer hook codex a/b").unwrap().event, None);
    }
}
