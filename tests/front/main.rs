//! examples/edge over real sockets: it answers as the simulation does, survives what clients and origins do to it, and says
//! why it does not start.
//!
//! The example's modules are compiled in. To have it as a process of its own, with signals and an exit code, this test
//! program starts itself anew with [`the_front_itself`] alone.
#![cfg(unix)]
#![allow(clippy::unwrap_used, unreachable_pub)]
// Sockets are waited for by the wall clock.
#![allow(clippy::disallowed_methods)]

#[path = "../../examples/edge/main.rs"]
#[allow(dead_code)]
mod edge;

mod bytes;
mod client;
#[path = "../common/mod.rs"]
mod common;
mod faults;
mod hostile;
mod imported;
mod origin;
mod process;
mod simulated;
mod source;
mod start;
mod stop;

/// No test: the front, where a test has started this program for it.
#[test]
#[ignore = "it is what the other tests start"]
fn the_front_itself() {
    if let Some(job) = process::Job::from_environment() {
        std::process::exit(edge::run(&job.arguments, |options| job.set_up(options)).into());
    }
}
