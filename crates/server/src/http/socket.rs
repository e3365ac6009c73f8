use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::response::{IntoResponse as _, Response};

use super::error::ApiError;
use crate::live::follow;
use crate::state::App;

/// The largest frame a client may send. What the server sends is not limited by it.
const INBOUND_BYTES_MAX: usize = 64 << 10;
/// The library fills its read buffer with zeros at each read: a large one costs more than it gives.
const READ_BUFFER_BYTES: usize = 4 << 10;
/// Frames are gathered up to this size before they are written.
const WRITE_BUFFER_BYTES: usize = 64 << 10;

/// `/ws`: the live stream.
pub(crate) async fn upgrade(
    State(app): State<App>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let Ok(upgrade) = upgrade else {
        let message = "/ws speaks WebSocket: connect with an upgrade request";
        return ApiError::invalid(message).into_response();
    };
    let alive = app.connections.subscribe();
    upgrade
        .max_message_size(INBOUND_BYTES_MAX)
        .max_frame_size(INBOUND_BYTES_MAX)
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .on_upgrade(move |socket| async move {
            follow(socket, app.hub, app.snapshots, app.stopping).await;
            drop(alive);
        })
}
