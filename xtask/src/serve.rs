//! `cargo xtask serve`: builds the page, serves it to this machine alone, and builds it again after every change.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, ExitCode};

use crate::build::trunk;
use crate::machine::Machine;
use crate::project::Project;
use crate::setup;
use crate::stop::Stop;

const PORT: u16 = 8080;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Options {
    port: u16,
    open: bool,
}

impl Options {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self, Stop> {
        let mut options = Self { port: PORT, open: false };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--open" => options.open = true,
                "--port" => {
                    let given = arguments.next().map_or("", String::as_str);
                    options.port =
                        given.parse().ok().filter(|port| *port > 0).ok_or_else(|| {
                            Stop::new(format!(
                                "--port takes a number from 1 to 65535, not {given:?}"
                            ))
                        })?;
                }
                unknown => {
                    return Err(Stop::new(format!(
                        "`cargo xtask serve` takes --port N and --open, but was given {unknown:?}"
                    )));
                }
            }
        }
        Ok(options)
    }
}

pub(crate) fn serve(
    machine: &Machine,
    project: &Project,
    options: Options,
) -> Result<ExitCode, Stop> {
    let Options { port, open } = options;
    // Before a set-up of many minutes, not after it.
    check_port(port)?;
    let compiler = setup::for_serving(machine, project)?;
    let mut command = trunk(machine, project, &compiler)?;
    println!("* Building; then Edgewalk is on http://127.0.0.1:{port}/ until you press Ctrl-C.");
    command
        .args(["serve", "--offline", "--skip-version-check", "--port", &port.to_string(), "--dist"])
        // Not dist/, which holds the release.
        .arg(project.tools().join("served"));
    if open {
        command.arg("--open");
    }
    become_command(command)
}

fn check_port(port: u16) -> Result<(), Stop> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => Err(Stop::new(format!(
            "port {port} is taken by another program: end that one, or choose another port with `cargo xtask serve \
             --port {}`",
            port.checked_add(1).unwrap_or(PORT)
        ))),
        Err(error) => Err(Stop::new(format!(
            "port {port} cannot be used ({error}): choose another with `cargo xtask serve --port {PORT}`"
        ))),
    }
}

/// Trunk takes this process's place, so that whatever ends us ends the server.
#[cfg(unix)]
fn become_command(mut command: Command) -> Result<ExitCode, Stop> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(Stop::new(format!(
        "trunk could not be started ({error}): run `trunk serve` by hand to see why"
    )))
}

#[cfg(not(unix))]
fn become_command(mut command: Command) -> Result<ExitCode, Stop> {
    match command.status() {
        Ok(status) if status.success() => Ok(ExitCode::SUCCESS),
        Ok(_) => Ok(ExitCode::FAILURE),
        Err(error) => Err(Stop::new(format!(
            "trunk could not be started ({error}): run `trunk serve` by hand to see why"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, Stop> {
        Options::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_read_in_any_order() {
        assert_eq!(parse(""), Ok(Options { port: 8080, open: false }));
        assert_eq!(parse("--open --port 9000"), Ok(Options { port: 9000, open: true }));
        for wrong in ["--port", "--port 0", "--port 65536", "--port x", "--opne", "9000"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
