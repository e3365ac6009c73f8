//! What happened in a run.

/// What was seen to happen, so that a world in which nothing does proves nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub kills: usize,
    pub kills_before_publish: usize,
    pub kills_in_a_write: usize,
    pub kills_between_pages: usize,
    pub restores: usize,
    pub resyncs: usize,
    pub snapshots: usize,
    pub witnessed: usize,
    /// Tasks that came back.
    pub undone: usize,
}

impl Tally {
    pub(super) fn add(&mut self, other: Self) {
        self.kills += other.kills;
        self.kills_before_publish += other.kills_before_publish;
        self.kills_in_a_write += other.kills_in_a_write;
        self.kills_between_pages += other.kills_between_pages;
        self.restores += other.restores;
        self.resyncs += other.resyncs;
        self.snapshots += other.snapshots;
        self.witnessed += other.witnessed;
        self.undone += other.undone;
    }

    /// Nothing of it was left out.
    pub(super) fn check(self) {
        let Self {
            kills,
            kills_before_publish,
            kills_in_a_write,
            kills_between_pages,
            restores,
            resyncs,
            snapshots,
            witnessed,
            undone,
        } = self;
        let kinds = [kills_before_publish, kills_in_a_write, kills_between_pages];
        let rest = [kills, restores, resyncs, snapshots, witnessed, undone];
        let mut all = kinds.into_iter().chain(rest);
        assert!(all.all(|times| times > 0), "{self:?}");
    }
}
