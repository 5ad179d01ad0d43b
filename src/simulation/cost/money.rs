//! Amounts of money, exact to the last part of a price.

use std::iter::Sum;
use std::ops::{Add, Mul};

/// An amount in US dollars. It counts parts of which 2^30 are a picodollar: so a single byte at any price a GB, and a single
/// request at any price of 10,000, is a whole number of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money(u128);

/// What a GB has in bytes: 2 to this power.
const GB: u32 = 30;

impl Money {
    /// So many picodollars.
    pub const fn picos(count: u64) -> Self {
        Self((count as u128) << GB)
    }

    /// So many thousandths of a dollar.
    pub const fn mills(count: u64) -> Self {
        Self(Self::picos(1_000_000_000).0 * count as u128)
    }

    /// What a byte costs where a GB costs so much; 2^30 bytes are a GB.
    #[must_use]
    pub const fn per_gb(self) -> Self {
        Self(self.0 >> GB)
    }

    /// To the nearest picodollar.
    pub const fn to_picos(self) -> u128 {
        (self.0 + (1 << (GB - 1))) >> GB
    }

    /// What a MB costs for a millisecond where a GB costs so much for a second; 2^10 MB are a GB. Exact where the price is a whole
    /// number of thousand picodollars.
    pub(super) const fn per_mb_and_milli(self) -> Self {
        Self((self.0 >> 10) / 1_000)
    }
}

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Mul<u64> for Money {
    type Output = Self;

    fn mul(self, count: u64) -> Self {
        Self(self.0.saturating_mul(u128::from(count)))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), Add::add)
    }
}
