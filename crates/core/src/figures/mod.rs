//! Figures, kept at write time so that no read ever scans events. `spec/FIGURES.md` defines each.

mod history;
mod phase;
mod read;
mod task_figures;
mod top;
mod totals;

pub(crate) use history::has_failed;
pub use history::{ActivityHour, ActivitySums, History, ToolDay, ToolSums};
pub use phase::{GAP_MILLIS_MAX, phase_after};
pub use read::{overview, task_observability};
pub use task_figures::TaskFigures;
pub(crate) use task_figures::is_link_eligible;
pub use top::Top;
pub use totals::{STALE_AFTER_MINUTES, Totals, active_minute, contribution, source_of};
