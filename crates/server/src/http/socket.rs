use agent_tracer_core::wire::follow::Subscribe;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto::upgrade::downcast;
use sha1::{Digest as _, Sha1};
use tokio::net::TcpStream;

use super::error::ApiError;
use super::subscriptions::wanted;
use crate::live::Arrival;
use crate::state::App;

/// What RFC 6455 appends to the client's key.
const KEY_SUFFIX: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// `/ws`: the live stream. The handshake is done here, and the socket goes to the hub.
pub(crate) async fn upgrade(State(app): State<App>, request: Request<Body>) -> Response {
    match agree(&request) {
        Ok((accept, wants)) => {
            tokio::spawn(hand_over(app, request, wants));
            let headers = [
                (header::CONNECTION, HeaderValue::from_static("upgrade")),
                (header::UPGRADE, HeaderValue::from_static("websocket")),
                (header::SEC_WEBSOCKET_ACCEPT, accept),
            ];
            (StatusCode::SWITCHING_PROTOCOLS, headers).into_response()
        }
        Err(error) => error.into_response(),
    }
}

/// Checks the request; returns the answer to its key, and what it wants to follow (`None` for a
/// plain client).
fn agree(request: &Request<Body>) -> Result<(HeaderValue, Option<Vec<Subscribe>>), ApiError> {
    let headers = request.headers();
    let says = |name, word: &str| says(headers, &name, word);
    let key = headers.get(header::SEC_WEBSOCKET_KEY);
    let key = key.filter(|_| {
        says(header::CONNECTION, "upgrade")
            && says(header::UPGRADE, "websocket")
            && says(header::SEC_WEBSOCKET_VERSION, "13")
    });
    let Some(key) = key else {
        let message = "/ws speaks WebSocket (version 13): connect with an upgrade request";
        return Err(ApiError::invalid(message));
    };
    let wants = wanted(request.uri().query().unwrap_or_default())?;
    let mut hash = Sha1::new();
    hash.update(key.as_bytes());
    hash.update(KEY_SUFFIX);
    let accept = HeaderValue::from_str(&BASE64.encode(hash.finalize()));
    let accept = accept.map_err(|_not_ascii| ApiError::invalid("the key cannot be answered"))?;
    Ok((accept, wants))
}

/// Whether a header is a list with that word in it.
fn says(headers: &HeaderMap, name: &header::HeaderName, word: &str) -> bool {
    let lists = headers.get_all(name).iter();
    let mut words = lists
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.split(','));
    words.any(|it| it.trim().eq_ignore_ascii_case(word))
}

/// Takes the socket out of the HTTP library once the answer is written.
async fn hand_over(app: App, mut request: Request<Body>, wants: Option<Vec<Subscribe>>) {
    let alive = app.connections.subscribe();
    let upgraded = match hyper::upgrade::on(&mut request).await {
        Ok(upgraded) => upgraded,
        Err(error) => return tracing::debug!(%error, "a client left during its handshake"),
    };
    let Ok(parts) = downcast::<TokioIo<TcpStream>>(upgraded) else {
        return tracing::error!("the socket is not the one that was listened on");
    };
    match parts.io.into_inner().into_std() {
        Ok(stream) => {
            let arrival = Arrival {
                stream,
                sent: parts.read_buf,
                wants,
                alive,
            };
            app.hub.connect(arrival).await;
        }
        Err(error) => tracing::warn!(%error, "a connection could not be taken over"),
    }
}
