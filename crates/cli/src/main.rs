//! Agent Tracer: shows, live, what the coding agents on this machine are doing.

mod arguments;
mod client;
mod demo;
mod hook;
mod serve;

use std::process::ExitCode;

use arguments::{Arguments, Verb};
use clap::Parser as _;

/// A request makes and frees hundreds of small pieces on several threads; the system's allocator
/// spent a sixth of the server's time on that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // An agent waits for its hook and reads what it says: this path parses nothing, prints nothing
    // and cannot fail.
    if let Some(agent) = hook::asked_for(std::env::args()) {
        hook::run(&agent);
        return ExitCode::SUCCESS;
    }
    let arguments = Arguments::parse();
    let result = match arguments.verb {
        None => serve::run(&arguments.serve),
        Some(Verb::Serve(serve)) => serve::run(&serve),
        Some(Verb::Demo(demo)) => demo::run(&demo),
        // Only `hook --help` and a hook without an agent get here.
        Some(Verb::Hook { .. }) => Ok(()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

#[expect(
    clippy::print_stderr,
    reason = "this is where the program talks to its user"
)]
fn complain(error: &anyhow::Error) {
    eprintln!("agent-tracer: {error:#}");
}
