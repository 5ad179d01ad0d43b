//! What invalidations cost (INV-46 to INV-49). Money is counted in mills, thousandths of a dollar.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount of money in thousandths of a US dollar.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Mills(pub u64);

impl fmt::Display for Mills {
    /// `US$0.005`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "US${}.{:03}", self.0 / 1_000, self.0 % 1_000)
    }
}

/// INV-46: so many paths a month cost an account nothing.
const FREE_PATHS: u64 = 1_000;

/// INV-47: what each path beyond them costs.
const PRICE_OF_A_PATH: Mills = Mills(5);

/// What an AWS account has asked for in a month, over all its distributions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    month: u64,
    paths: u64,
}

/// What an account owes for the invalidations of a month so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// How many paths and tags were asked for.
    pub paths: u64,
    /// How many of them are charged.
    pub charged: u64,
    /// What they cost together.
    pub cost: Mills,
}

impl Account {
    /// The paths a month that cost nothing.
    pub const FREE_PATHS: u64 = FREE_PATHS;

    /// Counts the items of one batch at a Unix time: one for each, whether it is a path, a wildcard or a tag (INV-47).
    pub fn count(&mut self, items: usize, unix_secs: u64) -> Bill {
        let month = month(unix_secs);
        if month != self.month {
            *self = Self { month, paths: 0 }; // INV-46
        }
        self.paths = self.paths.saturating_add(items as u64); // INV-47 to INV-49
        self.bill()
    }

    /// The bill of the month that was counted last.
    pub fn bill(&self) -> Bill {
        let charged = self.paths.saturating_sub(FREE_PATHS); // INV-46, INV-48
        let cost = Mills(charged.saturating_mul(PRICE_OF_A_PATH.0)); // INV-47
        Bill { paths: self.paths, charged, cost }
    }
}

/// The months from January of the year 0 to this Unix time, in UTC. Years are counted from March, so that the day that
/// comes or not is the last one.
fn month(unix_secs: u64) -> u64 {
    const DAYS_OF_400_YEARS: u64 = 146_097;
    /// From the first of March of the year 0 to the Unix epoch.
    const DAYS_BEFORE: u64 = 719_468;
    let days = unix_secs / 86_400 + DAYS_BEFORE;
    let (era, day) = (days / DAYS_OF_400_YEARS, days % DAYS_OF_400_YEARS);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    // March is month 2 of its year when January is month 0.
    (era * 400 + year) * 12 + (5 * day + 2) / 153 + 2
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::http::date;

    /// 2026-01-15T00:00:00Z.
    const JANUARY: u64 = 1_768_435_200;

    #[test]
    fn inv_46_the_first_thousand_of_a_month_are_the_accounts_whatever_the_distribution() {
        let mut account = Account::default();
        let mut last = Bill::default();
        for distribution in 1..=3_u64 {
            last = account.count(600, JANUARY);
            assert_eq!(last.paths, 600 * distribution);
        }
        assert_eq!(last, Bill { paths: 1_800, charged: 800, cost: Mills(4_000) });
        let mut alone = Account::default();
        assert_eq!(alone.count(1_000, JANUARY).charged, 0);
        assert_eq!(alone.count(1, JANUARY).charged, 1);
        let february = JANUARY + 17 * 86_400;
        assert_eq!(alone.count(1, february - 1).charged, 2, "still January");
        assert_eq!(alone.count(1_000, february).charged, 0, "a new month");
    }

    #[test]
    fn inv_47_48_half_a_cent_each_and_a_batch_is_no_bargain() {
        let mut account = Account::default();
        account.count(500, JANUARY);
        let bill = account.count(600, JANUARY);
        assert_eq!((bill.charged, bill.cost.to_string().as_str()), (100, "US$0.500"), "INV-48");
        let mut one_by_one = account.clone();
        for _ in 0..7 {
            one_by_one.count(1, JANUARY);
        }
        assert_eq!(
            account.count(7, JANUARY),
            one_by_one.bill(),
            "INV-47: batching changes nothing"
        );
        assert_eq!(account.bill().cost, Mills(107 * 5), "INV-47");
        assert_eq!([Mills(5), Mills(12_345)].map(|m| m.to_string()), ["US$0.005", "US$12.345"]);
        account.count(usize::MAX, JANUARY);
        assert_eq!(account.count(usize::MAX, JANUARY).cost, Mills(u64::MAX), "nothing overflows");
    }

    #[test]
    fn a_month_is_the_calendars() {
        // Against another reader of dates: month by month, first and last second.
        let names =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        for year in [1970, 1999, 2000, 2023, 2024, 2026, 2100, 2400] {
            for (at, name) in (0..).zip(names) {
                let first = (0..7).find_map(|day| {
                    let name_of_day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day];
                    date::read(&format!("{name_of_day}, 01 {name} {year} 00:00:00 GMT"))
                });
                let first = first.unwrap();
                assert_eq!(month(first), year * 12 + at, "{name} {year}");
                if first > 0 {
                    assert_eq!(month(first - 1), year * 12 + at - 1, "before {name} {year}");
                }
            }
        }
    }
}
