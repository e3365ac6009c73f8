//! Every chore of the repository: `cargo xtask --help`.
#![expect(clippy::print_stdout, reason = "a command-line tool talks on stdout")]

mod generate;

use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Writes the generated files (the page's types).
    Gen,
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().chore {
        Chore::Gen => generate::write(),
    }
}
