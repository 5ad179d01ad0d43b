//! What opening a connection costs: round trips before the request can leave.
//!
//! Sources: security-logs-edge.md section 3.5, TLS-51 to TLS-62; caching.md, CONN-01.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How a viewer's unused connection stays open at the edge location. MODEL: CloudFront does not say. It is longer
/// than the 60 s of a DNS answer, so that a walk can show that open connections outlive it (DNS-23).
pub const VIEWER_KEEP_ALIVE: Duration = Duration::from_secs(120);

/// How long an unused connection to a custom origin stays open by default (CONN-01, TLS-74).
pub const ORIGIN_KEEP_ALIVE: Duration = Duration::from_secs(5);

/// How a request gets its connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Handshake {
    /// HTTP on a new connection (TLS-51).
    Http,
    /// HTTPS on a new connection, TLS 1.2 (TLS-52).
    Tls12Full,
    /// TLS 1.2 resumed by a session ticket (TLS-53).
    Tls12Resumed,
    /// HTTPS on a new connection, TLS 1.3 (TLS-54).
    Tls13Full,
    /// TLS 1.3 resumed by a pre-shared key, without early data: saves certificate bytes, not a trip (TLS-55).
    Tls13Resumed,
    /// HTTP/3 on a new connection: QUIC carries the TLS 1.3 handshake (TLS-56).
    QuicFull,
    /// HTTP/3 resumed with the request in the first packet (TLS-57).
    Quic0Rtt,
    /// TLS 1.3 over TCP, resumed with early data (TLS-58).
    Tls13EarlyData,
    /// A connection that was kept open, whatever its version (TLS-59).
    KeptAlive,
}

impl Handshake {
    /// All of them, in the order of the rows.
    pub const ALL: [Self; 9] = [
        Self::Http,
        Self::Tls12Full,
        Self::Tls12Resumed,
        Self::Tls13Full,
        Self::Tls13Resumed,
        Self::QuicFull,
        Self::Quic0Rtt,
        Self::Tls13EarlyData,
        Self::KeptAlive,
    ];

    /// Round trips of TCP's three-way handshake; QUIC has none of its own.
    pub const fn tcp_round_trips(self) -> u32 {
        match self {
            Self::Http
            | Self::Tls12Full
            | Self::Tls12Resumed
            | Self::Tls13Full
            | Self::Tls13Resumed
            | Self::Tls13EarlyData => 1,
            Self::QuicFull | Self::Quic0Rtt | Self::KeptAlive => 0,
        }
    }

    /// Round trips of the TLS handshake.
    pub const fn tls_round_trips(self) -> u32 {
        match self {
            Self::Tls12Full => 2,
            Self::Tls12Resumed | Self::Tls13Full | Self::Tls13Resumed | Self::QuicFull => 1,
            Self::Http | Self::Quic0Rtt | Self::Tls13EarlyData | Self::KeptAlive => 0,
        }
    }

    /// Round trips before the request can leave.
    pub const fn round_trips(self) -> u32 {
        self.tcp_round_trips() + self.tls_round_trips()
    }

    /// Round trips until the first byte of the answer, the work of answering left out: one more for the request.
    pub const fn first_byte_round_trips(self) -> u32 {
        self.round_trips() + 1
    }

    /// Whether a walk takes this form: early data at CloudFront is undocumented, so it is off (TLS-57, TLS-58,
    /// OPEN-07). MODEL.
    pub const fn is_offered(self) -> bool {
        !matches!(self, Self::Quic0Rtt | Self::Tls13EarlyData)
    }

    /// The time of TCP's handshake on a leg with this round trip.
    pub fn tcp_took(self, round_trip: Duration) -> Duration {
        round_trip.saturating_mul(self.tcp_round_trips())
    }

    /// The time of the TLS handshake on a leg with this round trip.
    pub fn tls_took(self, round_trip: Duration) -> Duration {
        round_trip.saturating_mul(self.tls_round_trips())
    }

    /// The time before the request can leave, on a leg with this round trip: the sum of both. The same sums hold
    /// between edge and origin (TLS-62). The work of signing and checking is left out. MODEL.
    pub fn took(self, round_trip: Duration) -> Duration {
        self.tcp_took(round_trip).saturating_add(self.tls_took(round_trip))
    }
}
