//! Agent Tracer: shows, live, what the coding agents on this machine are doing.

mod arguments;
mod client;
mod demo;
mod doctor;
mod hook;
mod hooks;
mod import;
mod say;
mod serve;
mod settings;

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
    let words = std::env::args_os().map(|word| word.to_string_lossy().into_owned());
    if let Some(asked) = hook::asked_for(words) {
        hook::run(&asked);
        return ExitCode::SUCCESS;
    }
    let arguments = Arguments::parse();
    let result = match arguments.verb {
        None => serve::run(&arguments.serve),
        Some(Verb::Serve(serve)) => serve::run(&serve),
        Some(Verb::Demo(demo)) => demo::run(&demo),
        Some(Verb::Hooks(hooks)) => hooks::run(&hooks),
        Some(Verb::Import(import)) => import::run(&import),
        Some(Verb::Doctor(doctor)) => doctor::run(&doctor),
        // Only `hook --help` and a hook without an agent get here.
        Some(Verb::Hook { .. }) => Ok(()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say::complain(&error);
            ExitCode::FAILURE
        }
    }
}
