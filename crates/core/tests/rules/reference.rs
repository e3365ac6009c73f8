//! The figures of `spec/FIGURES.md`, computed the slow way: over everything that was ever said of
//! a task, from its beginning.

use std::collections::{BTreeMap, BTreeSet};

use agent_tracer_core::display_title::TitleCandidates;
use agent_tracer_core::entity::{Event, Session};
use agent_tracer_core::figures::{GAP_MILLIS_MAX, TaskFigures, Top, phase_after};
use agent_tracer_core::ids::{EventId, SessionId, TaskId};
use agent_tracer_core::rows::TaskRow;
use agent_tracer_core::time::Timestamp;
use agent_tracer_core::vocabulary::{EventKind, Lane, Phase};
use agent_tracer_core::wire::Message;
use serde_json::Value;

/// What was announced, and when.
pub(crate) type Said = (Timestamp, Message);

/// The task that a message about an event or a session is about.
pub(crate) fn about(message: &Message) -> Option<&TaskId> {
    match message {
        Message::EventLogged(event) | Message::EventUpdated(event) => Some(&event.task_id),
        Message::SessionStarted(session) | Message::SessionEnded(session) => Some(&session.task_id),
        _ => None,
    }
}

/// Compares the kept figures of a task with those computed from what was said of it.
#[track_caller]
pub(crate) fn check_task(said: &[Said], row: &TaskRow) {
    let history = History::of(said, &row.task.id);
    let mut expected = history.figures();
    expected.pending_links = row.figures.pending_links;
    let mut kept = row.figures.clone();
    kept.top_paths = Top::default();
    kept.top_tags = Top::default();
    assert_eq!(kept, expected);
    let (paths, tags) = (history.paths(), history.tags());
    assert_eq!(top(&row.figures.top_paths), top_five(paths));
    assert_eq!(top(&row.figures.top_tags), top_five(tags));
    assert_eq!(row.candidates, history.candidates());
}

fn top(top: &Top) -> Vec<(String, i64)> {
    top.iter()
        .map(|(name, count)| (name.to_owned(), count))
        .collect()
}

fn top_five(counts: BTreeMap<String, i64>) -> Vec<(String, i64)> {
    let mut all: Vec<_> = counts.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    all.truncate(5);
    all
}

/// Everything that was said of one task.
struct History<'a> {
    said: Vec<&'a Said>,
    /// Each event in all its versions, oldest first.
    versions: BTreeMap<&'a EventId, Vec<&'a Event>>,
}

impl<'a> History<'a> {
    fn of(said: &'a [Said], task: &TaskId) -> Self {
        let of_task = |(_, message): &&'a Said| about(message) == Some(task);
        let said: Vec<&Said> = said.iter().filter(of_task).collect();
        let mut versions: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (_, message) in &said {
            if let Message::EventLogged(event) | Message::EventUpdated(event) = message {
                versions.entry(&event.id).or_default().push(event);
            }
        }
        Self { said, versions }
    }

    fn figures(&self) -> TaskFigures {
        let (questions, questions_closed) = self.items(
            EventKind::QuestionLogged,
            "questionId",
            "questionPhase",
            "concluded",
        );
        let (todos, todos_completed) =
            self.items(EventKind::TodoLogged, "todoId", "todoState", "completed");
        let links = self.links();
        let linked: BTreeSet<_> = links.iter().flat_map(|link| [link.0, link.1]).collect();
        let is_linked = |event: &Event| linked.contains(&event.id);
        TaskFigures {
            events: self.count(|_| true),
            phase_ms: self.phases(),
            tool_ms: self.tool_ms(),
            sessions: self.sessions(|message| matches!(message, Message::SessionStarted(_))),
            open_sessions: self.sessions(|message| matches!(message, Message::SessionStarted(_)))
                - self.sessions(|message| matches!(message, Message::SessionEnded(_))),
            raw_user_messages: self.messages("captureMode", "raw"),
            follow_up_messages: self.messages("phase", "follow_up"),
            questions,
            questions_closed,
            todos,
            todos_completed,
            thoughts: self.of_kind(EventKind::ThoughtLogged),
            tool_calls: self.of_kind(EventKind::ToolUsed),
            terminal_commands: self.of_kind(EventKind::TerminalCommand),
            verifications: self.of_kind(EventKind::VerificationLogged),
            background_transitions: self.count(|event| {
                event.kind == EventKind::ActionLogged && event.lane == Lane::Background
            }),
            coordination_activities: self.of_kind(EventKind::AgentActivityLogged),
            paths: as_count(self.paths().len()),
            links: as_count(links.len()),
            linked_events: self.count(is_linked),
            linked_eligible_events: self.count(|event| is_linked(event) && ought_to_link(event)),
            link_eligible_events: self.count(ought_to_link),
            registry_eligible_events: self.count(ought_to_match),
            registry_gaps: self
                .count(|event| ought_to_match(event) && event.classification.matches.is_empty()),
            ..TaskFigures::default()
        }
    }

    /// Events, as they were first stored, that are so.
    fn count(&self, is_so: impl Fn(&Event) -> bool) -> i64 {
        let first = self.versions.values().map(|versions| versions[0]);
        as_count(first.filter(|event| is_so(event)).count())
    }

    fn of_kind(&self, kind: EventKind) -> i64 {
        self.count(|event| event.kind == kind)
    }

    fn messages(&self, key: &str, word: &str) -> i64 {
        self.count(|event| event.kind == EventKind::UserMessage && text(event, key) == Some(word))
    }

    fn sessions(&self, is_so: impl Fn(&Message) -> bool) -> i64 {
        as_count(
            self.said
                .iter()
                .filter(|(_, message)| is_so(message))
                .count(),
        )
    }

    /// Distinct items, and those of them that ever reached their last state.
    fn items(&self, kind: EventKind, id: &str, state: &str, last: &str) -> (i64, i64) {
        let (mut all, mut done) = (BTreeSet::new(), BTreeSet::new());
        for event in self
            .versions
            .values()
            .flatten()
            .filter(|event| event.kind == kind)
        {
            if let Some(item) = text(event, id) {
                all.insert(item);
                if text(event, state) == Some(last) {
                    done.insert(item);
                }
            }
        }
        (as_count(all.len()), as_count(done.len()))
    }

    /// How often events came to carry each name.
    fn carried(&self, names: impl Fn(&Event) -> Vec<String>) -> BTreeMap<String, i64> {
        let mut counts = BTreeMap::new();
        for versions in self.versions.values() {
            let mut before = Vec::new();
            for event in versions {
                let now = names(event);
                for name in now.iter().filter(|name| !before.contains(*name)) {
                    *counts.entry(name.clone()).or_default() += 1;
                }
                before = now;
            }
        }
        counts
    }

    fn tags(&self) -> BTreeMap<String, i64> {
        self.carried(|event| event.classification.tags.clone())
    }

    fn paths(&self) -> BTreeMap<String, i64> {
        self.carried(|event| {
            let derived = event.kind == EventKind::FileChanged
                && event.metadata.contains_key("sourceEventId");
            if derived {
                Vec::new()
            } else {
                texts(event, "filePaths")
            }
        })
    }

    fn links(&self) -> BTreeSet<(&EventId, &EventId, String)> {
        let mut links = BTreeSet::new();
        for event in self.versions.values().flatten() {
            let named = |id: &str| self.versions.get_key_value(&EventId::new(id));
            let mut add = |ends: Option<(&'a EventId, &'a EventId)>, relation: &str| {
                if let Some((source, target)) = ends.filter(|(source, target)| source != target) {
                    links.insert((source, target, relation.to_owned()));
                }
            };
            let to_here = |key| {
                text(event, key)
                    .and_then(named)
                    .map(|found| (*found.0, &event.id))
            };
            add(to_here("parentEventId"), "parent");
            if event.kind == EventKind::FileChanged {
                add(to_here("sourceEventId"), "caused_by");
            }
            let relation = text(event, "relationType").unwrap_or("relates_to");
            for related in texts(event, "relatedEventIds").iter().take(50) {
                add(named(related).map(|found| (&event.id, *found.0)), relation);
            }
        }
        links
    }

    fn tool_ms(&self) -> i64 {
        let last = self
            .versions
            .values()
            .filter_map(|versions| versions.last());
        let millis = |event: &&Event| event.metadata.get("durationMs").and_then(Value::as_i64);
        last.filter_map(millis)
            .map(|millis| millis.clamp(0, 30 * 24 * 3_600_000))
            .sum()
    }

    fn phases(&self) -> [i64; 5] {
        let (mut spent, mut open) = ([0; 5], BTreeMap::<&SessionId, Window>::new());
        for (now, message) in &self.said {
            match message {
                Message::SessionStarted(session) => {
                    open.insert(&session.id, Window::new(session));
                }
                Message::SessionEnded(session) => {
                    let ended = open.remove(&session.id);
                    ended.expect("it ran").spend(*now, None, &mut spent);
                }
                Message::EventLogged(event) => {
                    let newest = open
                        .iter()
                        .max_by_key(|(id, window)| (window.started_at, **id));
                    let newest = newest.map(|(id, _)| *id);
                    let of = event.session_id.as_ref().or(newest);
                    if let Some(window) = of.and_then(|id| open.get_mut(id)) {
                        let phase = phase_after(event.kind, event.lane, &event.metadata);
                        window.spend(*now, phase, &mut spent);
                    }
                }
                _ => {}
            }
        }
        spent
    }

    fn candidates(&self) -> TitleCandidates {
        let mut candidates = TitleCandidates::default();
        for (_, message) in &self.said {
            if let Message::EventLogged(event) = message {
                let (title, body) = (event.title.as_str(), event.body.as_deref());
                candidates.consider(event.kind, event.lane, title, body, &event.metadata);
            }
        }
        candidates
    }
}

/// A running session, and what the time goes to.
struct Window {
    started_at: Timestamp,
    last_at: Timestamp,
    phase: Option<Phase>,
}

impl Window {
    fn new(session: &Session) -> Self {
        Self {
            started_at: session.started_at,
            last_at: session.started_at,
            phase: None,
        }
    }

    fn spend(&mut self, now: Timestamp, next: Option<Phase>, spent: &mut [i64; 5]) {
        if let Some(phase) = self.phase {
            spent[phase as usize] += now.millis_since(self.last_at).min(GAP_MILLIS_MAX);
        }
        self.last_at = self.last_at.max(now);
        self.phase = next;
    }
}

fn ought_to_link(event: &Event) -> bool {
    let kinds = [
        "plan.logged",
        "action.logged",
        "verification.logged",
        "rule.logged",
        "agent.activity.logged",
        "file.changed",
    ];
    kinds.contains(&event.kind.as_str())
}

fn ought_to_match(event: &Event) -> bool {
    match event.kind.as_str() {
        "plan.logged" | "verification.logged" | "rule.logged" => true,
        "action.logged" => event.lane != Lane::Background,
        _ => false,
    }
}

fn text<'a>(event: &'a Event, key: &str) -> Option<&'a str> {
    event.metadata.get(key).and_then(Value::as_str)
}

fn texts(event: &Event, key: &str) -> Vec<String> {
    let list = event.metadata.get(key).and_then(Value::as_array);
    let texts = list.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

pub(crate) fn as_count(length: usize) -> i64 {
    i64::try_from(length).expect("few")
}
