//! Texts in pushed rows are cut: who wants the whole asks for it.

use agent_tracer_core::wire::follow::RowChange;

use crate::http::cut_event;

/// Up to here a text is pushed whole, in bytes.
const TEXT_BYTES_MAX: usize = 2 << 10;

/// Cuts long texts of events; their metadata says so.
pub(super) fn cut_rows(rows: &mut [RowChange]) {
    for row in rows {
        if let RowChange::Event {
            row: Some(event), ..
        } = row
        {
            cut_event(event, TEXT_BYTES_MAX);
        }
    }
}
