//! Who may talk to the server: `Host`, `Origin`, the token.

use std::net::Ipv4Addr;

use agent_tracer_server::{Server, StartError, Token};
use serde_json::json;
use tokio::net::TcpStream;
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::support::{Answer, Host, Request, local};

const TOKEN: &str = "0123456789abcdef";

async fn guarded() -> Host {
    Host::with(|config| config.token = Some(Token::new(TOKEN).unwrap())).await
}

/// Tries to upgrade with some headers; gives the status.
async fn upgrade(host: &Host, headers: &[(&'static str, &str)]) -> u16 {
    let mut request = format!("ws://{}/ws", host.address)
        .into_client_request()
        .unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    let stream = TcpStream::connect(host.address).await.unwrap();
    match client_async(request, stream).await {
        Ok((_, answer)) => answer.status().as_u16(),
        Err(Error::Http(answer)) => answer.status().as_u16(),
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn only_names_of_this_machine_are_served() {
    let host = Host::start().await;
    let port = host.address.port();
    let ask = async |name: &str| {
        let request = Request::new("GET", "/api/tasks").header("host", name);
        host.send(request).await
    };
    for name in [
        "localhost",
        "LOCALHOST:3847",
        "127.0.0.1",
        "[::1]",
        &format!("localhost:{port}"),
    ] {
        ask(name).await.ok();
        assert_eq!(upgrade(&host, &[("host", name)]).await, 101, "{name}");
    }
    for name in [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.nip.io:3847",
        "0.0.0.0",
        "",
    ] {
        assert_eq!(ask(name).await.refused(403), "foreign_host", "{name}");
    }
    assert_eq!(upgrade(&host, &[("host", "evil.example")]).await, 403);
}

#[tokio::test]
async fn only_pages_of_this_machine_may_ask() {
    let host = Host::start().await;
    for origin in [
        "http://localhost:5173",
        "http://127.0.0.1",
        "https://[::1]:1",
    ] {
        host.send(Request::new("GET", "/api/tasks").header("origin", origin))
            .await
            .ok();
        assert_eq!(upgrade(&host, &[("origin", origin)]).await, 101, "{origin}");
    }
    for origin in [
        "http://evil.example",
        "null",
        "file://",
        "http://localhost.evil.example",
        "",
    ] {
        let start = json!({ "title": "x" });
        for request in [
            Request::new("GET", "/api/tasks"),
            Request::new("GET", "/"),
            Request::new("OPTIONS", "/api/tasks"),
            Request::new("POST", "/api/task-start").json(&start),
            Request::new("POST", "/hooks/claude-code").body("{}"),
            Request::new("DELETE", "/api/tasks/finished"),
        ] {
            let answer = host.send(request.header("origin", origin)).await;
            assert_eq!(answer.refused(403), "foreign_origin", "{origin}");
            assert_eq!(answer.header("access-control-allow-origin"), None);
        }
        assert_eq!(upgrade(&host, &[("origin", origin)]).await, 403, "{origin}");
    }
    assert_eq!(host.read("/api/overview").await["stats"]["totalTasks"], 0);
}

#[tokio::test]
async fn other_machines_are_not_served_without_a_token() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = local(&folder);
    config.host = Ipv4Addr::UNSPECIFIED.into();
    let refused = Server::bind(config.clone()).await.err().expect("a refusal");
    assert!(matches!(refused, StartError::TokenRequired(_)), "{refused}");
    assert!(!config.database.exists(), "nothing is made");
    config.token = Some(Token::new(TOKEN).unwrap());
    assert!(Server::bind(config).await.is_ok());
}

#[tokio::test]
async fn with_a_token_every_request_must_carry_it() {
    let host = guarded().await;
    let get = |path: &str| Request::new("GET", path);
    let bearer = format!("Bearer {TOKEN}");
    for path in ["/", "/health", "/api/tasks", "/api/none", "/assets/none.js"] {
        let answer = host.send(get(path)).await;
        assert_eq!(answer.refused(401), "token_required", "{path}");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    }
    let hook = Request::new("POST", "/hooks/claude-code").body("{}");
    assert_eq!(host.send(hook).await.refused(401), "token_required");
    assert_eq!(upgrade(&host, &[]).await, 401);
    assert_eq!(upgrade(&host, &[("authorization", &bearer)]).await, 101);
    host.send(get("/api/tasks").header("authorization", &bearer))
        .await
        .ok();
    for wrong in [
        "Bearer",
        "Bearer 0123456789abcdeF",
        TOKEN,
        "Basic 0123456789abcdef",
    ] {
        let request = get("/api/tasks").header("authorization", wrong);
        assert_eq!(
            host.send(request).await.refused(401),
            "token_required",
            "{wrong}"
        );
    }
    let in_url = get(&format!("/api/tasks?token={TOKEN}"));
    assert_eq!(host.send(in_url).await.refused(401), "token_required");
    let foreign = get("/api/tasks")
        .header("authorization", &bearer)
        .header("origin", "http://evil.example");
    assert_eq!(host.send(foreign).await.refused(403), "foreign_origin");
}

async fn log_in(host: &Host, token: &str) -> Answer {
    let form = Request::new("POST", "/login")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("token={token}"));
    host.send(form).await
}

#[tokio::test]
async fn a_person_logs_in_and_gets_a_cookie() {
    let host = guarded().await;
    let page = Request::new("GET", "/").header("accept", "text/html,*/*");
    let sent_on = host.send(page.clone()).await;
    assert_eq!(
        (sent_on.status, sent_on.header("location")),
        (303, Some("/login"))
    );
    let form = host.get("/login").await;
    assert_eq!(form.status, 200);
    assert!(form.text().contains("<form"));
    let wrong = log_in(&host, "wrong").await;
    assert_eq!((wrong.status, wrong.header("set-cookie")), (401, None));
    assert!(
        !wrong.text().contains("wrong"),
        "what was typed is not repeated"
    );
    let right = log_in(&host, TOKEN).await;
    assert_eq!((right.status, right.header("location")), (303, Some("/")));
    let cookie = right.header("set-cookie").unwrap();
    assert!(
        cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Strict"),
        "{cookie}"
    );
    assert!(!cookie.contains(TOKEN), "the cookie is not the token");
    let pair = cookie.split(';').next().unwrap();
    assert_eq!(host.send(page.header("cookie", pair)).await.status, 200);
    let with_others = format!("a=b; {pair}");
    assert_eq!(upgrade(&host, &[("cookie", &with_others)]).await, 101);
    let made_up = Request::new("GET", "/api/tasks").header("cookie", "agent-tracer=x");
    assert_eq!(host.send(made_up).await.refused(401), "token_required");
}

#[tokio::test]
async fn a_strange_login_is_refused_in_good_order() {
    let host = guarded().await;
    let form = "application/x-www-form-urlencoded";
    for (kind, body) in [
        ("text/plain", "token=x"),
        (form, ""),
        (form, "other=x"),
        ("application/json", "{}"),
    ] {
        let login = Request::new("POST", "/login")
            .header("content-type", kind)
            .body(body);
        let answer = host.send(login).await;
        assert!((400..500).contains(&answer.status), "{kind} {body}");
        answer.refused(answer.status);
    }
    let open = Host::start().await;
    assert_eq!(log_in(&open, "x").await.status, 303, "nothing to log in to");
}

#[tokio::test]
async fn every_answer_is_hardened() {
    let host = Host::start().await;
    let foreign = Request::new("GET", "/").header("host", "evil.example");
    for answer in [
        host.get("/").await,
        host.get("/api/tasks").await,
        host.get("/api/none").await,
        host.send(foreign).await,
    ] {
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            Some("same-origin")
        );
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
}

#[tokio::test]
async fn a_page_keeps_to_itself() {
    for (host, path) in [(Host::start().await, "/"), (guarded().await, "/login")] {
        let page = host.get(path).await;
        assert_eq!(page.header("x-frame-options"), Some("DENY"));
        assert_eq!(page.header("referrer-policy"), Some("same-origin"));
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src") && policy.contains("frame-ancestors 'none'"));
        assert!(!policy.contains("http"), "{policy}");
    }
}
