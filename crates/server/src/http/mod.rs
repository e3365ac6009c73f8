//! The routes: one list, so that a reader sees at once what is served and by whom.

mod body;
mod error;
mod finished;
mod guard;
mod hook_call;
mod hooks;
mod import;
pub(crate) mod lenient;
mod login;
mod otlp;
mod page;
mod path;
mod read;
mod socket;
mod subscriptions;
mod write;

use agent_tracer_core::wire::request::PostRoute;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, delete, get, patch, post};
use tower_http::catch_panic::CatchPanicLayer;

use crate::state::App;

pub(crate) use otlp::OtlpIntake;
pub(crate) use read::cut_event;

/// Everything that is answered on the port of OTLP over gRPC.
pub(crate) fn grpc_router(app: App) -> Router {
    Router::new()
        .route(otlp::LOGS_SERVICE, post(otlp::grpc_logs))
        .route(otlp::METRICS_SERVICE, post(otlp::grpc_metrics))
        .route(otlp::TRACES_SERVICE, post(otlp::grpc_traces))
        .layer(from_fn_with_state(app.clone(), guard::check))
        .layer(CatchPanicLayer::custom(error::panicked))
        .with_state(app)
}

/// Everything the server answers.
pub use hook_call::redacted;
pub(crate) use hook_call::{HookCall, session_of};

pub(crate) fn router(app: App) -> Router {
    let api = Router::new()
        .route("/health", get(read::health))
        .route("/api/overview", get(read::overview))
        .route(
            "/api/observability/overview",
            get(read::overview_observability),
        )
        .route("/api/tasks", get(read::tasks))
        .route(
            "/api/tasks/finished",
            get(read::finished).delete(write::delete_finished),
        )
        .route("/api/tasks/restore", post(write::restore_tasks))
        .route("/api/tasks/{task}/restore", post(write::restore_task))
        .route("/api/trash", get(read::trash))
        .route(
            "/api/tasks/{task}",
            get(read::task)
                .patch(write::update_task)
                .delete(write::delete_task),
        )
        .route(
            "/api/tasks/{task}/observability",
            get(read::task_observability),
        )
        .route("/api/tasks/{task}/usage", get(read::task_usage))
        .route("/api/usage", get(read::usage))
        .route("/api/history", get(read::history))
        .route(
            "/api/tasks/{task}/evaluate",
            get(read::evaluation).post(write::evaluate_task),
        )
        .route("/api/events/{event}", get(read::event))
        .route("/api/events/{event}/raw", get(read::payloads))
        .route("/api/events/{event}/text", get(read::text))
        .route("/api/workspaces", get(read::workspaces))
        .route("/api/events/{event}", patch(write::rename_event))
        .route("/api/bookmarks", get(read::bookmarks))
        .route("/api/bookmarks/{bookmark}", delete(write::delete_bookmark))
        .route("/api/import", get(import::status).post(import::start))
        .route("/hooks/{agent}", post(hooks::take))
        .route("/v1/logs", post(otlp::logs))
        .route("/v1/metrics", post(otlp::metrics))
        .route("/v1/traces", post(otlp::traces))
        .route("/ws", any(socket::upgrade))
        .route("/login", get(login::form).post(login::log_in))
        .fallback(page::serve);
    PostRoute::ALL
        .iter()
        .fold(api, |api, route| {
            api.route(
                &format!("/api/{}", route.path),
                post(move |app, body| write::post(route, app, body)),
            )
        })
        // Holds for the routes above it only, so it comes after all of them.
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(from_fn_with_state(app.clone(), guard::check))
        .layer(CatchPanicLayer::custom(error::panicked))
        .with_state(app)
}
