//! Edgewalk's cache engine behind real sockets: an HTTP/1.1 front that answers as a CloudFront POP, its regional edge cache
//! and Origin Shield would.
//!
//! It is the second driver of `edgewalk::edge`; the simulation is the first. What is stored, for how long and under which
//! key, every field that is not framing, every status that the origin did not send: all of it is the engine's. The front
//! has sockets, a clock and the bytes.

mod clock;
mod code;
mod content;
mod contents;
mod driver;
pub(crate) mod options;
mod origin;
mod pool;
mod reply_body;
mod server;
pub(crate) mod setup;
mod translate;
mod upload;
mod viewer;

use std::io::Write;
use std::process::ExitCode;

use options::{Asked, Options};
use setup::Setup;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    ExitCode::from(run(&arguments, Setup::of))
}

/// Runs the front until it is told to stop; returns its exit code: 0 after a clean stop, 2 where it could not start.
pub(crate) fn run(
    arguments: &[String],
    set_up: impl FnOnce(&Options) -> Result<Setup, String>,
) -> u8 {
    let options = match Options::parse(arguments) {
        Ok(Asked::Run(options)) => options,
        Ok(Asked::Help) => {
            // Whoever closed the pipe does not want it.
            let _ = std::io::stdout().write_all(options::HELP.as_bytes());
            return 0;
        }
        Err(sentence) => return refused(&sentence),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return refused(&format!("no threads could be started ({error})")),
    };
    let ended = set_up(&options).and_then(|setup| runtime.block_on(server::serve(&options, setup)));
    runtime.shutdown_background();
    match ended {
        Ok(()) => 0,
        Err(sentence) => refused(&sentence),
    }
}

fn refused(sentence: &str) -> u8 {
    let _ = writeln!(std::io::stderr(), "edge: {sentence}");
    2
}
