//! The newest frames, encoded once for everybody.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

/// A segment is closed above this size: it is what a connection holds while it writes.
const SEGMENT_BYTES: usize = 64 << 10;

/// The number of a topic while somebody follows it. The plain stream has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct TopicNumber(pub u32);

/// What a frame is to who follows its topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrameKind {
    /// A commit; it moves the cursor.
    Changes,
    /// The end of the topic.
    Removed,
    /// A sign of life; it moves the cursor too.
    Progress,
    /// Counters; they do not.
    Figures,
}

/// Where a frame ends in its segment, and what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct FrameMark {
    pub end: usize,
    pub seq: u64,
    pub topic: TopicNumber,
    pub kind: FrameKind,
}

/// Some frames after one another, ready to be written.
#[derive(Debug, Default)]
pub(super) struct Segment {
    pub bytes: Vec<u8>,
    pub marks: Vec<FrameMark>,
}

impl Segment {
    /// The frames with their places.
    pub(super) fn frames(&self) -> impl Iterator<Item = (Range<usize>, FrameMark)> + '_ {
        let mut begin = 0;
        self.marks.iter().map(move |mark| {
            let place = begin..mark.end;
            begin = mark.end;
            (place, *mark)
        })
    }

    fn first_seq(&self) -> u64 {
        self.marks.first().map_or(0, |mark| mark.seq)
    }

    fn last_seq(&self) -> u64 {
        self.marks.last().map_or(0, |mark| mark.seq)
    }

    fn size(&self) -> usize {
        self.bytes.len() + self.marks.len() * size_of::<FrameMark>()
    }
}

/// As many of the newest segments as fit into a number of bytes.
///
/// Positions count segments; a position stays valid until its segment is dropped at the old end.
#[derive(Debug)]
pub(super) struct Ring {
    segments: VecDeque<Arc<Segment>>,
    /// The position of the oldest segment.
    first: u64,
    bytes: usize,
    bytes_max: usize,
    /// Every frame of a commit after this one is here.
    complete_after: u64,
}

impl Ring {
    pub(super) fn new(bytes_max: usize) -> Self {
        Self {
            segments: VecDeque::new(),
            first: 0,
            bytes: 0,
            bytes_max,
            complete_after: 0,
        }
    }

    /// The position after the newest segment.
    pub(super) fn end(&self) -> u64 {
        self.first + self.segments.len() as u64
    }

    /// Every frame of a commit after this one is here.
    pub(super) fn complete_after(&self) -> u64 {
        self.complete_after
    }

    /// Forgets everything, because what comes next is not what comes after it.
    pub(super) fn restart(&mut self, after: u64) {
        self.first = self.end();
        self.segments.clear();
        self.bytes = 0;
        self.complete_after = after;
    }

    /// Adds a segment, dropping the oldest ones that no longer fit. The newest is always kept.
    fn push(&mut self, segment: Segment) {
        self.bytes += segment.size();
        self.segments.push_back(Arc::new(segment));
        while self.bytes > self.bytes_max && self.segments.len() > 1 {
            if let Some(oldest) = self.segments.pop_front() {
                self.bytes -= oldest.size();
                self.first += 1;
                self.complete_after = self.complete_after.max(oldest.last_seq());
            }
        }
    }

    /// The segment at a position. `Err` if it is dropped, `Ok(None)` if it is not there yet.
    pub(super) fn at(&self, position: u64) -> Result<Option<&Arc<Segment>>, Dropped> {
        let place = position.checked_sub(self.first).ok_or(Dropped)?;
        Ok(usize::try_from(place)
            .ok()
            .and_then(|place| self.segments.get(place)))
    }

    /// The position of the first segment with a frame after that commit.
    pub(super) fn position_after(&self, seq: u64) -> u64 {
        let told = |segment: &Arc<Segment>| segment.last_seq() <= seq;
        self.first + self.segments.partition_point(told) as u64
    }
}

/// The segment is no longer here.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dropped;

/// Gathers frames into segments.
pub(super) struct RingWriter<'a> {
    ring: &'a mut Ring,
    segment: Segment,
}

impl<'a> RingWriter<'a> {
    pub(super) fn new(ring: &'a mut Ring) -> Self {
        Self {
            ring,
            segment: Segment::default(),
        }
    }

    /// Adds a text frame. The frames of one commit may lie in two segments.
    pub(super) fn push(&mut self, payload: &[u8], seq: u64, topic: TopicNumber, kind: FrameKind) {
        debug_assert!(
            seq >= self.segment.first_seq(),
            "commits come in their order"
        );
        super::frame::push_text(&mut self.segment.bytes, payload);
        self.segment.marks.push(FrameMark {
            end: self.segment.bytes.len(),
            seq,
            topic,
            kind,
        });
        if self.segment.bytes.len() >= SEGMENT_BYTES {
            self.ring.push(std::mem::take(&mut self.segment));
        }
    }
}

impl Drop for RingWriter<'_> {
    fn drop(&mut self) {
        if !self.segment.marks.is_empty() {
            self.ring.push(std::mem::take(&mut self.segment));
        }
    }
}

#[cfg(test)]
#[path = "tests/ring.rs"]
mod tests;
