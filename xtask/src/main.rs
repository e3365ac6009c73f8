//! Every chore of the repository: `cargo xtask --help`.
#![expect(clippy::print_stdout, reason = "a command-line tool talks on stdout")]

mod bench;
mod ci;
mod generate;
mod screenshots;
mod tidy;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Runs every check, stopping at the first that fails.
    Ci(ci::Options),
    /// Writes the generated files (the page's types).
    Gen,
    /// Checks what no compiler does: crate arrows, file sizes, banned words, generated files.
    Tidy,
    /// Measures the server beside a bare one, in one run on one machine.
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Serves the least server that could do the job; `bench` starts it as its peer.
    #[command(hide = true)]
    BareServer(bench::bare::Options),
    /// Serves the least that telling every client could cost; `bench` starts it as its peer.
    #[command(hide = true)]
    FloorServer,
    /// Writes pictures of the page to e2e/out, in both themes and three widths.
    Screenshots,
}

fn main() -> ExitCode {
    let done = perform(Arguments::parse().chore);
    done.unwrap_or_else(|error| {
        // Not `?`: that would print where in this program the error was made, which helps nobody.
        println!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn perform(chore: Chore) -> anyhow::Result<ExitCode> {
    match chore {
        Chore::Ci(options) => return ci::run(&options),
        Chore::Gen => generate::write()?,
        Chore::Tidy => return tidy::run(),
        Chore::Bench(bench) => return bench::run(&bench),
        Chore::BareServer(options) => bench::bare::serve(&options)?,
        Chore::FloorServer => bench::live::floor::serve()?,
        Chore::Screenshots => screenshots::write()?,
    }
    Ok(ExitCode::SUCCESS)
}
