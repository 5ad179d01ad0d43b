//! Draws from a Zipf distribution, by its table.

use rand::Rng;

/// Ranks from 0, of which rank `k` is drawn in proportion to `(k + 1)^-exponent`.
pub(crate) struct Zipf {
    /// The weights of all ranks up to each, this one included.
    cumulative: Vec<f64>,
}

impl Zipf {
    /// The table for so many ranks.
    pub(crate) fn new(ranks: u32, exponent: f64) -> Self {
        let mut sum = 0.0;
        let cumulative = (1..=ranks).map(|rank| {
            sum += libm::pow(f64::from(rank), -exponent);
            sum
        });
        Self { cumulative: cumulative.collect() }
    }

    /// A rank, by binary search for a point in the table.
    pub(crate) fn draw(&self, rng: &mut impl Rng) -> usize {
        let all = self.cumulative.last().copied().unwrap_or_default();
        let point = unit(rng) * all;
        self.cumulative.partition_point(|sum| *sum <= point).min(self.cumulative.len() - 1)
    }
}

/// From 0 up to but not 1, in steps of 2^-53.
pub(crate) fn unit(rng: &mut impl Rng) -> f64 {
    (rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}
