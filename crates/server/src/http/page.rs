//! The page and its files, embedded in the binary.

use std::sync::LazyLock;

use agent_tracer_core::fingerprint::fingerprint;
use agent_tracer_webui::{Asset, asset};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse as _, Response};

use super::error::{method_not_allowed, not_found};
use super::guard::PAGE_HARDENING;

const PAGE: &str = "index.html";

/// A name of the page that is served: another page has another one.
pub(crate) fn name() -> &'static str {
    static NAME: LazyLock<String> = LazyLock::new(|| {
        let page = asset(PAGE).map_or(&[][..], |page| page.bytes);
        // It names its files, each by a hash of what is in it.
        fingerprint(&String::from_utf8_lossy(page))
    });
    &NAME
}

/// Serves a file of the page, or the page itself for the places inside it. A missing file and a
/// path of the API are never answered with the page: whoever asked would take it for data.
pub(crate) async fn serve(request: Request) -> Response {
    let path = request.uri().path();
    let path = path.strip_prefix('/').unwrap_or(path);
    let found = match asset(path) {
        Some(asset) => asset,
        None if is_place(path) => match asset(PAGE) {
            Some(page) => page,
            None => return not_found().into_response(),
        },
        None => return not_found().into_response(),
    };
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return method_not_allowed().await.into_response();
    }
    answer(found, request.headers())
}

/// Whether a path names a place in the page: `/`, `/tasks/…`.
fn is_place(path: &str) -> bool {
    path.is_empty()
        || path == "tasks"
        || path.starts_with("tasks/")
        || matches!(path, "board" | "bookmarks" | "attach" | "diagnostics")
}

fn answer(asset: &'static Asset, headers: &HeaderMap) -> Response {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok());
    let accepts = |name: &str| {
        accepted.is_some_and(|list| {
            list.split(',')
                .any(|item| item.split(';').next().unwrap_or("").trim() == name)
        })
    };
    let (bytes, encoding) = match (asset.brotli, asset.gzip) {
        (Some(brotli), _) if accepts("br") => (brotli, Some("br")),
        (_, Some(gzip)) if accepts("gzip") => (gzip, Some("gzip")),
        _ => (asset.bytes, None),
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(asset.content_type),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(cache_control(asset)),
    );
    if asset.path == PAGE {
        headers.extend(PAGE_HARDENING);
    }
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// Files whose name holds a hash of their content never change; the page itself may at any time.
fn cache_control(asset: &Asset) -> &'static str {
    if asset.path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}
