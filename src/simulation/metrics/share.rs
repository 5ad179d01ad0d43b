//! A share, counted exactly.

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub part: u64,
    /// Of how many.
    pub whole: u64,
}

impl Share {
    /// In hundredths of a percent, rounded to the nearest: 10,000 is all. `None` of nothing at all.
    pub fn hundredths_of_percent(self) -> Option<u64> {
        let whole = u128::from(self.whole);
        let doubled = (u128::from(self.part) * 20_000 + whole).checked_div(2 * whole)?;
        u64::try_from(doubled).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_to_the_nearest_hundredth() {
        let of = |part, whole| Share { part, whole }.hundredths_of_percent();
        assert_eq!(of(1, 3), Some(3_333));
        assert_eq!(of(2, 3), Some(6_667));
        assert_eq!(of(1, 20_000), Some(1), "a half goes up");
        assert_eq!((of(0, 7), of(7, 7)), (Some(0), Some(10_000)));
        assert_eq!(of(u64::MAX, u64::MAX), Some(10_000));
        assert_eq!(of(0, 0), None);
    }
}
