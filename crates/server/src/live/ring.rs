use std::collections::VecDeque;
use std::sync::Arc;

use agent_tracer_store::Seq;
use axum::extract::ws::Utf8Bytes;

/// One commit, encoded: a frame per change, in order.
#[derive(Debug)]
pub(crate) struct Segment {
    /// The commit.
    pub seq: Seq,
    /// Its frames.
    pub frames: Vec<Utf8Bytes>,
}

impl Segment {
    fn bytes(&self) -> usize {
        self.frames.iter().map(|frame| frame.len()).sum()
    }
}

/// The newest commits, as many as fit into a number of bytes.
///
/// Positions count commits since the server started; a position stays valid until its segment is
/// dropped at the old end.
#[derive(Debug)]
pub(crate) struct Ring {
    segments: VecDeque<Arc<Segment>>,
    /// The position of the oldest segment.
    first: u64,
    bytes: usize,
    bytes_max: usize,
}

impl Ring {
    pub(crate) fn new(bytes_max: usize) -> Self {
        Self {
            segments: VecDeque::new(),
            first: 0,
            bytes: 0,
            bytes_max,
        }
    }

    /// The position after the newest segment.
    pub(crate) fn end(&self) -> u64 {
        self.first + self.segments.len() as u64
    }

    /// Adds a segment, dropping the oldest ones that no longer fit. The newest is always kept.
    pub(crate) fn push(&mut self, segment: Segment) {
        self.bytes += segment.bytes();
        self.segments.push_back(Arc::new(segment));
        while self.bytes > self.bytes_max && self.segments.len() > 1 {
            if let Some(oldest) = self.segments.pop_front() {
                self.bytes -= oldest.bytes();
                self.first += 1;
            }
        }
    }

    /// The segments from a position on, at most `count`; `None` if that position is dropped.
    pub(crate) fn from(&self, position: u64, count: usize) -> Option<Vec<Arc<Segment>>> {
        let skip = usize::try_from(position.checked_sub(self.first)?).ok()?;
        Some(
            self.segments
                .iter()
                .skip(skip)
                .take(count)
                .cloned()
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use agent_tracer_store::Seq;

    use super::{Ring, Segment};

    fn segment(seq: u64, bytes: usize) -> Segment {
        Segment {
            seq: Seq(seq),
            frames: vec!["x".repeat(bytes).into()],
        }
    }

    #[test]
    fn keeps_the_newest_that_fit_and_knows_what_it_dropped() {
        let mut ring = Ring::new(100);
        for seq in 1..=5 {
            ring.push(segment(seq, 40));
        }
        assert_eq!(ring.end(), 5);
        assert!(ring.from(0, 10).is_none(), "dropped");
        let seqs = |position| {
            let segments = ring.from(position, 10).unwrap();
            segments
                .iter()
                .map(|segment| segment.seq.0)
                .collect::<Vec<_>>()
        };
        assert_eq!(seqs(3), [4, 5]);
        assert_eq!(seqs(5), [0; 0]);
        assert_eq!(ring.from(3, 1).unwrap().len(), 1);
    }

    #[test]
    fn a_segment_larger_than_the_ring_is_kept_while_it_is_the_newest() {
        let mut ring = Ring::new(10);
        ring.push(segment(1, 5));
        ring.push(segment(2, 500));
        assert_eq!(ring.from(1, 10).unwrap().len(), 1);
        ring.push(segment(3, 5));
        assert!(ring.from(1, 10).is_none());
    }
}
