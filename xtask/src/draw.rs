//! A draw that anybody can repeat: the same seed takes the same rows from the same list, on every machine.

/// `SplitMix64` (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): a counter in steps of the
/// golden ratio, each value mixed. Good enough to choose rows, and ten lines long.
#[derive(Debug)]
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, but not including, `end`. The remainder's bias is beyond notice for lists of a thousand.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.next() % end).unwrap_or(0)
    }
}

/// Draws `count` of the items without putting any back, or all if there are fewer: the first places of a Fisher-Yates
/// shuffle from the front, in the order in which they are drawn.
pub(crate) fn draw<T>(mut items: Vec<T>, count: usize, seed: u64) -> Vec<T> {
    let mut random = SplitMix64(seed);
    let count = count.min(items.len());
    for place in 0..count {
        let other = place + random.below(items.len() - place);
        items.swap(place, other);
    }
    items.truncate(count);
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_splitmix64() {
        // The first values of the authors' own C code for the seed 1234567.
        let mut random = SplitMix64(1_234_567);
        assert_eq!(
            [random.next(), random.next(), random.next()],
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn a_seed_draws_the_same_rows_for_ever_and_none_twice() {
        let drawn = draw((0..100).collect(), 5, 1);
        assert_eq!(drawn, draw((0..100).collect(), 5, 1));
        assert_ne!(drawn, draw((0..100).collect(), 5, 2));
        // Worked out from the definition in another language.
        assert_eq!(drawn, [65, 53, 66, 56, 61]);
        let mut all = draw((0..100).collect(), 1000, 7);
        all.sort_unstable();
        assert_eq!(all, (0..100).collect::<Vec<i32>>());
    }
}
