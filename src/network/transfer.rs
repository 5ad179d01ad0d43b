//! How long a body takes once its first byte is there: slow start, then the line's rate.

use std::time::Duration;

use crate::time;

/// How many segments a sender may have in flight at first (RFC 6928).
pub const INITIAL_WINDOW: u64 = 10;

/// Payload bytes of one TCP segment in an Ethernet frame of 1,500 bytes: less 20 each for IPv4 and TCP.
pub const SEGMENT_BYTES: u64 = 1460;

/// Bytes per second between a viewer and an edge location: 100 Mbit/s. MODEL.
pub const BANDWIDTH_VIEWER: u64 = 12_500_000;

/// Bytes per second of one connection between AWS's own places, POP to REC to Shield: 10 Gbit/s. MODEL.
pub const BANDWIDTH_BACKBONE: u64 = 1_250_000_000;

/// Bytes per second of one connection between an edge place and an origin: 1 Gbit/s. MODEL.
pub const BANDWIDTH_ORIGIN: u64 = 125_000_000;

/// The time from a body's first byte arriving to its last, in whole microseconds, rounded up.
///
/// The sender starts with [`INITIAL_WINDOW`] segments and doubles each round trip (RFC 5681 3.1) until a window keeps
/// the line busy for a whole round trip, the bandwidth-delay product; from there the line's rate alone counts.
/// Nothing is lost on the way, and the head's bytes do not count. A connection that was idle starts anew (RFC 5681
/// 4.1), so a kept one has no advantage here. MODEL.
pub fn body_time(bytes: u64, round_trip: Duration, bandwidth: u64) -> Duration {
    let round_trip_micros = time::micros(round_trip);
    let bandwidth = bandwidth.max(1);
    // Whole seconds and the rest apart, so that nothing overflows on any line below 10^13 bytes per second.
    let line_micros = |bytes: u64| {
        let rest_micros = (bytes % bandwidth).saturating_mul(1_000_000).div_ceil(bandwidth);
        (bytes / bandwidth).saturating_mul(1_000_000).saturating_add(rest_micros)
    };

    let mut waited_micros = 0_u64;
    let mut remaining = bytes;
    let mut window = INITIAL_WINDOW * SEGMENT_BYTES;
    // At most some 50 turns: the window doubles, and a body is shorter than 2^64 bytes.
    while remaining > window && line_micros(window) < round_trip_micros {
        remaining -= window;
        window = window.saturating_mul(2);
        waited_micros = waited_micros.saturating_add(round_trip_micros);
    }
    Duration::from_micros(waited_micros.saturating_add(line_micros(remaining)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// One MB per second makes a byte a microsecond.
    const BYTE_PER_MICRO: u64 = 1_000_000;

    fn micros(bytes: u64, round_trip_micros: u64, bandwidth: u64) -> u128 {
        body_time(bytes, Duration::from_micros(round_trip_micros), bandwidth).as_micros()
    }

    #[test]
    fn no_body_takes_no_time() {
        assert_eq!(micros(0, 100_000, BANDWIDTH_VIEWER), 0);
    }

    #[test]
    fn a_body_within_the_initial_window_costs_its_serialisation_only() {
        assert_eq!(micros(1, 100_000, BYTE_PER_MICRO), 1);
        assert_eq!(micros(14_600, 100_000, BYTE_PER_MICRO), 14_600, "ten segments of 1,460 bytes");
    }

    #[test]
    fn each_further_window_waits_for_a_round_trip_and_is_twice_as_large() {
        // 14,600 and 29,200 bytes fit into two windows; the byte after each waits for another trip.
        assert_eq!(micros(14_601, 100_000, BYTE_PER_MICRO), 100_001);
        assert_eq!(micros(43_800, 100_000, BYTE_PER_MICRO), 100_000 + 29_200);
        assert_eq!(micros(43_801, 100_000, BYTE_PER_MICRO), 200_001);
    }

    #[test]
    fn a_full_pipe_runs_at_the_rate_of_the_line() {
        // At 20 ms the second window (29,200 bytes) fills the pipe (20,000 bytes): one wait, then no more.
        assert_eq!(micros(1_014_600, 20_000, BYTE_PER_MICRO), 20_000 + 1_000_000);
        // On a leg shorter than the first window's own time nothing is ever waited for.
        assert_eq!(micros(1_000_000, 14_000, BYTE_PER_MICRO), 1_000_000);
    }

    #[test]
    fn the_largest_numbers_are_answered_at_once() {
        let longest = Duration::from_micros(u64::MAX);
        assert_eq!(
            body_time(u64::MAX, Duration::from_secs(1), 0),
            longest,
            "a line of no bytes is one byte"
        );
        assert_eq!(body_time(u64::MAX, Duration::MAX, u64::MAX), longest);
        let year = body_time(1 << 50, Duration::from_millis(50), BANDWIDTH_VIEWER);
        assert_eq!(year.as_secs(), (1 << 50) / BANDWIDTH_VIEWER);
        let micros = (u128::from(u64::MAX) * 1_000_000).div_ceil(u128::from(BANDWIDTH_ORIGIN));
        assert_eq!(body_time(u64::MAX, Duration::ZERO, BANDWIDTH_ORIGIN).as_micros(), micros);
    }

    /// The same rule, one segment after another: each leaves when the line is free and the window allows it.
    fn by_segments(segments: u64, round_trip: u64, micros_each: u64) -> u64 {
        let (mut round_starts, mut window, mut sent_in_round, mut free) = (0, INITIAL_WINDOW, 0, 0);
        for _ in 0..segments {
            if sent_in_round == window {
                (round_starts, window, sent_in_round) = (round_starts + round_trip, window * 2, 0);
            }
            free = free.max(round_starts) + micros_each;
            sent_in_round += 1;
        }
        free
    }

    proptest! {
        #[test]
        fn agrees_with_a_walk_over_the_segments(
            segments in 0_u64..20_000,
            round_trip in 0_u64..2_000,
            // Divisors of a segment's million bytes per second: no rounding is left to disagree about.
            micros_each in prop::sample::select(vec![1_u64, 2, 4, 5, 10, 20, 25, 50]),
        ) {
            let bandwidth = SEGMENT_BYTES * 1_000_000 / micros_each;
            let ours = micros(segments * SEGMENT_BYTES, round_trip, bandwidth);
            prop_assert_eq!(ours, u128::from(by_segments(segments, round_trip, micros_each)));
        }

        #[test]
        fn more_bytes_a_longer_way_or_a_thinner_line_never_take_less(
            bytes in 0_u64..100_000_000,
            more in 0_u64..100_000,
            round_trip in 0_u64..500_000,
            longer in 0_u64..500_000,
            bandwidth in 1_u64..2_000_000_000,
            wider in 0_u64..2_000_000_000,
        ) {
            let time = micros(bytes, round_trip, bandwidth);
            prop_assert!(micros(bytes + more, round_trip, bandwidth) >= time);
            prop_assert!(micros(bytes, round_trip + longer, bandwidth) >= time);
            prop_assert!(micros(bytes, round_trip, bandwidth + wider) <= time);
            prop_assert!(time >= (u128::from(bytes) * 1_000_000).div_ceil(u128::from(bandwidth)));
        }
    }
}
