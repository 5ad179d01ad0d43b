//! What was used, line by line, with its prices.

use super::area::Area;
use super::money::Money;
use super::prices;
use super::usage::{Fee, InArea, Usage};
use crate::edge::Account;

/// What a line of a bill is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// Requests of viewers.
    Requests {
        /// Where.
        area: Area,
        /// Whether by HTTPS.
        is_tls: bool,
    },
    /// Bytes to viewers.
    ToViewers(Area),
    /// Bytes from origins.
    FromOrigins,
    /// Bytes of uploads.
    ToOrigins(Area),
    /// Requests to Origin Shield.
    Shield(Area),
    /// Runs of CloudFront functions.
    CloudFrontRuns,
    /// Runs of Lambda functions, with their time.
    LambdaRuns,
    /// Paths of invalidations.
    Paths,
    /// Lines of real-time logs.
    LogLines,
    /// What is paid by the month.
    Fee(Fee),
}

/// A line of a bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// What for.
    pub item: Item,
    /// How many, or how many bytes.
    pub count: u64,
    /// What one costs: of bytes to viewers, what the first GB does.
    pub price: Money,
    /// What all of them cost.
    pub cost: Money,
}

/// A bill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    /// Its lines: none for what was not used.
    pub lines: Vec<Line>,
}

impl Bill {
    /// What all lines come to.
    pub fn total(&self) -> Money {
        self.lines.iter().map(|line| line.cost).sum()
    }
}

/// What is free each month, as far as it is left (PRC-01, INV-46).
#[derive(Clone, Copy, Default)]
struct Free {
    requests: u64,
    bytes: u64,
    runs: u64,
    paths: u64,
}

impl Usage {
    /// At the prices of the list, as if nothing were free. Fees are of a month, and so not on it.
    pub fn at_list_prices(&self) -> Bill {
        self.bill(Free::default(), &[])
    }

    /// As the use of a whole month: less what is free in each (PRC-01), and with its fees.
    pub fn as_a_month(&self) -> Bill {
        let free = Free {
            requests: prices::FREE_REQUESTS,
            bytes: prices::FREE_BYTES,
            runs: prices::FREE_RUNS,
            paths: Account::FREE_PATHS,
        };
        self.bill(free, &self.fees)
    }

    /// PRC-44 (MODEL): what is free is taken off the lines from the first on.
    fn bill(&self, mut free: Free, fees: &[Fee]) -> Bill {
        let mut bill = Bill::default();
        let areas = || Area::ALL.into_iter().zip(&self.areas);
        for (area, InArea { http, https, .. }) in areas() {
            for (is_tls, count) in [(false, *http), (true, *https)] {
                let price = prices::request(area, is_tls);
                bill.add(Item::Requests { area, is_tls }, count, price, &mut free.requests);
            }
        }
        for (area, InArea { to_viewers, .. }) in areas() {
            let cost = prices::to_viewers(area, *to_viewers, free.bytes);
            free.bytes -= free.bytes.min(*to_viewers);
            bill.push(Item::ToViewers(area), *to_viewers, prices::first_gb(area), cost);
        }
        bill.add(Item::FromOrigins, self.from_origins, Money::default(), &mut 0); // PRC-02
        for (area, InArea { to_origins, .. }) in areas() {
            let price = prices::gb_to_origin(area);
            let cost = price.per_gb() * *to_origins;
            bill.push(Item::ToOrigins(area), *to_origins, price, cost);
        }
        for (area, InArea { shield, .. }) in areas() {
            bill.add(Item::Shield(area), *shield, prices::shield_request(area), &mut 0);
        }
        let price = prices::CLOUDFRONT_RUN;
        bill.add(Item::CloudFrontRuns, self.cloudfront_runs, price, &mut free.runs);
        let time = prices::lambda_time(prices::LAMBDA_MEGABYTES, prices::LAMBDA_MILLIS);
        bill.add(Item::LambdaRuns, self.lambda_runs, prices::LAMBDA_RUN + time, &mut 0);
        bill.add(Item::Paths, self.paths, prices::PATH, &mut free.paths);
        bill.add(Item::LogLines, self.log_lines, prices::LOG_LINE, &mut 0);
        for fee in fees {
            let price = match fee {
                Fee::DedicatedIp => prices::DEDICATED_IP,
                Fee::AnycastList => prices::ANYCAST_LIST,
            };
            bill.add(Item::Fee(*fee), 1, price, &mut 0);
        }
        bill
    }
}

impl Bill {
    /// So many at a price, the first of which are free.
    fn add(&mut self, item: Item, count: u64, price: Money, free: &mut u64) {
        let paid = count.saturating_sub(*free);
        *free -= count - paid;
        self.push(item, count, price, price * paid);
    }

    fn push(&mut self, item: Item, count: u64, price: Money, cost: Money) {
        if count > 0 {
            self.lines.push(Line { item, count, price, cost });
        }
    }
}
