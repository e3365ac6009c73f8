//! What a seed makes of the world before anything happens.

use super::super::engine::Limits;
use super::chance::Chance;
use super::proxy::Faults;

#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a toss of its own")]
pub(super) struct Settings {
    pub limits: Limits,
    pub page_rows: usize,
    pub removals_kept: usize,
    pub sqlite: bool,
    pub steps: usize,
    pub group: usize,
    pub following: usize,
    pub plain: usize,
    pub witnesses: bool,
    pub faults: Faults,
    /// How much a socket holds.
    pub wire_bytes: usize,
    pub chops: bool,
    /// The process dies now and then.
    pub kills: bool,
    /// And an older copy of the file is served afterwards.
    pub restores: bool,
    pub stalls: bool,
    /// Deleted tasks come back.
    pub undoes: bool,
}

impl Settings {
    pub(super) fn new(seed: u64, chance: &mut Chance) -> Self {
        let sqlite = seed % 32 == 31;
        let faults = Faults {
            loses: chance.one_in(3).then(|| 2 + chance.below(20)),
            repeats: chance.one_in(3).then(|| 2 + chance.below(10)),
        };
        Self {
            limits: Limits {
                ring_bytes: [1, 2_000, 20_000, 8 << 20, 8 << 20][chance.below(5)],
                missed_rows: [12, 40, 5_000][chance.below(3)],
            },
            page_rows: [1, 2, 5, 100][chance.below(4)],
            removals_kept: [1, 2, 5, 1_000][chance.below(4)],
            sqlite,
            steps: if sqlite { 150 } else { 250 },
            group: 1 + chance.below(4),
            following: 1 + chance.below(3),
            plain: chance.below(3),
            witnesses: chance.one_in(2),
            faults,
            wire_bytes: [300, 5_000, 1 << 20][chance.below(3)],
            chops: chance.one_in(2),
            kills: chance.one_in(2) || sqlite,
            restores: chance.one_in(3) || sqlite,
            stalls: chance.one_in(2),
            undoes: matches!(seed % 5, 0 | 3),
        }
    }

    /// Whether the ring holds everything that one turn has to tell.
    pub(super) fn has_roomy_ring(&self) -> bool {
        self.limits.ring_bytes > 1 << 20
    }
}
