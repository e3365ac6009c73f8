//! What each frame does to a topic.

use super::topic::{Aside, Asked, Held, HeldFigures};
use super::{Line, Wish};
use crate::wire::follow::{Figures, FollowFrame, RowChange, SubscribedTo, Topic};

/// The topic a frame is of.
pub(super) fn topic(frame: &FollowFrame) -> Option<&Topic> {
    match frame {
        FollowFrame::Changes { topic, .. }
        | FollowFrame::Catchup { topic, .. }
        | FollowFrame::Subscribed { topic, .. }
        | FollowFrame::Resync { topic, .. }
        | FollowFrame::Removed { topic, .. }
        | FollowFrame::Progress { topic, .. }
        | FollowFrame::Figures { topic, .. } => Some(topic),
        FollowFrame::Pong { .. } | FollowFrame::Error { .. } => None,
    }
}

/// The history that a frame says it is of.
pub(super) fn named_epoch(frame: &FollowFrame) -> Option<&str> {
    match frame {
        FollowFrame::Subscribed { payload, .. } => Some(&payload.epoch),
        FollowFrame::Resync { payload, .. } => Some(&payload.epoch),
        _ => None,
    }
}

/// More rows than a server that keeps to the protocol sends: it says `too_big` long before.
const ASIDE_MAX: usize = 20_000;

/// How a frame stands to the cursor.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Next,
    Repeat,
    Gap,
}

/// From where to where a frame tells.
#[derive(Clone, Copy)]
struct Span {
    prev: u64,
    seq: u64,
}

impl Span {
    fn from(self, known: u64) -> Step {
        match self {
            Self { seq, .. } if seq <= known => Step::Repeat,
            Self { prev, .. } if prev <= known => Step::Next,
            _ => Step::Gap,
        }
    }
}

impl Held {
    pub(super) fn frame(&mut self, frame: FollowFrame, line: &Line, wishes: &mut Vec<Wish>) {
        if self.gone {
            return;
        }
        match frame {
            FollowFrame::Resync { payload, .. } => {
                self.end_subscription();
                self.want_read(Some(payload.href), wishes);
            }
            FollowFrame::Removed { seq, .. } => self.removed(seq, line, wishes),
            FollowFrame::Figures { seq, payload, .. } => self.keep_figures(seq, payload, line),
            frame if self.reading => self.wait_for_read(frame),
            FollowFrame::Changes {
                seq, prev, payload, ..
            } => {
                self.changes(Span { prev, seq }, payload.rows, line, wishes);
            }
            FollowFrame::Progress { seq, prev, .. } => {
                self.progress(Span { prev, seq }, line, wishes);
            }
            FollowFrame::Catchup {
                seq, prev, payload, ..
            } => {
                self.catchup(Span { prev, seq }, payload.rows, line, wishes);
            }
            FollowFrame::Subscribed {
                seq, prev, payload, ..
            } => {
                self.subscribed(Span { prev, seq }, &payload, wishes);
            }
            FollowFrame::Pong { .. } | FollowFrame::Error { .. } => {}
        }
    }

    fn wait_for_read(&mut self, frame: FollowFrame) {
        if self.asked == Asked::Nothing {
            return;
        }
        if matches!(frame, FollowFrame::Subscribed { .. }) {
            self.asked = Asked::Answered;
        }
        self.keep(frame);
    }

    fn changes(&mut self, span: Span, rows: Vec<RowChange>, line: &Line, wishes: &mut Vec<Wish>) {
        let Some(known) = self.known() else { return };
        if !self.speaks_of_us(line) {
            return self.gap(wishes);
        }
        match span.from(known) {
            Step::Next => self.advance(rows, span.seq),
            Step::Repeat => {}
            Step::Gap => self.gap(wishes),
        }
    }

    /// A server gives it only to whom it answered, so it stands for a lost `subscribed` too.
    fn progress(&mut self, span: Span, line: &Line, wishes: &mut Vec<Wish>) {
        let Some(known) = self.known() else { return };
        if !self.speaks_of_us(line) || span.from(known) == Step::Gap {
            return self.subscribe(wishes);
        }
        self.advance(Vec::new(), span.seq);
        // Parts of a catch-up that end at the cursor tell nothing more; their end was lost.
        if self.aside.through <= self.known() {
            self.aside = Aside::default();
            self.asked = Asked::Answered;
        }
    }

    /// Each part begins where the one before ended, or at the cursor.
    fn catchup(&mut self, span: Span, rows: Vec<RowChange>, line: &Line, wishes: &mut Vec<Wish>) {
        let Some(known) = self.known().filter(|_| self.speaks_of_us(line)) else {
            return;
        };
        let reach = self.aside.through.unwrap_or(0).max(known);
        match span.from(reach) {
            Step::Next => {
                self.aside.rows.extend(rows);
                self.aside.through = Some(span.seq);
            }
            Step::Repeat => {}
            // The `subscribed` that ends it will tell that we do not have it all.
            Step::Gap => self.aside = Aside::default(),
        }
        if self.aside.rows.len() > ASIDE_MAX {
            self.end_subscription();
            self.want_read(None, wishes);
        }
    }

    fn subscribed(&mut self, span: Span, to: &SubscribedTo, wishes: &mut Vec<Wish>) {
        let Some(cursor) = self.state().map(|state| state.cursor.clone()) else {
            return;
        };
        if cursor.epoch != to.epoch {
            // Not the answer to a `subscribe` with our epoch: that one is still to come.
            return self.gap(wishes);
        }
        match self.aside.through {
            // An earlier one, once more: it does not end this catch-up.
            Some(through) if span.seq < through => return,
            Some(through) if span.prev <= through => {}
            _ if span.from(cursor.seq) != Step::Gap => {}
            _ => return self.subscribe(wishes),
        }
        let rows = std::mem::take(&mut self.aside).rows;
        self.advance(rows, span.seq);
        self.asked = Asked::Answered;
    }

    /// Whatever was missed before, nothing of it is left, so there are no gaps here: asking for
    /// what was missed would only be answered by another `removed`.
    fn removed(&mut self, seq: u64, line: &Line, wishes: &mut Vec<Wish>) {
        if self.asked == Asked::Nothing {
            return;
        }
        let ours = self.speaks_of_us(line);
        let later = self.known().is_none_or(|known| seq > known);
        match &mut self.rows {
            Some(rows) if ours && later => rows.clear(seq),
            // Known to the read, which found the task made again: only the subscription is gone.
            Some(_) if self.reading && ours => return self.end_subscription(),
            // In whichever history: this server has no such task.
            Some(_) if !ours && (self.reading || self.asked == Asked::After) => self.rows = None,
            Some(_) => return self.gap(wishes),
            None => {}
        }
        self.leave();
    }

    fn keep_figures(&mut self, seq: u64, figures: Figures, line: &Line) {
        let Some(epoch) = line.epoch.clone() else {
            return;
        };
        let held = self.figures.as_ref().filter(|held| held.epoch == epoch);
        if held.is_none_or(|held| held.seq <= seq) {
            self.figures = Some(HeldFigures {
                epoch,
                seq,
                figures,
            });
        }
    }

    /// Asks for what was missed, once: until the answer comes, frames of the subscription before
    /// may go on arriving. After a part of a catch-up they cannot, so there the answer's end is
    /// what was missed.
    fn gap(&mut self, wishes: &mut Vec<Wish>) {
        if self.asked != Asked::After || self.aside.through.is_some() {
            self.subscribe(wishes);
        }
    }

    fn known(&self) -> Option<u64> {
        self.state().map(|state| state.cursor.seq)
    }

    fn advance(&mut self, rows: Vec<RowChange>, seq: u64) {
        if let Some(held) = &mut self.rows {
            held.advance(rows, seq);
        }
    }
}
