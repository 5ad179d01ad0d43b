//! How long a body takes once its first byte is there: slow start, then the line's rate.

use std::time::Duration;

/// How many segments a sender may have in flight at first (RFC 6928).
pub const INITIAL_WINDOW: u64 = 10;

/// Payload bytes of one TCP segment in an Ethernet frame of 1,500 bytes: less 20 each for IPv4 and TCP.
pub const SEGMENT_BYTES: u64 = 1460;

/// Bytes per second between a viewer and an edge location: 100 Mbit/s. MODEL.
pub const BANDWIDTH_VIEWER: u64 = 12_500_000;

/// Bytes per second of one connection between AWS's own places, POP to REC to Shield: 10 Gbit/s. MODEL.
pub const BANDWIDTH_BACKBONE: u64 = 1_250_000_000;

/// Bytes per second of one connection between CloudFront and an origin: 1 Gbit/s. MODEL.
pub const BANDWIDTH_ORIGIN: u64 = 125_000_000;

/// The time from a body's first byte arriving to its last, in whole microseconds, rounded up.
///
/// The sender starts with [`INITIAL_WINDOW`] segments and doubles each round trip (RFC 5681 3.1) until a window keeps
/// the line busy for a whole round trip, the bandwidth-delay product; from there the line's rate alone counts.
/// Nothing is lost on the way, and the head's bytes do not count. A connection that was idle starts anew (RFC 5681
/// 4.1), so a kept one has no advantage here. MODEL.
pub fn body_time(bytes: u64, round_trip: Duration, bandwidth: u64) -> Duration {
    let round_trip_micros = round_trip.as_micros();
    let bandwidth = u128::from(bandwidth.max(1));
    let line_micros = |bytes: u128| (bytes * 1_000_000).div_ceil(bandwidth);

    let mut waited_micros = 0_u128;
    let mut remaining = u128::from(bytes);
    let mut window = u128::from(INITIAL_WINDOW * SEGMENT_BYTES);
    // At most some 50 turns: the window doubles, and a body is shorter than 2^64 bytes.
    while remaining > window && line_micros(window) < round_trip_micros {
        remaining -= window;
        window *= 2;
        waited_micros += round_trip_micros;
    }
    let micros = waited_micros.saturating_add(line_micros(remaining));
    Duration::from_micros(u64::try_from(micros).unwrap_or(u64::MAX))
}
