//! What is said on the command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use edgewalk::network::City;

pub(crate) const HELP: &str = "\
Usage: cargo run --release --example edge -- --listen ADDRESS --origin URL [options]

  --listen ADDRESS       Where viewers connect, as in 127.0.0.1:8081; port 0 takes a free one.
  --origin URL           Where every origin of the distribution really is, as in http://127.0.0.1:8000.
  --distribution FILE    A CloudFront DistributionConfig as JSON. Without one: a single origin and CachingOptimized.
  --policy FILE          A policy that it names, or another document that goes with it, such as a key group, as the AWS CLI
                         prints it; may be given several times.
  --city NAME            Where the viewers are: it chooses the POP and its regional edge cache. Default: frankfurt.
  --pop-capacity BYTES   Room in the POP; the regional edge cache has ten times as much. Default: 268435456.
  --time-scale N         Stored responses age N times as fast. Default: 1. Time-outs of sockets stay as they are.
  --log                  One line a request: method, target, status, X-Cache.
  --help                 This text.
";

/// The largest scale: a second is ten days.
const LARGEST_SCALE: u32 = 864_000;

/// The largest capacity of the POP, in bytes.
const LARGEST_CAPACITY: u64 = 1_000_000_000_000;

/// What a command line asks for.
#[derive(Debug)]
pub(crate) enum Asked {
    /// To be told how to ask.
    Help,
    /// To serve.
    Run(Options),
}

/// How to serve.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) listen: SocketAddr,
    pub(crate) origin: OriginUrl,
    pub(crate) distribution: Option<PathBuf>,
    pub(crate) policies: Vec<PathBuf>,
    pub(crate) city: City,
    /// In bytes.
    pub(crate) pop_capacity: u64,
    pub(crate) time_scale: u32,
    pub(crate) log: bool,
}

/// Where the origin's socket is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OriginUrl {
    /// A name or an address, without brackets.
    pub(crate) host: String,
    pub(crate) port: u16,
}

impl Options {
    /// Reads a command line; the error is a sentence that names the option, the value and the rule.
    pub(crate) fn parse(arguments: &[String]) -> Result<Asked, String> {
        let (mut listen, mut origin, mut distribution) = (None, None, None);
        let mut city = City::find("frankfurt").map_err(|error| error.to_string())?;
        let mut policies = Vec::new();
        let (mut pop_capacity, mut time_scale, mut log) = (268_435_456, 1, false);
        let mut arguments = arguments.iter();
        while let Some(option) = arguments.next() {
            let mut value =
                || arguments.next().ok_or_else(|| format!("{option} needs a value: see --help"));
            match option.as_str() {
                "--help" | "-h" => return Ok(Asked::Help),
                "--log" => log = true,
                "--listen" => {
                    let given = value()?;
                    listen = Some(given.parse().map_err(|_| {
                        format!(
                            "--listen takes an address and a port, as in 127.0.0.1:8081, not {given:?}"
                        )
                    })?);
                }
                "--origin" => origin = Some(OriginUrl::parse(value()?)?),
                "--distribution" => distribution = Some(PathBuf::from(value()?)),
                "--policy" => policies.push(PathBuf::from(value()?)),
                "--city" => {
                    city = City::find(value()?).map_err(|error| format!("--city: {error}"))?;
                }
                "--pop-capacity" => {
                    pop_capacity = number(option, value()?, LARGEST_CAPACITY)?;
                }
                "--time-scale" => {
                    let given = number(option, value()?, LARGEST_SCALE.into())?;
                    time_scale = u32::try_from(given).unwrap_or(LARGEST_SCALE);
                }
                unknown => return Err(format!("there is no option {unknown:?}: see --help")),
            }
        }
        if distribution.is_none() && !policies.is_empty() {
            return Err(
                "--policy without --distribution names what nothing uses: see --help".into()
            );
        }
        Ok(Asked::Run(Self {
            listen: listen.ok_or("--listen is missing: see --help")?,
            origin: origin.ok_or("--origin is missing: see --help")?,
            distribution,
            policies,
            city,
            pop_capacity,
            time_scale,
            log,
        }))
    }
}

fn number(option: &str, given: &str, largest: u64) -> Result<u64, String> {
    match given.parse() {
        Ok(number) if (1..=largest).contains(&number) => Ok(number),
        _ => Err(format!("{option} takes a whole number from 1 to {largest}, not {given:?}")),
    }
}

impl OriginUrl {
    fn parse(given: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "--origin takes a URL of scheme http with nothing behind the port, as in http://127.0.0.1:8000, not {given:?}"
            )
        };
        let authority = given.strip_prefix("http://").ok_or_else(wrong)?;
        let authority = authority.strip_suffix('/').unwrap_or(authority);
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => {
                (host, port.parse().map_err(|_| wrong())?)
            }
            _ => (authority, 80),
        };
        let host = match host.strip_prefix('[') {
            Some(address) => address.strip_suffix(']').ok_or_else(wrong)?,
            None if host.contains(':') => return Err(wrong()),
            None => host,
        };
        if host.is_empty() || host.contains(['/', '?', '#', '@']) || port == 0 {
            return Err(wrong());
        }
        Ok(Self { host: host.to_owned(), port })
    }
}

impl std::fmt::Display for OriginUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.host.contains(':') {
            write!(f, "http://[{}]:{}", self.host, self.port)
        } else {
            write!(f, "http://{}:{}", self.host, self.port)
        }
    }
}
