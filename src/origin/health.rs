//! How well an origin is: up, failing, slow or silent (caching.md section 4.4).

use serde::{Deserialize, Serialize};

use crate::distribution::TlsProtocol;
use crate::http::Status;

/// How an origin meets requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Health {
    /// It answers.
    #[default]
    Up,
    /// Every answer is this error.
    Failing(Status),
    /// It takes so many seconds more for each answer.
    Slow {
        /// Seconds.
        secs: u64,
    },
    /// It takes the request and never answers.
    Silent,
    /// Its port refuses the connection.
    Refuses,
    /// Packets to it are dropped on the way.
    Unreachable,
    /// Its name does not resolve.
    NameUnresolved,
    /// Its certificate does not hold, for whatever reason.
    BadCertificate,
    /// Its certificate names another host (TLS-67).
    OtherName,
    /// Its certificate has run out (TLS-68).
    Expired,
    /// Its certificate is signed by itself (TLS-68).
    SelfSigned,
    /// It speaks this version of TLS and what is older (TLS-65).
    Speaks(TlsProtocol),
    /// Its answers break off in the middle of the content.
    BreaksOff,
}

impl Health {
    /// CONN-06 (MODEL): whether a connection to it can come about, and one that stood before goes on.
    pub const fn holds_connections(self) -> bool {
        !matches!(
            self,
            Self::Refuses
                | Self::Unreachable
                | Self::NameUnresolved
                | Self::BadCertificate
                | Self::OtherName
                | Self::Expired
                | Self::SelfSigned
        )
    }

    /// The newest version of TLS that it speaks.
    pub const fn newest_tls(self) -> TlsProtocol {
        match self {
            Self::Speaks(protocol) => protocol,
            _ => TlsProtocol::Tls13,
        }
    }
}
