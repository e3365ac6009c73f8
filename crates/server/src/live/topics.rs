//! The topics that somebody follows.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use agent_tracer_core::wire::follow::Topic;

use super::ring::TopicNumber;

/// Figures of a topic are told at most this often.
const FIGURES_EVERY: Duration = Duration::from_millis(250);

/// How long figures wait for a commit to go out with.
const FIGURES_WAIT: Duration = Duration::from_millis(150);

/// A topic while somebody follows it.
#[derive(Debug)]
pub(super) struct Followed {
    pub number: TopicNumber,
    followers: usize,
    /// Its frames are encoded from here on.
    pub since: u64,
    /// The last commit that touched it, as far as it is known here; never more than that.
    pub last: u64,
    /// It is known that there is such a task: somebody may also wait to hear that there is none.
    pub exists: bool,
    /// When something of it was told last.
    pub told_at: Instant,
    figures: FiguresState,
    /// Figures that were read and wait for the next commit, to go out with it; at most until then.
    waiting: Option<(FiguresRead, Instant)>,
}

/// Figures of a topic, as of a commit.
#[derive(Debug)]
pub(crate) struct FiguresRead {
    pub seq: u64,
    /// The payload of a frame.
    pub payload: Vec<u8>,
}

/// Where the telling of figures stands.
#[derive(Debug)]
struct FiguresState {
    /// They changed, or somebody new wants them.
    due: bool,
    /// They are being read.
    asked: bool,
    not_before: Instant,
}

/// The topics that somebody follows, each with a number for the ring.
#[derive(Debug, Default)]
pub(super) struct Topics {
    by_name: HashMap<Topic, Followed>,
    last_number: u32,
}

impl Topics {
    pub(super) fn get(&self, topic: &Topic) -> Option<&Followed> {
        self.by_name.get(topic)
    }

    pub(super) fn get_mut(&mut self, topic: &Topic) -> Option<&mut Followed> {
        self.by_name.get_mut(topic)
    }

    /// Adds a follower. Whoever is the first makes the topic be told from `published` on.
    pub(super) fn enter(&mut self, topic: &Topic, published: u64, now: Instant) -> TopicNumber {
        let last_number = &mut self.last_number;
        let followed = self.by_name.entry(topic.clone()).or_insert_with(|| {
            *last_number = last_number.wrapping_add(1);
            Followed {
                number: TopicNumber(*last_number),
                followers: 0,
                since: published,
                last: published,
                exists: false,
                told_at: now,
                figures: FiguresState {
                    due: false,
                    asked: false,
                    not_before: now,
                },
                waiting: None,
            }
        });
        followed.followers += 1;
        followed.number
    }

    /// Takes a follower away; the topic is forgotten with the last.
    pub(super) fn leave(&mut self, topic: &Topic) {
        if let Some(followed) = self.by_name.get_mut(topic) {
            followed.followers -= 1;
            if followed.followers == 0 {
                self.by_name.remove(topic);
            }
        }
    }

    /// Notes that the store had a topic after a commit.
    pub(super) fn found(&mut self, topic: &Topic, seq: u64) {
        if let Some(followed) = self.by_name.get_mut(topic) {
            followed.exists |= seq >= followed.last;
        }
    }

    /// Notes that the figures of a topic are to be told.
    pub(super) fn figures_due(&mut self, topic: &Topic) {
        if let Some(followed) = self.by_name.get_mut(topic) {
            // Bookmarks are not counted.
            followed.figures.due = *topic != Topic::Bookmarks;
        }
    }

    /// The topics whose figures are to be read now. They count as asked for.
    pub(super) fn ask_figures(&mut self, now: Instant) -> Vec<Topic> {
        let mut asked = Vec::new();
        for (topic, followed) in &mut self.by_name {
            let figures = &mut followed.figures;
            if figures.due && !figures.asked && figures.not_before <= now {
                figures.due = false;
                figures.asked = true;
                asked.push(topic.clone());
            }
        }
        asked
    }

    /// Takes figures that were read. They wait a little for the next commit: while an agent works
    /// they go out with it, and cost no write of their own. Where everybody left a topic and came
    /// back, two reads may be on their way and overtake each other: the newer one counts.
    pub(super) fn figures_read(&mut self, topic: &Topic, read: Option<FiguresRead>, now: Instant) {
        if let Some(followed) = self.by_name.get_mut(topic) {
            followed.figures.asked = false;
            followed.figures.not_before = now + FIGURES_EVERY;
            let newest = followed.waiting.as_ref().map_or(0, |(read, _)| read.seq);
            if let Some(read) = read.filter(|read| read.seq >= newest) {
                followed.waiting = Some((read, now + FIGURES_WAIT));
            }
        }
    }

    /// The figures that wait no longer: all of them with a commit, else those whose time is up.
    pub(super) fn take_figures(&mut self, until: Option<Instant>) -> Vec<(TopicNumber, Vec<u8>)> {
        let is_due = |(_, at): &mut (_, Instant)| until.is_none_or(|now| *at <= now);
        let all = self.by_name.values_mut();
        let due = all.filter_map(|followed| {
            let (read, _) = followed.waiting.take_if(is_due)?;
            Some((followed.number, read.payload))
        });
        due.collect()
    }

    /// When figures are next to be asked for or told.
    pub(super) fn next_figures(&self) -> Option<Instant> {
        let next = |followed: &Followed| {
            let figures = &followed.figures;
            let ask = (figures.due && !figures.asked).then_some(figures.not_before);
            let tell = followed.waiting.as_ref().map(|(_, at)| *at);
            ask.into_iter().chain(tell).min()
        };
        self.by_name.values().filter_map(next).min()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (&Topic, &mut Followed)> {
        self.by_name.iter_mut()
    }
}
