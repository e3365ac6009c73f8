//! The token, where there is one: a header for programs, a login form and a cookie for the page.

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::error::ApiError;
use super::guard::PAGE_HARDENING;
use crate::config::Token;
use crate::state::App;

const COOKIE: &str = "agent-tracer";

/// Whether a request carries the token, or the cookie that was given for it.
pub(super) fn carries(headers: &HeaderMap, token: &Token, cookie: &Token) -> bool {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let bearer = bearer.and_then(|value| value.strip_prefix("Bearer "));
    bearer.is_some_and(|offered| token.matches(offered.trim()))
        || cookies(headers).any(|offered| cookie.matches(offered))
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let lists = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    lists
        .flat_map(|list| list.split(';'))
        .filter_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// Whether the request is the login itself.
pub(super) fn is_open(request: &Request) -> bool {
    request.uri().path() == "/login"
}

/// What somebody without the token is told: a person gets the form, a program an error.
pub(super) fn ask(request: &Request) -> Response {
    let accept = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok());
    let person = request.method() == Method::GET && accept.is_some_and(|a| a.contains("text/html"));
    if person {
        return Redirect::to("/login").into_response();
    }
    let message = "send the token as `Authorization: Bearer …`";
    let mut response =
        ApiError::new(StatusCode::UNAUTHORIZED, "token_required", message).into_response();
    let challenge = HeaderValue::from_static("Bearer");
    response
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, challenge);
    response
}

const FORM: &str = include_str!("login.html");

/// The form has its few lines of style inside it.
const FORM_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
);

/// The login form.
pub(crate) async fn form() -> Response {
    page("")
}

fn page(message: &str) -> Response {
    let mut response = Html(FORM.replace("{{message}}", message)).into_response();
    let headers = response.headers_mut();
    headers.extend(PAGE_HARDENING);
    headers.insert(header::CONTENT_SECURITY_POLICY, FORM_POLICY);
    response
}

#[derive(Deserialize)]
pub(crate) struct Login {
    token: String,
}

/// Gives the cookie for the token.
pub(crate) async fn log_in(
    State(app): State<App>,
    form: Result<Form<Login>, FormRejection>,
) -> Response {
    let Some(token) = &app.access.token else {
        return Redirect::to("/").into_response();
    };
    let Form(login) = match form {
        Ok(form) => form,
        Err(wrong) => {
            let (status, message) = (wrong.status(), wrong.body_text());
            return ApiError::new(status, "invalid_request", message).into_response();
        }
    };
    if !token.matches(login.token.trim()) {
        let page = page("That is not the token of this server.");
        return (StatusCode::UNAUTHORIZED, page).into_response();
    }
    let cookie = app.access.cookie.to_cookie(COOKIE);
    ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response()
}
