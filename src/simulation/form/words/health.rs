//! How well an origin is, in words: `up` · `failing 503` · `speaks TLSv1`.

use super::{Fault, Words, not};
use crate::distribution::TlsProtocol;
use crate::http::Status;
use crate::origin::Health;

/// The word for it, and what follows that word.
pub(super) fn written(health: Health) -> (&'static str, Option<String>) {
    match health {
        Health::Up => ("up", None),
        Health::Failing(status) => ("failing", Some(status.0.to_string())),
        Health::Slow { secs } => ("slow", Some(secs.to_string())),
        Health::Silent => ("silent", None),
        Health::Refuses => ("refuses", None),
        Health::Unreachable => ("unreachable", None),
        Health::NameUnresolved => ("unresolved", None),
        Health::BadCertificate => ("bad-certificate", None),
        Health::OtherName => ("other-name", None),
        Health::Expired => ("expired", None),
        Health::SelfSigned => ("self-signed", None),
        Health::Speaks(protocol) => ("speaks", Some(protocol.as_str().to_owned())),
        Health::BreaksOff => ("breaks-off", None),
    }
}

/// The health that some words mean.
pub(super) fn read(words: &mut Words) -> Result<Health, Fault> {
    Ok(match words.next("health")? {
        "failing" => {
            let status = words.number("status")?;
            let is_error = (400..600).contains(&status);
            let fault = || {
                let rule = "an origin fails with a status from 400 to 599";
                Fault { word: words.next - 1, wrong: not(rule, &status.to_string()).into() }
            };
            Health::Failing(Status(is_error.then_some(status as u16).ok_or_else(fault)?))
        }
        "speaks" => Health::Speaks(words.read("version of TLS", tls)?),
        "slow" => Health::Slow { secs: words.number("number of seconds")? },
        word => {
            let plain = [
                Health::Up,
                Health::Silent,
                Health::Refuses,
                Health::Unreachable,
                Health::NameUnresolved,
                Health::BadCertificate,
                Health::OtherName,
                Health::Expired,
                Health::SelfSigned,
                Health::BreaksOff,
            ];
            let known = plain.into_iter().find(|health| written(*health).0 == word);
            let rule = "an origin is up, failing, slow, silent, refuses, unreachable, unresolved, bad-certificate, \
                other-name, expired, self-signed or breaks-off, or speaks a version of TLS";
            known.ok_or_else(|| Fault { word: words.next - 1, wrong: not(rule, word).into() })?
        }
    })
}

fn tls(text: &str) -> Result<TlsProtocol, String> {
    let words = TlsProtocol::ALL.map(TlsProtocol::as_str).join(", ");
    let found = TlsProtocol::ALL.into_iter().find(|protocol| protocol.as_str() == text);
    found.ok_or_else(|| not(&format!("a version of TLS is one of {words}"), text))
}
