//! What the statements cost, counted in steps of SQLite's machine rather than by a clock.

mod catchup;
mod cost;
mod meter;
mod plans;
mod workload;
