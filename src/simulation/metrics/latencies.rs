//! Percentiles of many spans, without keeping the spans.

use std::time::Duration;

use crate::time;

/// Spans are told apart by their first eight binary digits, so that a percentile is right to less than one in 128.
const DIGITS: u32 = 7;

/// A histogram of spans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Latencies {
    count: u64,
    longest_micros: u64,
    /// How many fell into each bucket, up to the last that is not empty.
    buckets: Vec<u64>,
}

impl Latencies {
    /// Adds one span.
    pub fn add(&mut self, span: Duration) {
        let micros = time::micros(span);
        let bucket = bucket(micros);
        if self.buckets.len() <= bucket {
            self.buckets.resize(bucket + 1, 0);
        }
        self.buckets[bucket] += 1;
        self.count += 1;
        self.longest_micros = self.longest_micros.max(micros);
    }

    /// How many there are.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The span that so many thousandths of all do not exceed, as in 990 for p99; `None` of none.
    pub fn percentile(&self, thousandths: u64) -> Option<Duration> {
        let rank = (u128::from(self.count) * u128::from(thousandths.min(1_000))).div_ceil(1_000);
        let rank = u64::try_from(rank).ok()?.max(1);
        let mut seen = 0;
        let found = self.buckets.iter().position(|count| {
            seen += count;
            seen >= rank
        });
        found.map(|bucket| Duration::from_micros(longest_in(bucket).min(self.longest_micros)))
    }
}

/// Up to 255 each number of microseconds has a bucket; from there on each doubling is divided into 128.
fn bucket(micros: u64) -> usize {
    let bits = u64::BITS - micros.leading_zeros();
    let shift = bits.saturating_sub(DIGITS + 1);
    ((shift as usize) << DIGITS) + (micros >> shift) as usize
}

/// The longest span in a bucket, in microseconds.
const fn longest_in(bucket: usize) -> u64 {
    let shift = (bucket >> DIGITS).saturating_sub(1);
    let first_digits = (bucket - (shift << DIGITS)) as u128 + 1;
    ((first_digits << shift) - 1) as u64
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn buckets_follow_each_other_and_hold_what_they_say() {
        let mut next = 0;
        for bucket_at in 0..bucket(u64::MAX) {
            assert_eq!(bucket(next), bucket_at, "its first");
            assert_eq!(bucket(longest_in(bucket_at)), bucket_at, "its last");
            next = longest_in(bucket_at) + 1;
        }
        assert_eq!(longest_in(bucket(u64::MAX)), u64::MAX);
    }

    #[test]
    fn mtr_07_percentiles_by_rank() {
        let mut latencies = Latencies::default();
        assert_eq!(latencies.percentile(500), None);
        (1..=100).for_each(|micros| latencies.add(Duration::from_micros(micros)));
        let at = |thousandths| latencies.percentile(thousandths).unwrap().as_micros();
        assert_eq!(
            [0, 10, 500, 501, 900, 990, 999, 1_000, 5_000].map(at),
            [1, 1, 50, 51, 90, 99, 100, 100, 100]
        );
        assert_eq!(latencies.count(), 100);
    }

    proptest! {
        #[test]
        fn mtr_07_a_percentile_is_right_to_one_in_128(
            mut spans in prop::collection::vec(0..10_000_000_u64, 1..80), thousandths in 0..=1_000_u64
        ) {
            let mut latencies = Latencies::default();
            for micros in &spans {
                latencies.add(Duration::from_micros(*micros));
            }
            spans.sort_unstable();
            let rank = (spans.len() as u64 * thousandths).div_ceil(1_000).max(1);
            let exact = spans[rank as usize - 1];
            let found = latencies.percentile(thousandths).unwrap().as_micros() as u64;
            prop_assert!(found >= exact && found - exact <= exact / 128, "{found} for {exact}");
        }
    }
}
