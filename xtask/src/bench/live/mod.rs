//! How changes reach clients: what a delivered message, a connection and a page cost.
//!
//! Every figure stands beside one that was taken in the same run: the least that delivering can
//! cost (`floor.rs`), or the reference's broadcaster (`peer.rs`).

mod crowd;
mod delivery;
mod delivery_table;
mod drive;
pub(crate) mod floor;
mod frames;
mod latency;
mod memory;
mod page;
mod peer;
mod resume;
mod rss;
mod socket;
mod stalled;

use std::cell::Cell;
use std::path::{Path, PathBuf};

use super::fill;
use super::report::Aim;
use super::served::Served;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Times that each part is measured; the medians are shown.
    #[arg(long, default_value_t = 3)]
    rounds: u32,
    /// Shorter takes: to see that everything runs, not for figures.
    #[arg(long)]
    quick: bool,
    /// Runs one part alone; may be given several times.
    #[arg(long, value_enum, value_name = "NAME")]
    only: Vec<Part>,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq)]
enum Part {
    /// CPU per delivered message.
    Delivery,
    /// Memory per idle connection.
    Memory,
    /// Clients that never read.
    Stalled,
    /// What an event costs a page, in a real browser.
    Page,
    /// What a page with 10,000 tasks asks for first.
    First,
    /// Connecting and resuming at 10,000 tasks.
    Resume,
    /// From a POST to its frame.
    Latency,
}

const PARTS: [Part; 7] = [
    Part::Delivery,
    Part::Memory,
    Part::Stalled,
    Part::Page,
    Part::First,
    Part::Resume,
    Part::Latency,
];

/// What every part needs to know.
struct Setting {
    release: PathBuf,
    folder: PathBuf,
    rounds: u32,
    quick: bool,
    folders: Cell<u32>,
}

impl Setting {
    /// A fresh folder, for a server of its own.
    fn folder(&self) -> anyhow::Result<PathBuf> {
        self.folders.set(self.folders.get() + 1);
        let folder = self.folder.join(self.folders.get().to_string());
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// The product on an empty database.
    fn product(&self) -> anyhow::Result<Served> {
        Served::product(&self.release, &self.folder()?)
    }

    /// One of two numbers.
    fn size(&self, full: u32, quick: u32) -> u32 {
        if self.quick { quick } else { full }
    }
}

/// As many topics does [`following`] name.
const FOLLOWED: u64 = 2;

/// The path of a client that follows the overview and a task.
fn following(task: &str) -> String {
    format!("/ws?v=2&topic=overview&topic=task:{task}")
}

/// Whether a server lets a client follow what a path names, which is so many topics; says so if not.
async fn follows(port: u16, path: &str, topics: u64) -> anyhow::Result<bool> {
    let mut socket = socket::Socket::open(port, path).await?;
    let first = socket.next().await?;
    let why = if frames::type_of(&first.payload) == b"snapshot" {
        "is not served".to_owned()
    } else {
        // By a connection of its own, as the first frame may have been the answer already.
        let mut socket = socket::Socket::open(port, path).await?;
        match socket.greeted(topics).await {
            Ok(()) => return Ok(true),
            Err(error) => format!("does not let a client subscribe ({error:#})"),
        }
    };
    println!("/ws?v=2 {why}: following clients are left out");
    Ok(false)
}

pub(super) fn run(options: &Options, release: &Path) -> anyhow::Result<()> {
    let folder = tempfile::tempdir_in(release)?;
    let setting = Setting {
        release: release.to_path_buf(),
        folder: folder.path().to_path_buf(),
        rounds: if options.quick { 1 } else { options.rounds },
        quick: options.quick,
        folders: Cell::new(0),
    };
    // One thread: the clients share the processors with the server that they listen to.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut aims = Vec::new();
    for part in PARTS {
        if options.only.is_empty() || options.only.contains(&part) {
            println!("\n{part:?}");
            aims.extend(runtime.block_on(measure(part, &setting))?);
        }
    }
    println!();
    for aim in &aims {
        println!("{}", aim.line());
    }
    Ok(())
}

async fn measure(part: Part, setting: &Setting) -> anyhow::Result<Vec<Aim>> {
    match part {
        Part::Delivery => delivery::measure(setting).await,
        Part::Memory => memory::measure(setting).await,
        Part::Stalled => stalled::measure(setting).await,
        Part::Page => page::events(setting).await,
        Part::First => page::first(setting).await,
        Part::Resume => resume::measure(setting).await,
        Part::Latency => latency::measure(setting).await,
    }
}
