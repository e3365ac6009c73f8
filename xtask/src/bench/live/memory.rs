//! What a server keeps for a client that listens while nothing happens.

use std::time::Duration;

use tokio::time::sleep;

use super::crowd::Crowd;
use super::rss::{Held, open_files_max};
use super::{FOLLOWED, Setting, fill, following, follows, peer};
use crate::bench::report::{Aim, Bound, figure, median};
use crate::bench::served::Served;

const CLIENTS: u32 = 2000;
/// Files that the server and the bench have open beside the clients.
const OTHER_FILES: u32 = 200;
/// The first clients make a server build what it keeps for good.
const FIRST: u32 = 20;
const SETTLE: Duration = Duration::from_millis(1500);

const TASK: &str = "bench";

/// Bytes a connection.
#[derive(Default)]
struct Column {
    anonymous: Vec<f64>,
    resident: Vec<f64>,
}

pub(super) async fn measure(setting: &Setting) -> anyhow::Result<Vec<Aim>> {
    let room = open_files_max().saturating_sub(OTHER_FILES);
    let clients = setting.size(CLIENTS, 500).min(room);
    let mut columns: [Column; 3] = Default::default();
    for _ in 0..setting.rounds {
        let product = setting.product()?;
        fill::task(product.port, TASK).await?;
        columns[0].add(&product, "/ws", 1, clients).await?;
        if follows(product.port, &following(TASK), FOLLOWED).await? {
            // A server of its own: what the plain clients have left behind would be used again.
            let product = setting.product()?;
            fill::task(product.port, TASK).await?;
            columns[1]
                .add(&product, &following(TASK), FOLLOWED, clients)
                .await?;
        }
        if let Some(peer) = peer::start(&setting.release, &setting.folder()?)? {
            columns[2].add(&peer, "/ws", 1, clients).await?;
        }
    }
    println!("bytes an idle connection, of {clients}    heap and stacks    resident");
    for (name, column) in ["plain", "following", "Node ws"].iter().zip(&columns) {
        if let Some((anonymous, resident)) = column.medians() {
            println!("{name:<30}{anonymous:>21.0}{resident:>12.0}");
        }
    }
    let aim = |what, column: &Column| Aim {
        what,
        measured: column.medians().map(|(anonymous, _)| anonymous / 1024.0),
        bound: Bound::AtMost(3.0),
    };
    Ok(vec![
        aim("KiB of memory an idle connection, plain", &columns[0]),
        aim("KiB of memory an idle connection, following", &columns[1]),
    ])
}

impl Column {
    async fn add(
        &mut self,
        served: &Served,
        path: &str,
        greetings: u64,
        clients: u32,
    ) -> anyhow::Result<()> {
        drop(Crowd::join(served.port, path, FIRST, greetings).await?);
        sleep(SETTLE).await;
        let before = Held::by(served.pid())?;
        let crowd = Crowd::join(served.port, path, clients, greetings).await?;
        sleep(SETTLE).await;
        let after = Held::by(served.pid())?;
        crowd.check()?;
        let each = |after: u64, before: u64| (figure(after) - figure(before)) / f64::from(clients);
        self.anonymous.push(each(after.anonymous, before.anonymous));
        self.resident.push(each(after.resident, before.resident));
        Ok(())
    }

    fn medians(&self) -> Option<(f64, f64)> {
        (!self.anonymous.is_empty()).then(|| (median(&self.anonymous), median(&self.resident)))
    }
}
