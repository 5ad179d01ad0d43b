//! How well an origin is: up, failing, slow or silent (caching.md section 4.4).

use serde::{Deserialize, Serialize};

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
    /// Its certificate does not hold.
    BadCertificate,
    /// Its answers break off in the middle of the content.
    BreaksOff,
}

impl Health {
    /// CONN-06 (MODEL): whether a connection to it can come about, and one that stood before goes on.
    pub const fn holds_connections(self) -> bool {
        !matches!(
            self,
            Self::Refuses | Self::Unreachable | Self::NameUnresolved | Self::BadCertificate
        )
    }
}
