//! An older copy of the file takes its place, whatever chance did before.

use super::world::World;

impl World {
    /// Everybody is told of commits that the copy does not know.
    pub(super) fn serve_an_older_copy(&mut self) {
        self.settle();
        self.note("a copy is made, and served later");
        self.hang_up();
        self.store.save();
        self.saved = Some(self.history().clone());
        self.start();
        (0..5).for_each(|_| self.commit());
        self.settle();
        self.hang_up();
        assert!(self.store.restore(), "there is a copy");
        self.tally.restores += 1;
        self.start();
        // Some commits take the numbers of those that are lost.
        (0..3).for_each(|_| self.commit());
        self.check_all();
    }

    fn hang_up(&mut self) {
        for place in 0..self.following.len() {
            self.disconnect(place);
        }
        for client in &mut self.plain {
            client.disconnected();
        }
        for witness in &mut self.witnesses {
            witness.id = None;
        }
        self.store.close();
    }
}
