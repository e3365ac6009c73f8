//! OTLP over gRPC, spoken by hand: one frame there, one back, and the status in the trailers.

use std::net::SocketAddr;

use agent_tracer_server::{Config, Server, Token};
use axum::body::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http2;
use hyper::{HeaderMap, Request};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;

use crate::otlp::{attach, sent};
use crate::support::{Host, local};

const TRACES: &str = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
const METRICS: &str = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

/// What came back.
struct Called {
    http_status: u16,
    frames: Bytes,
    /// The trailers; the headers, where there are none.
    trailers: HeaderMap,
}

/// Sends one message.
async fn call(address: SocketAddr, path: &str, message: &[u8]) -> Called {
    let stream = TokioIo::new(TcpStream::connect(address).await.unwrap());
    let (mut sender, connection) = http2::handshake(TokioExecutor::new(), stream)
        .await
        .unwrap();
    tokio::spawn(connection);
    let mut frame = vec![0];
    frame.extend_from_slice(&u32::try_from(message.len()).unwrap().to_be_bytes());
    frame.extend_from_slice(message);
    let request = Request::post(format!("http://{address}{path}"))
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .body(Full::new(Bytes::from(frame)))
        .unwrap();
    let (head, body) = sender.send_request(request).await.unwrap().into_parts();
    let collected = body.collect().await.unwrap();
    let trailers = collected.trailers().cloned();
    Called {
        http_status: head.status.as_u16(),
        frames: collected.to_bytes(),
        trailers: trailers.unwrap_or(head.headers),
    }
}

async fn host(change: impl FnOnce(&mut Config)) -> (Host, SocketAddr) {
    let folder = tempfile::tempdir().unwrap();
    let mut config = local(&folder);
    config.otlp_grpc_port = Some(0);
    change(&mut config);
    let server = Server::bind(config).await.unwrap();
    let address = server.otlp_grpc_address().unwrap();
    (Host::run(server, folder), address)
}

#[tokio::test]
async fn a_delivery_over_grpc_counts_like_any_other() {
    let (host, address) = host(|_| {}).await;
    let task = attach(&host, "copilot-cli", "a361432d-215d-443d-b428-015b48b34e0b").await;
    for body in sent("copilot-cli/continue") {
        let path = if body.path == "/v1/traces" {
            TRACES
        } else {
            METRICS
        };
        let called = call(address, path, &body.body).await;
        assert_eq!(called.trailers["grpc-status"], "0");
        assert_eq!(&called.frames[..], [0; 5], "an empty message");
    }
    let usage = host.read(&format!("/api/tasks/{task}/usage")).await;
    assert_eq!(usage["usage"]["total"]["requests"], 4);
    host.stop().await;
}

#[tokio::test]
async fn what_is_no_message_is_refused_and_the_next_one_taken() {
    let (host, address) = host(|_| {}).await;
    let refused = call(address, TRACES, &[0xff; 20]).await;
    assert_ne!(refused.trailers["grpc-status"], "0");
    let taken = call(address, TRACES, &[]).await;
    assert_eq!(taken.trailers["grpc-status"], "0");
    host.stop().await;
}

#[tokio::test]
async fn the_token_is_asked_for_here_too() {
    let (host, address) = host(|config| {
        config.token = Some(Token::new("0123456789abcdef").unwrap());
    })
    .await;
    assert_eq!(call(address, TRACES, &[]).await.http_status, 401);
    host.stop().await;
}
