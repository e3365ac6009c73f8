//! Who may talk to the server at all.
//!
//! A web page that a person visits can send requests to loopback, and by rebinding a name it can
//! even read the answers. So the `Host` must name this machine, and an `Origin` (which browsers
//! add by themselves and pages cannot forge) must too.

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::ApiError;
use super::login;
use crate::state::{Access, App};

/// Refuses what does not come from this machine (or, with a token, does not carry it), and keeps
/// other pages from using what is answered.
pub(crate) async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = match refusal(&app.access, &request) {
        None => next.run(request).await,
        Some(refusal) => refusal,
    };
    response.headers_mut().extend(HARDENING);
    response
}

fn refusal(access: &Access, request: &Request) -> Option<Response> {
    let headers = request.headers();
    let host = host_of(request);
    if let Some(token) = &access.token {
        if !origin_is(headers, |origin| {
            is_loopback(origin) || host == Some(origin)
        }) {
            return Some(foreign_origin());
        }
        let known = login::carries(headers, token, &access.cookie);
        return (!known && !login::is_open(request)).then(|| login::ask(request));
    }
    if !host.is_some_and(is_loopback) {
        return Some(foreign_host());
    }
    (!origin_is(headers, is_loopback)).then(foreign_origin)
}

/// The host that the client thinks it talks to, with its port.
fn host_of(request: &Request) -> Option<&str> {
    let header = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    header.or_else(|| request.uri().authority().map(Authority::as_str))
}

/// Whether there is no `Origin`, or one whose host and port pass.
fn origin_is(headers: &HeaderMap, passes: impl Fn(&str) -> bool) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let authority = origin.to_str().ok().and_then(|origin| {
        origin
            .strip_prefix("http://")
            .or_else(|| origin.strip_prefix("https://"))
    });
    authority.is_some_and(passes)
}

/// Whether a host, with or without a port, is this machine by a name that nobody can rebind.
fn is_loopback(authority: &str) -> bool {
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    host.eq_ignore_ascii_case("localhost") || matches!(host, "127.0.0.1" | "[::1]")
}

fn foreign_host() -> Response {
    let message = "this server answers only to localhost, 127.0.0.1 and [::1] in the Host header";
    ApiError::new(StatusCode::FORBIDDEN, "foreign_host", message).into_response()
}

fn foreign_origin() -> Response {
    let message = "requests from web pages of other hosts are refused";
    ApiError::new(StatusCode::FORBIDDEN, "foreign_origin", message).into_response()
}

/// Headers that keep other pages from using what this server answers, whatever it is.
const HARDENING: [(HeaderName, HeaderValue); 2] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// Headers that keep a page to what comes from this server, and out of other pages.
pub(super) const PAGE_HARDENING: [(HeaderName, HeaderValue); 3] = [
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        header::REFERRER_POLICY,
        // Not `no-referrer`: with that a browser sends the login form with the origin `null`.
        HeaderValue::from_static("same-origin"),
    ),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
             form-action 'self'; frame-ancestors 'none'",
        ),
    ),
];

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_names_that_cannot_be_rebound_are_this_machine() {
        for host in [
            "localhost",
            "LocalHost:3847",
            "127.0.0.1",
            "127.0.0.1:1",
            "[::1]",
            "[::1]:80",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "evil.example:3847",
            "127.0.0.1:x",
            "::1",
            "0.0.0.0",
            "null",
            "localhost:80:80",
            "127.0.0.2",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
