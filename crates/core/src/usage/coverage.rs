//! Which tellings count beside others of the same session, where they do not name their answers.

use super::record::UsageOrigin;
use super::row::UsageRow;
use crate::time::Timestamp;

/// A transcript and telemetry each write down an answer at a moment of their own.
const SLACK_MILLIS: i64 = 1_000;

/// When each origin told of a session last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Newest([Option<Timestamp>; UsageOrigin::ALL.len()]);

impl Newest {
    /// Takes note of a telling.
    pub fn note(&mut self, origin: UsageOrigin, at: Option<Timestamp>) {
        for (known, newest) in UsageOrigin::ALL.into_iter().zip(&mut self.0) {
            if known == origin {
                *newest = at.max(*newest);
            }
        }
    }

    /// Up to when better origins tell what this one tells too: `None` if they do not at all,
    /// `Some(None)` if they do for all time.
    ///
    /// What comes after the newest of the better ones they have not told yet, so it counts. Of
    /// sums no part can be taken away, so one better telling makes all of them superfluous.
    pub fn covered_until(&self, origin: UsageOrigin) -> Option<Option<Timestamp>> {
        let origins = UsageOrigin::ALL.into_iter().zip(self.0);
        let better = origins.filter(|(known, _)| *known > origin);
        let newest = better.filter_map(|(_, newest)| newest).max()?;
        Some(match origin {
            UsageOrigin::Metric => None,
            UsageOrigin::Hook | UsageOrigin::Otlp | UsageOrigin::Transcript => {
                Some(Timestamp::from_millis(newest.as_millis() + SLACK_MILLIS))
            }
        })
    }

    /// Whether better origins tell of this answer, too. One that is named is told apart from them
    /// by its name.
    pub fn covers(&self, row: &UsageRow) -> bool {
        let covered = self.covered_until(row.origin).filter(|_| row.derived);
        covered.is_some_and(|until| until.is_none_or(|until| row.at <= until))
    }
}
