//! Between a server and a client: loses frames, and brings some of them again.

use agent_tracer_core::wire::follow::FollowFrame;

use super::chance::Chance;

/// What is done to frames; one in so many of them, or none.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Faults {
    pub loses: Option<usize>,
    pub repeats: Option<usize>,
}

#[derive(Debug, Default)]
pub(super) struct Proxy {
    pub faults: Faults,
    again: Vec<(usize, FollowFrame)>,
    /// A frame was lost that nothing but the next connection makes up for: the end of a
    /// subscription, or figures (which move no cursor).
    pub lost_for_good: bool,
    /// The client knows which history the connection speaks of; it takes no figures before.
    is_named: bool,
}

impl Proxy {
    pub(super) fn new(faults: Faults) -> Self {
        Self {
            faults,
            ..Self::default()
        }
    }

    /// What the client sees when the server has sent a frame.
    pub(super) fn pass(&mut self, frame: FollowFrame, chance: &mut Chance) -> Vec<FollowFrame> {
        let mut seen = Vec::new();
        let names = matches!(
            frame,
            FollowFrame::Subscribed { .. } | FollowFrame::Resync { .. }
        );
        if self.faults.loses.is_some_and(|one| chance.one_in(one)) {
            self.lost_for_good |= names && !self.is_named;
            self.lost_for_good |= matches!(
                frame,
                FollowFrame::Resync { .. }
                    | FollowFrame::Removed { .. }
                    | FollowFrame::Figures { .. }
            );
        } else {
            self.is_named |= names;
            // The end of a subscription is not repeated: it would end the next one, unheard.
            let repeats = !matches!(frame, FollowFrame::Removed { .. });
            if repeats && self.faults.repeats.is_some_and(|one| chance.one_in(one)) {
                self.again.push((chance.below(4), frame.clone()));
            }
            seen.push(frame);
        }
        let mut later = Vec::new();
        for (wait, frame) in self.again.drain(..) {
            match wait.checked_sub(1) {
                Some(wait) => later.push((wait, frame)),
                None => seen.push(frame),
            }
        }
        self.again = later;
        seen
    }
}
