//! What connecting and resuming cost a client when there are many tasks.

use std::time::Instant;

use serde_json::{Value, json};

use super::frames::Kind;
use super::socket::Socket;
use super::{Setting, fill, follows};
use crate::bench::load::{Connection, request};
use crate::bench::report::{Aim, figure, median};

const TASKS: u32 = 10_000;
const MISSED: u32 = 100;
const FOLLOWING: &str = "/ws?v=2&topic=overview";

/// Bytes and milliseconds, of several takes.
#[derive(Default)]
struct Costs {
    bytes: Vec<f64>,
    ms: Vec<f64>,
}

pub(super) async fn measure(setting: &Setting) -> anyhow::Result<Vec<Aim>> {
    let product = setting.product()?;
    let tasks = setting.size(TASKS, 1000);
    fill::tasks(product.port, "task-", tasks).await?;
    println!("a client that connects to {tasks} tasks, until it may go on:");
    let mut plain = Costs::default();
    for _ in 0..=2 * setting.rounds {
        plain.greet(product.port, "/ws").await?;
    }
    plain.show("plain: snapshot");
    if !follows(product.port, FOLLOWING, 1).await? {
        return Ok(Vec::new());
    }
    let (mut fresh, mut resumed) = (Costs::default(), Costs::default());
    for _ in 0..=2 * setting.rounds {
        let greeting = fresh.greet(product.port, FOLLOWING).await?;
        let seq = &greeting["seq"];
        let epoch = greeting["payload"]["epoch"].as_str().unwrap_or_default();
        miss(product.port).await?;
        let path = format!("/ws?v=2&epoch={epoch}&topic=overview&after={seq}");
        match resumed.greet(product.port, &path).await {
            Ok(greeting) if greeting["payload"]["recovered"] == true => {}
            Ok(greeting) => println!("resuming did not recover: {greeting}"),
            Err(error) => {
                println!("resuming is not served: {error:#}");
                break;
            }
        }
    }
    fresh.show("following: subscribed anew");
    resumed.show("following: resumed after 100 missed changes");
    Ok(Vec::new())
}

impl Costs {
    /// Connects, and adds what came until the greeting, which it returns.
    async fn greet(&mut self, port: u16, path: &str) -> anyhow::Result<Value> {
        let start = Instant::now();
        let mut socket = Socket::open(port, path).await?;
        let mut bytes = 0;
        loop {
            let heard = socket.next().await?;
            bytes += heard.bytes;
            match heard.kind {
                Kind::Greeting => {
                    self.bytes.push(figure(bytes));
                    self.ms.push(start.elapsed().as_secs_f64() * 1e3);
                    return Ok(serde_json::from_slice(&heard.payload)?);
                }
                Kind::Trouble => anyhow::bail!("{}", String::from_utf8_lossy(&heard.payload)),
                Kind::Change | Kind::Now | Kind::Control => {}
            }
        }
    }

    fn show(&self, what: &str) {
        println!(
            "{what:<46}{:>12.0} bytes{:>10.2} ms",
            median(&self.bytes),
            median(&self.ms)
        );
    }
}

/// Changes a hundred tasks.
async fn miss(port: u16) -> anyhow::Result<()> {
    let mut connection = Connection::open(port).await?;
    for number in 0..MISSED {
        let body = json!({
            "taskId": format!("task-{}", number * 7),
            "title": "What was meanwhile",
            "body": "a line",
        });
        let request = request(port, "/api/save-context", &body.to_string());
        connection.post(&request).await?;
    }
    Ok(())
}
