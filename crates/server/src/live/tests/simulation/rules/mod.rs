//! Rules one at a time: what chance would seldom show, or not show plainly.

mod clients;
mod figures;
mod mended;
mod slow;
mod stage;
mod trash;
